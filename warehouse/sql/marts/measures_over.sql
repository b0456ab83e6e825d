-- measures_over: mentions, stories, shares and their intervals of every tag, over time
-- grain: one row a grain × channel set × period × tag (labs, themes and topics also with 0 mentions, wherever
--   the period has items)
-- question: how often is it named, out of how many items, how sure is that, and without the change of mix?
-- reads: digest_items, digest_tags, counted_tags, counted_topics, channel_weights, labs, themes, topics
-- params: kind (lab, theme, lab_theme, topic), tag_ids (list of labs, themes or topics, empty: all), spans (list
--         of {grain, first_day, last_day}), channel_sets (list of {name, channels}; channels empty: all),
--         languages (list, empty: all), basket_first_day and basket_last_day (the span in which the channels of an
--         adjusted share must be present; null: open)
-- note: THE definition behind marts, pages, slides and notebooks. share = mentions / items_total.
--   share_adjusted = Σ weight · mentions/items over the channels of the basket: the share if their mix had
--   never changed (direct standardisation). Its interval is Wilson's with the size of an independent sample
--   of that precision, 1/Σ(weight²/items) (Kish 1965), and the design effect of the basket's own digests, so
--   that what the channels of one digest have in common counts.
--   effective_items and adjusted_items are the sizes of independent samples as sure as share and share_adjusted.
CREATE MACRO measures_over(
    kind, tag_ids, spans, channel_sets, languages, basket_first_day, basket_last_day
) AS TABLE
WITH members AS MATERIALIZED (
    SELECT
        m.channel_set,
        m.channel,
        m.digest_correlation,
        b.weight,
        count(b.channel) OVER (PARTITION BY m.channel_set) AS channels_with_items
    FROM members_of(channel_sets) AS m
    LEFT JOIN channel_basket(channel_sets, languages, basket_first_day, basket_last_day) AS b
        ON m.channel_set = b.channel_set AND m.channel = b.channel
),

-- one number for grain, channel set and period: long keys would be most of the work
slots AS MATERIALIZED (
    SELECT
        c.grain,
        s.channel_set,
        c.period_start,
        c.published_on,
        CAST(dense_rank() OVER (ORDER BY c.grain, s.channel_set, c.period_start) AS INTEGER) AS slot
    FROM calendar_of(spans) AS c
    CROSS JOIN (SELECT DISTINCT m.channel_set FROM members AS m) AS s
),

-- a digest is of one day, hence in one period of each grain: its sums are made once for all grains
units AS MATERIALIZED (
    SELECT m.channel_set, d.published_on, d.digest_id, d.channel, d.items_total, m.digest_correlation, m.weight
    FROM digest_items AS d
    INNER JOIN members AS m ON d.channel = m.channel
    WHERE
        (len(languages) = 0 OR list_contains(languages, d.language))
        AND d.published_on IN (SELECT s.published_on FROM slots AS s)
),

digest_sums AS MATERIALIZED (
    SELECT
        u.channel_set,
        u.published_on,
        u.digest_id,
        CAST(sum(u.items_total) AS BIGINT) AS items,
        CAST(coalesce(sum(u.items_total) FILTER (WHERE u.weight IS NOT NULL), 0) AS BIGINT) AS basket_items
    FROM units AS u
    GROUP BY 1, 2, 3
),

channel_sums AS MATERIALIZED (
    SELECT
        s.slot,
        u.channel,
        u.weight,
        u.digest_correlation,
        CAST(sum(u.items_total) AS BIGINT) AS items,
        CAST(sum(u.items_total * u.items_total) AS BIGINT) AS items_sq
    FROM units AS u
    INNER JOIN slots AS s ON u.channel_set = s.channel_set AND u.published_on = s.published_on
    GROUP BY 1, 2, 3, 4
),

-- what its channels say of a period: the design effect to expect, and the size of the adjusted sample; in
-- the order of channels, since sums of fractions depend on their order in the last digit
expectations AS (
    SELECT
        c.slot,
        1 + sum(c.digest_correlation * (c.items_sq - c.items) ORDER BY c.channel) / sum(c.items) AS expected,
        1 + sum(c.digest_correlation * (c.items_sq - c.items) ORDER BY c.channel) FILTER (WHERE c.weight IS NOT NULL)
        / sum(c.items) FILTER (WHERE c.weight IS NOT NULL) AS basket_expected,
        1 / sum(c.weight * c.weight / c.items ORDER BY c.channel) FILTER (WHERE c.weight IS NOT NULL) AS standard_items
    FROM channel_sums AS c
    GROUP BY 1
),

lacking AS (
    SELECT
        p.slot,
        count(m.weight) = 1 AS is_single,
        CASE
            WHEN count(m.weight) = 0 THEN 'no_common_channel'
            ELSE
                'too_few_items:' || string_agg(m.channel, ',' ORDER BY m.channel)
                    FILTER (WHERE coalesce(c.items, 0) < limits().channel_items AND m.weight IS NOT NULL AND m.channels_with_items > 1)
        END AS adjusted_why_not
    FROM (SELECT DISTINCT s.slot, s.channel_set FROM slots AS s) AS p
    INNER JOIN members AS m ON p.channel_set = m.channel_set
    LEFT JOIN channel_sums AS c ON p.slot = c.slot AND m.channel = c.channel
    GROUP BY 1
),

periods AS MATERIALIZED (
    SELECT
        s.slot,
        s.grain,
        s.channel_set,
        s.period_start,
        e.expected,
        e.basket_expected,
        e.standard_items,
        l.is_single,
        l.adjusted_why_not,
        CAST(sum(d.items) AS BIGINT) AS items_total,
        count(*) AS digests,
        CAST(sum(d.items * d.items) AS BIGINT) AS items_sq,
        CAST(sum(d.basket_items) AS BIGINT) AS basket_items,
        count(*) FILTER (WHERE d.basket_items > 0) AS basket_digests,
        CAST(sum(d.basket_items * d.basket_items) AS BIGINT) AS basket_items_sq
    FROM digest_sums AS d
    INNER JOIN slots AS s ON d.channel_set = s.channel_set AND d.published_on = s.published_on
    INNER JOIN expectations AS e ON s.slot = e.slot
    INNER JOIN lacking AS l ON s.slot = l.slot
    GROUP BY
        s.slot, s.grain, s.channel_set, s.period_start,
        e.expected, e.basket_expected, e.standard_items, l.is_single, l.adjusted_why_not
),

hits AS MATERIALIZED (
    SELECT d.published_on, d.tag_id, d.paired_theme_id, d.digest_id, d.channel, d.mentions
    FROM digest_tags AS d
    WHERE
        d.tag_kind = kind
        AND (len(tag_ids) = 0 OR list_contains(tag_ids, d.tag_id))
        AND (len(languages) = 0 OR list_contains(languages, d.language))
        AND d.published_on IN (SELECT s.published_on FROM slots AS s)
    UNION ALL
    SELECT c.published_on, c.tag_id, '' AS paired_theme_id, c.digest_id, c.channel, count(*) AS mentions
    FROM counted_topics(tag_ids) AS c
    WHERE
        kind = 'topic'
        AND (len(languages) = 0 OR list_contains(languages, c.language))
        AND c.published_on IN (SELECT s.published_on FROM slots AS s)
    GROUP BY 1, 2, 3, 4, 5
),

hit_digests AS (
    SELECT
        m.channel_set,
        h.published_on,
        h.tag_id,
        h.paired_theme_id,
        h.digest_id,
        CAST(sum(h.mentions) AS BIGINT) AS k,
        CAST(coalesce(sum(h.mentions) FILTER (WHERE m.weight IS NOT NULL), 0) AS BIGINT) AS basket_k
    FROM hits AS h
    INNER JOIN members AS m ON h.channel = m.channel
    GROUP BY 1, 2, 3, 4, 5
),

counted AS (
    SELECT
        s.slot,
        h.tag_id,
        h.paired_theme_id,
        CAST(sum(h.k) AS BIGINT) AS mentions,
        CAST(sum(h.k * h.k) AS BIGINT) AS mentions_sq,
        CAST(sum(h.k * d.items) AS BIGINT) AS mentions_items,
        CAST(sum(h.basket_k) AS BIGINT) AS basket_mentions,
        CAST(sum(h.basket_k * h.basket_k) AS BIGINT) AS basket_mentions_sq,
        CAST(sum(h.basket_k * d.basket_items) AS BIGINT) AS basket_mentions_items
    FROM hit_digests AS h
    INNER JOIN digest_sums AS d
        ON h.channel_set = d.channel_set AND h.digest_id = d.digest_id AND h.published_on = d.published_on
    INNER JOIN slots AS s ON h.channel_set = s.channel_set AND h.published_on = s.published_on
    GROUP BY 1, 2, 3
),

-- whole numbers of 1e-12, which add up to the same in any order
standardised AS (
    SELECT
        h.slot,
        h.tag_id,
        h.paired_theme_id,
        sum(CAST(round(1e12 * c.weight * share_of(h.mentions, c.items)) AS BIGINT)) / 1e12 AS share_adjusted
    FROM (
        SELECT s.slot, h.tag_id, h.paired_theme_id, h.channel, CAST(sum(h.mentions) AS BIGINT) AS mentions
        FROM hits AS h
        INNER JOIN members AS m ON h.channel = m.channel AND m.weight < 1
        INNER JOIN slots AS s ON m.channel_set = s.channel_set AND h.published_on = s.published_on
        GROUP BY 1, 2, 3, 4
    ) AS h
    INNER JOIN channel_sums AS c ON h.slot = c.slot AND h.channel = c.channel
    GROUP BY 1, 2, 3
),

tagged_items AS (
    SELECT c.tag_id, '' AS paired_theme_id, c.published_on, c.channel, c.language, c.story_id
    FROM counted_tags AS c
    WHERE
        c.tag_kind = kind
        AND (len(tag_ids) = 0 OR list_contains(tag_ids, c.tag_id))
        AND c.published_on IN (SELECT s.published_on FROM slots AS s)
    UNION ALL
    SELECT l.tag_id, t.tag_id AS paired_theme_id, l.published_on, l.channel, l.language, l.story_id
    FROM counted_tags AS l
    INNER JOIN counted_tags AS t ON l.item_id = t.item_id AND t.tag_kind = 'theme'
    WHERE
        kind = 'lab_theme'
        AND l.tag_kind = 'lab'
        AND (len(tag_ids) = 0 OR list_contains(tag_ids, l.tag_id))
        -- the same item, hence the same day: said twice so that only the spans' rows are joined
        AND l.published_on IN (SELECT s.published_on FROM slots AS s)
        AND t.published_on IN (SELECT s.published_on FROM slots AS s)
    UNION ALL
    SELECT c.tag_id, '' AS paired_theme_id, c.published_on, c.channel, c.language, c.story_id
    FROM counted_topics(tag_ids) AS c
    WHERE kind = 'topic' AND c.published_on IN (SELECT s.published_on FROM slots AS s)
),

told AS (
    SELECT s.slot, t.tag_id, t.paired_theme_id, count(DISTINCT t.story_id) AS stories
    FROM tagged_items AS t
    INNER JOIN members AS m ON t.channel = m.channel
    INNER JOIN slots AS s ON m.channel_set = s.channel_set AND t.published_on = s.published_on
    WHERE len(languages) = 0 OR list_contains(languages, t.language)
    GROUP BY 1, 2, 3
),

wanted AS (
    SELECT p.slot, t.tag_id, '' AS paired_theme_id
    FROM periods AS p
    CROSS JOIN (
        SELECT l.lab_id AS tag_id FROM labs AS l WHERE kind = 'lab'
        UNION ALL
        SELECT t.theme_id AS tag_id FROM themes AS t WHERE kind = 'theme'
        UNION ALL
        SELECT t.topic_id AS tag_id FROM topics AS t WHERE kind = 'topic'
    ) AS t
    WHERE len(tag_ids) = 0 OR list_contains(tag_ids, t.tag_id)
    UNION ALL
    SELECT c.slot, c.tag_id, c.paired_theme_id FROM counted AS c WHERE kind = 'lab_theme'
),

figures AS (
    SELECT
        w.tag_id,
        w.paired_theme_id,
        p.*,
        coalesce(c.mentions, 0) AS mentions,
        coalesce(c.basket_mentions, 0) AS basket_mentions,
        coalesce(t.stories, 0) AS stories,
        share_of(coalesce(c.mentions, 0), p.items_total) AS share,
        CASE
            WHEN p.adjusted_why_not IS NOT NULL THEN NULL
            WHEN p.is_single THEN share_of(coalesce(c.basket_mentions, 0), p.basket_items)
            ELSE coalesce(s.share_adjusted, 0)
        END AS share_adjusted,
        design_effect_of(
            coalesce(c.mentions, 0), c.mentions_sq, c.mentions_items, p.items_total, p.items_sq, p.digests, p.expected
        ) AS design_effect,
        design_effect_of(
            coalesce(c.basket_mentions, 0), c.basket_mentions_sq, c.basket_mentions_items,
            p.basket_items, p.basket_items_sq, p.basket_digests, p.basket_expected
        ) AS basket_design_effect
    FROM wanted AS w
    INNER JOIN periods AS p ON w.slot = p.slot
    LEFT JOIN counted AS c ON w.slot = c.slot AND w.tag_id = c.tag_id AND w.paired_theme_id = c.paired_theme_id
    LEFT JOIN standardised AS s ON w.slot = s.slot AND w.tag_id = s.tag_id AND w.paired_theme_id = s.paired_theme_id
    LEFT JOIN told AS t ON w.slot = t.slot AND w.tag_id = t.tag_id AND w.paired_theme_id = t.paired_theme_id
),

sizes AS (
    SELECT
        f.*,
        effective_items_of(
            f.items_total, f.design_effect, f.digests, f.mentions BETWEEN 1 AND f.items_total - 1
        ) AS effective_items,
        CASE
            WHEN f.adjusted_why_not IS NULL
                THEN effective_items_of(
                    f.standard_items, f.basket_design_effect, f.basket_digests, f.basket_mentions BETWEEN 1 AND f.basket_items - 1
                )
        END AS adjusted_items
    FROM figures AS f
)

SELECT
    s.grain,
    s.channel_set,
    s.period_start,
    s.tag_id,
    s.paired_theme_id,
    s.mentions,
    s.stories,
    s.items_total,
    s.share,
    share_low_of(s.share, s.effective_items) AS share_low,
    share_high_of(s.share, s.effective_items) AS share_high,
    s.digests,
    round(s.design_effect, 3) AS design_effect,
    s.share_adjusted,
    share_low_of(s.share_adjusted, s.adjusted_items) AS adjusted_low,
    share_high_of(s.share_adjusted, s.adjusted_items) AS adjusted_high,
    s.adjusted_why_not,
    s.effective_items,
    s.adjusted_items
FROM sizes AS s;
