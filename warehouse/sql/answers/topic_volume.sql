-- topic_volume: items, stories, share and its interval of one topic over time
-- grain: one row a period with items since the topic's first one (0 mentions included)
-- question: when was this topic in the news, and how much?
-- reads: item_topics, counted_items, digest_items, channel_weights, periods
-- params: $grain (week, month, quarter), $topic_id
-- note: all channels, as in topic_trend; share_adjusted and its interval are null: a topic is measured over the
--   channels pooled, so a share before and after another mix of channels does not compare (why_not)
WITH members AS (
    SELECT c.item_id, c.story_id, c.digest_id, period_of($grain, c.published_on) AS period_start
    FROM item_topics AS t
    INNER JOIN counted_items AS c ON t.item_id = c.item_id
    WHERE t.topic_id = $topic_id
),

units AS (
    SELECT period_of($grain, d.published_on) AS period_start, d.digest_id, d.channel, CAST(d.items_total AS BIGINT) AS n
    FROM digest_items AS d
    WHERE
        in_scope(d.channel, d.language, d.published_on, [], [], NULL, NULL)
        AND period_of($grain, d.published_on) >= (SELECT min(m.period_start) FROM members AS m)
),

digests AS (
    SELECT u.period_start, u.digest_id, CAST(sum(u.n) AS BIGINT) AS n FROM units AS u GROUP BY 1, 2
),

expectations AS (
    SELECT c.period_start, 1 + sum(c.digest_correlation * (c.n_sq - c.n) ORDER BY c.channel) / sum(c.n) AS expected
    FROM (
        SELECT u.period_start, u.channel, w.digest_correlation, sum(u.n) AS n, sum(u.n * u.n) AS n_sq
        FROM units AS u
        INNER JOIN channel_weights AS w ON u.channel = w.channel
        GROUP BY 1, 2, 3
    ) AS c
    GROUP BY 1
),

hits AS (
    SELECT m.period_start, m.digest_id, count(*) AS k FROM members AS m GROUP BY 1, 2
),

totals AS (
    SELECT
        d.period_start,
        count(*) AS digests,
        CAST(sum(d.n) AS BIGINT) AS n,
        CAST(sum(d.n * d.n) AS BIGINT) AS n_sq,
        CAST(coalesce(sum(h.k), 0) AS BIGINT) AS k,
        CAST(coalesce(sum(h.k * h.k), 0) AS BIGINT) AS k_sq,
        CAST(coalesce(sum(h.k * d.n), 0) AS BIGINT) AS k_n
    FROM digests AS d
    LEFT JOIN hits AS h ON d.period_start = h.period_start AND d.digest_id = h.digest_id
    GROUP BY 1
),

sized AS (
    SELECT t.*, design_effect_of(t.k, t.k_sq, t.k_n, t.n, t.n_sq, t.digests, e.expected) AS design_effect
    FROM totals AS t
    INNER JOIN expectations AS e ON t.period_start = e.period_start
),

told AS (
    SELECT m.period_start, count(DISTINCT m.story_id) AS stories FROM members AS m GROUP BY 1
)

SELECT
    t.period_start,
    $topic_id AS topic_id,
    t.k AS mentions,
    coalesce(s.stories, 0) AS stories,
    t.n AS items_total,
    share_of(t.k, t.n) AS share,
    share_low_of(share_of(t.k, t.n), effective_items_of(t.n, t.design_effect, t.digests, t.k > 0 AND t.k < t.n)) AS share_low,
    share_high_of(share_of(t.k, t.n), effective_items_of(t.n, t.design_effect, t.digests, t.k > 0 AND t.k < t.n)) AS share_high,
    t.digests,
    t.design_effect,
    CAST(NULL AS DOUBLE) AS share_adjusted,
    CAST(NULL AS DOUBLE) AS adjusted_low,
    CAST(NULL AS DOUBLE) AS adjusted_high,
    CAST(NULL AS VARCHAR) AS adjusted_why_not,
    p.is_partial,
    t.n < limits().items AS is_thin,
    p.regime,
    p.comparable,
    p.why_not
FROM sized AS t
INNER JOIN periods AS p ON p.channel_set = 'all' AND p.grain = $grain AND t.period_start = p.period_start
LEFT JOIN told AS s ON t.period_start = s.period_start
ORDER BY t.period_start;
