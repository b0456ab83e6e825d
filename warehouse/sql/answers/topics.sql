-- topics: every topic with its place on the map and its share of the newest days against that of the days before
-- grain: one row a topic, former and hidden ones included, the largest first
-- question: which topics are there, which are new, which grow, which fade?
-- reads: topics, item_topics, counted_items, digest_items, channel_weights, mix_changes
-- params: $last_day (the last of the newest days; null: the last that is loaded), $days (how many days are newest)
-- note: against = the four times as many days before, back to the last change of the mix of channels at most.
--   value_items and against_items: sizes of independent samples as sure as the shares. is_new: half of the
--   topic's items are of the newest days and as many before them. why_not: mix_changed (while the
--   newest days last), no_items or too_few_items
WITH loaded AS (
    SELECT d.*
    FROM digest_items AS d
    WHERE in_scope(d.channel, d.language, d.published_on, [], [], NULL, CAST($last_day AS DATE))
),

ends AS (
    SELECT max(l.published_on) AS last_on, max(l.published_on) - CAST($days AS INTEGER) + 1 AS recent_from FROM loaded AS l
),

breaks AS (
    SELECT
        max(m.changed_on) FILTER (WHERE m.changed_on <= e.recent_from) AS before_from,
        string_agg(DISTINCT m.channel, ',' ORDER BY m.channel) FILTER (WHERE m.changed_on > e.recent_from AND m.changed_on <= e.last_on) AS channels
    FROM ends AS e
    LEFT JOIN mix_changes([{'name': 'asked', 'channels': []}], []) AS m ON true
),

sides AS (
    SELECT TRUE AS is_recent, e.recent_from AS first_on, e.last_on FROM ends AS e
    UNION ALL
    SELECT FALSE, greatest(e.recent_from - 4 * CAST($days AS INTEGER), b.before_from), e.recent_from - 1
    FROM ends AS e
    CROSS JOIN breaks AS b
),

units AS (
    SELECT s.is_recent, l.digest_id, l.channel, CAST(l.items_total AS BIGINT) AS n
    FROM loaded AS l
    INNER JOIN sides AS s ON l.published_on BETWEEN s.first_on AND s.last_on
),

digests AS (
    SELECT u.is_recent, u.digest_id, CAST(sum(u.n) AS BIGINT) AS n FROM units AS u GROUP BY 1, 2
),

totals AS (
    SELECT d.is_recent, count(*) AS digests, CAST(sum(d.n) AS BIGINT) AS n, CAST(sum(d.n * d.n) AS BIGINT) AS n_sq FROM digests AS d GROUP BY 1
),

expectations AS (
    SELECT c.is_recent, 1 + sum(c.digest_correlation * (c.n_sq - c.n) ORDER BY c.channel) / sum(c.n) AS expected
    FROM (
        SELECT u.is_recent, u.channel, w.digest_correlation, sum(u.n) AS n, sum(u.n * u.n) AS n_sq
        FROM units AS u
        INNER JOIN channel_weights AS w ON u.channel = w.channel
        GROUP BY 1, 2, 3
    ) AS c
    GROUP BY 1
),

members AS (
    SELECT t.topic_id, c.digest_id, c.published_on
    FROM item_topics AS t
    INNER JOIN counted_items AS c ON t.item_id = c.item_id
    WHERE t.topic_id IS NOT NULL
),

hits AS (
    SELECT d.is_recent, m.topic_id, d.digest_id, d.n, count(*) AS k
    FROM members AS m
    INNER JOIN digests AS d ON m.digest_id = d.digest_id
    GROUP BY 1, 2, 3, 4
),

sums AS (
    SELECT
        h.is_recent,
        h.topic_id,
        CAST(sum(h.k) AS BIGINT) AS k,
        CAST(sum(h.k * h.k) AS BIGINT) AS k_sq,
        CAST(sum(h.k * h.n) AS BIGINT) AS k_n
    FROM hits AS h
    GROUP BY 1, 2
),

measured AS (
    SELECT
        o.topic_id,
        s.is_recent,
        coalesce(k.k, 0) AS mentions,
        s.n AS items_total,
        share_of(coalesce(k.k, 0), s.n) AS share,
        effective_items_of(
            s.n,
            design_effect_of(coalesce(k.k, 0), coalesce(k.k_sq, 0), coalesce(k.k_n, 0), s.n, s.n_sq, s.digests, e.expected),
            s.digests,
            coalesce(k.k, 0) > 0 AND k.k < s.n
        ) AS effective_items
    FROM topics AS o
    CROSS JOIN totals AS s
    INNER JOIN expectations AS e ON s.is_recent = e.is_recent
    LEFT JOIN sums AS k ON o.topic_id = k.topic_id AND s.is_recent = k.is_recent
),

ages AS (
    SELECT
        m.topic_id,
        count(*) AS items,
        count(*) FILTER (WHERE m.published_on > e.last_on - 2 * CAST($days AS INTEGER)) AS young_items
    FROM members AS m
    CROSS JOIN ends AS e
    GROUP BY m.topic_id
)

SELECT
    o.topic_id,
    o.label,
    o.label_zh,
    o.terms,
    o.theme_id,
    o.topic_status,
    o.successor_id,
    o.first_on,
    o.last_on,
    o.item_count,
    o.typical_items,
    o.map_x,
    o.map_y,
    coalesce(2 * a.young_items >= a.items, FALSE) AS is_new,
    r.mentions,
    r.items_total,
    r.share AS value,
    r.effective_items AS value_items,
    b.mentions AS against_mentions,
    b.items_total AS against_items_total,
    b.share AS against_value,
    b.effective_items AS against_items,
    0.0 AS correlation,
    (SELECT s.first_on FROM sides AS s WHERE s.is_recent) AS recent_first_on,
    (SELECT s.first_on FROM sides AS s WHERE NOT s.is_recent) AS against_first_on,
    CASE
        WHEN x.channels IS NOT NULL THEN 'mix_changed:' || x.channels
        WHEN b.items_total IS NULL OR r.items_total IS NULL THEN 'no_items'
        WHEN least(r.items_total, b.items_total) < limits().items THEN 'too_few_items'
    END AS why_not
FROM topics AS o
CROSS JOIN breaks AS x
LEFT JOIN measured AS r ON o.topic_id = r.topic_id AND r.is_recent
LEFT JOIN measured AS b ON o.topic_id = b.topic_id AND NOT b.is_recent
LEFT JOIN ages AS a ON o.topic_id = a.topic_id
ORDER BY o.item_count DESC, o.topic_id;
