-- measures_over: mentions, stories, shares and their intervals of every tag, over time
-- grain: one row a grain × channel set × period × tag (labs, themes and topics also with 0 mentions, wherever
--   the period has items)
-- question: how often is it named, out of how many items, how sure is that, and without the change of mix?
-- reads: day_items, day_digests, day_tags, day_stories, digest_items, digest_tags, counted_tags, counted_topics,
--   channel_basket, labs, themes, topics
-- params: kind (lab, theme, lab_theme, topic), tag_ids (list of labs, themes or topics, empty: all), spans (list
--         of {grain, first_day, last_day}), channel_sets (list of {name, channels}; channels empty: all),
--         languages (list, empty: all), basket_first_day and basket_last_day (the span in which the channels of an
--         adjusted share must be present; null: open), has_stories (false: stories are not counted and null, which is
--         most of the work)
-- note: THE definition behind marts, pages, slides and notebooks. share = mentions / items_total.
--   share_adjusted = Σ weight · mentions/items over the channels of the basket: the share if their mix had
--   never changed (direct standardisation). Its interval is Wilson's with the size of an independent sample
--   of that precision, 1/Σ(weight²/items) (Kish 1965), and the design effect of the basket's own digests, so
--   that what the channels of one digest have in common counts.
--   effective_items and adjusted_items are the sizes of independent samples as sure as share and share_adjusted.
CREATE MACRO measures_over(
    kind, tag_ids, spans, channel_sets, languages, basket_first_day, basket_last_day, has_stories := TRUE
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

pairs AS MATERIALIZED (
    SELECT
        m.channel_set,
        m.channel,
        o.channel AS with_channel,
        m.weight,
        m.digest_correlation,
        m.weight IS NOT NULL AND o.weight IS NOT NULL AS is_basket
    FROM members AS m
    INNER JOIN members AS o ON m.channel_set = o.channel_set
),

-- the digests of a day are added up already (day_items): a digest is of one day, hence in one period of each grain
units AS MATERIALIZED (
    SELECT s.slot, m.*, d.items_total AS items, d.items_product AS items_sq
    FROM day_items AS d
    INNER JOIN pairs AS m ON d.channel = m.channel AND d.with_channel = m.with_channel
    INNER JOIN slots AS s ON m.channel_set = s.channel_set AND d.published_on = s.published_on
    WHERE len(languages) = 0 OR list_contains(languages, d.language)
),

channel_sums AS MATERIALIZED (
    SELECT
        u.slot,
        u.channel,
        u.weight,
        u.digest_correlation,
        CAST(sum(u.items) AS BIGINT) AS items,
        CAST(sum(u.items_sq) AS BIGINT) AS items_sq
    FROM units AS u
    WHERE u.channel = u.with_channel
    GROUP BY 1, 2, 3, 4
),

item_sums AS (
    SELECT
        u.slot,
        CAST(sum(u.items) AS BIGINT) AS items_total,
        CAST(sum(u.items_sq) AS BIGINT) AS items_sq,
        CAST(coalesce(sum(u.items) FILTER (WHERE u.is_basket), 0) AS BIGINT) AS basket_items,
        CAST(coalesce(sum(u.items_sq) FILTER (WHERE u.is_basket), 0) AS BIGINT) AS basket_items_sq
    FROM units AS u
    GROUP BY 1
),

digest_counts AS (
    SELECT
        s.slot,
        CAST(sum(d.digests) AS BIGINT) AS digests,
        CAST(coalesce(sum(d.digests) FILTER (WHERE list_has_any(d.channels, c.basket)), 0) AS BIGINT) AS basket_digests
    FROM day_digests AS d
    INNER JOIN (
        SELECT m.channel_set, list(m.channel) AS channels, list(m.channel) FILTER (WHERE m.weight IS NOT NULL) AS basket
        FROM members AS m
        GROUP BY 1
    ) AS c ON list_has_any(d.channels, c.channels)
    INNER JOIN slots AS s ON c.channel_set = s.channel_set AND d.published_on = s.published_on
    WHERE len(languages) = 0 OR list_contains(languages, d.language)
    GROUP BY 1
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
    SELECT p.grain, p.channel_set, p.period_start, i.*, d.* EXCLUDE (slot), e.* EXCLUDE (slot), l.* EXCLUDE (slot)
    FROM (SELECT DISTINCT s.slot, s.grain, s.channel_set, s.period_start FROM slots AS s) AS p
    INNER JOIN item_sums AS i ON p.slot = i.slot
    INNER JOIN digest_counts AS d ON p.slot = d.slot
    INNER JOIN expectations AS e ON p.slot = e.slot
    INNER JOIN lacking AS l ON p.slot = l.slot
),

days AS MATERIALIZED (
    SELECT min(s.published_on) AS first_day, max(s.published_on) AS last_day FROM slots AS s
),

-- labs and themes: the digests of a day are added up already (day_tags)
hits AS MATERIALIZED (
    SELECT d.* EXCLUDE (tag_kind)
    FROM day_tags AS d
    WHERE
        d.tag_kind = kind
        AND (len(tag_ids) = 0 OR list_contains(tag_ids, d.tag_id))
        AND (len(languages) = 0 OR list_contains(languages, d.language))
        AND d.published_on BETWEEN first_day_of(spans) AND last_day_of(spans)
),

-- pairs and topics: so many that added up by day they would be as many rows as by digest
digest_hits AS MATERIALIZED (
    SELECT d.tag_id, d.paired_theme_id, d.published_on, d.digest_id, d.channel, d.mentions
    FROM digest_tags AS d
    WHERE
        kind = 'lab_theme'
        AND d.tag_kind = kind
        AND (len(tag_ids) = 0 OR list_contains(tag_ids, d.tag_id))
        AND (len(languages) = 0 OR list_contains(languages, d.language))
        AND d.published_on BETWEEN first_day_of(spans) AND last_day_of(spans)
    UNION ALL
    SELECT c.tag_id, '' AS paired_theme_id, c.published_on, c.digest_id, c.channel, count(*) AS mentions
    FROM counted_topics(tag_ids) AS c
    WHERE
        kind = 'topic'
        AND (len(languages) = 0 OR list_contains(languages, c.language))
        AND c.published_on BETWEEN first_day_of(spans) AND last_day_of(spans)
    GROUP BY 1, 2, 3, 4, 5
),

digest_sums AS (
    SELECT
        m.channel_set,
        d.published_on,
        d.digest_id,
        CAST(sum(d.items_total) AS BIGINT) AS items,
        CAST(coalesce(sum(d.items_total) FILTER (WHERE m.weight IS NOT NULL), 0) AS BIGINT) AS basket_items
    FROM digest_items AS d
    INNER JOIN members AS m ON d.channel = m.channel
    WHERE
        kind IN ('lab_theme', 'topic')
        AND (len(languages) = 0 OR list_contains(languages, d.language))
        AND d.published_on BETWEEN first_day_of(spans) AND last_day_of(spans)
    GROUP BY 1, 2, 3
),

digest_mentions AS (
    SELECT
        m.channel_set,
        h.published_on,
        h.tag_id,
        h.paired_theme_id,
        h.digest_id,
        CAST(sum(h.mentions) AS BIGINT) AS k,
        CAST(coalesce(sum(h.mentions) FILTER (WHERE m.weight IS NOT NULL), 0) AS BIGINT) AS basket_k
    FROM digest_hits AS h
    INNER JOIN members AS m ON h.channel = m.channel
    GROUP BY 1, 2, 3, 4, 5
),

hit_days AS (
    SELECT
        m.channel_set,
        h.published_on,
        h.tag_id,
        '' AS paired_theme_id,
        CAST(sum(h.mentions) AS BIGINT) AS mentions,
        CAST(sum(h.mentions_product) AS BIGINT) AS mentions_sq,
        CAST(sum(h.items_product) AS BIGINT) AS mentions_items,
        CAST(coalesce(sum(h.mentions) FILTER (WHERE m.is_basket), 0) AS BIGINT) AS basket_mentions,
        CAST(coalesce(sum(h.mentions_product) FILTER (WHERE m.is_basket), 0) AS BIGINT) AS basket_mentions_sq,
        CAST(coalesce(sum(h.items_product) FILTER (WHERE m.is_basket), 0) AS BIGINT) AS basket_mentions_items
    FROM hits AS h
    INNER JOIN pairs AS m ON h.channel = m.channel AND h.with_channel = m.with_channel
    GROUP BY 1, 2, 3
    UNION ALL
    SELECT
        h.channel_set,
        h.published_on,
        h.tag_id,
        h.paired_theme_id,
        h.k,
        h.k * h.k,
        h.k * d.items,
        h.basket_k,
        h.basket_k * h.basket_k,
        h.basket_k * d.basket_items
    FROM digest_mentions AS h
    INNER JOIN digest_sums AS d
        ON h.channel_set = d.channel_set AND h.digest_id = d.digest_id AND h.published_on = d.published_on
),

channel_hits AS (
    SELECT h.tag_id, '' AS paired_theme_id, h.published_on, h.channel, h.mentions FROM hits AS h WHERE h.channel = h.with_channel
    UNION ALL
    SELECT d.tag_id, d.paired_theme_id, d.published_on, d.channel, d.mentions FROM digest_hits AS d
),

counted AS (
    SELECT
        s.slot,
        h.tag_id,
        h.paired_theme_id,
        CAST(sum(h.mentions) AS BIGINT) AS mentions,
        CAST(sum(h.mentions_sq) AS BIGINT) AS mentions_sq,
        CAST(sum(h.mentions_items) AS BIGINT) AS mentions_items,
        CAST(sum(h.basket_mentions) AS BIGINT) AS basket_mentions,
        CAST(sum(h.basket_mentions_sq) AS BIGINT) AS basket_mentions_sq,
        CAST(sum(h.basket_mentions_items) AS BIGINT) AS basket_mentions_items
    FROM hit_days AS h
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
        FROM channel_hits AS h
        INNER JOIN members AS m ON h.channel = m.channel AND m.weight < 1
        INNER JOIN slots AS s ON m.channel_set = s.channel_set AND h.published_on = s.published_on
        GROUP BY 1, 2, 3, 4
    ) AS h
    INNER JOIN channel_sums AS c ON h.slot = c.slot AND h.channel = c.channel
    GROUP BY 1, 2, 3
),

told_places AS (
    SELECT d.tag_id, '' AS paired_theme_id, d.published_on, d.channel, d.language, d.story_id, d.stories
    FROM day_stories AS d
    WHERE
        d.tag_kind = kind
        AND (len(tag_ids) = 0 OR list_contains(tag_ids, d.tag_id))
        AND d.published_on BETWEEN first_day_of(spans) AND last_day_of(spans)
    UNION ALL
    SELECT l.tag_id, t.tag_id AS paired_theme_id, l.published_on, l.channel, l.language, l.story_id, 1 AS stories
    FROM counted_tags AS l
    INNER JOIN counted_tags AS t ON l.item_id = t.item_id AND t.tag_kind = 'theme'
    WHERE
        kind = 'lab_theme'
        AND l.tag_kind = 'lab'
        AND (len(tag_ids) = 0 OR list_contains(tag_ids, l.tag_id))
        -- the same item, hence the same day: said twice so that only the spans' rows are joined
        AND l.published_on BETWEEN first_day_of(spans) AND last_day_of(spans)
        AND t.published_on BETWEEN first_day_of(spans) AND last_day_of(spans)
    UNION ALL
    SELECT c.tag_id, '' AS paired_theme_id, c.published_on, c.channel, c.language, c.story_id, 1 AS stories
    FROM counted_topics(tag_ids) AS c
    WHERE kind = 'topic' AND c.published_on BETWEEN first_day_of(spans) AND last_day_of(spans)
),

told AS (
    SELECT
        s.slot,
        t.tag_id,
        t.paired_theme_id,
        count(DISTINCT t.story_id) + CAST(coalesce(sum(t.stories) FILTER (WHERE t.story_id IS NULL), 0) AS BIGINT) AS stories
    FROM told_places AS t
    INNER JOIN members AS m ON t.channel = m.channel
    INNER JOIN slots AS s ON m.channel_set = s.channel_set AND t.published_on = s.published_on
    WHERE has_stories AND (len(languages) = 0 OR list_contains(languages, t.language))
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
        CASE WHEN has_stories THEN coalesce(t.stories, 0) END AS stories,
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
