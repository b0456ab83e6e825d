-- items_of_points: the items behind several points of a chart
-- grain: one row an item, newest first; one that stands behind two of the points is there once
-- question: which items make these numbers?
-- params: $kind (lab, theme, topic), $ids and $period_starts (lists of one length: the points), $grain, $channels and $languages
--         (lists, empty: all), $first_day and $last_day (days, inclusive, null: open), $limit (rows)
-- note: hits is the number of items in all, beyond the limit
WITH points AS (
    SELECT unnest($ids) AS tag_id, unnest(CAST($period_starts AS DATE [])) AS period_start
),

tagged AS (
    SELECT c.tag_id, c.item_id, c.published_on, c.channel, c.language, c.story_id
    FROM counted_tags AS c
    WHERE c.tag_kind = $kind
    UNION ALL
    SELECT o.tag_id, o.item_id, o.published_on, o.channel, o.language, o.story_id
    FROM counted_topics($ids) AS o
    WHERE $kind = 'topic'
),

behind AS (
    SELECT DISTINCT c.item_id, c.published_on
    FROM tagged AS c
    INNER JOIN points AS p ON c.tag_id = p.tag_id AND period_of($grain, c.published_on) = p.period_start
    WHERE in_scope(c.channel, c.language, c.published_on, $channels, $languages, $first_day, $last_day)
),

chosen AS (
    SELECT b.item_id, count(*) OVER () AS hits
    FROM behind AS b
    ORDER BY b.published_on DESC, b.item_id
    LIMIT $limit
)

SELECT
    i.item_id,
    i.published_on,
    i.channel,
    i.language,
    i.section,
    i.title,
    i.text,
    i.url,
    coalesce(t.lab_ids, []) AS labs,
    coalesce(t.theme_ids, []) AS themes,
    t.lab_evidence AS evidence,
    d.title AS digest_title,
    coalesce(d.url, d.original_url) AS digest_url,
    i.story_id,
    c.hits
FROM chosen AS c
INNER JOIN items AS i ON c.item_id = i.item_id
INNER JOIN digests AS d ON i.digest_id = d.digest_id
LEFT JOIN item_tags AS t ON i.item_id = t.item_id
ORDER BY i.published_on DESC, i.item_id;
