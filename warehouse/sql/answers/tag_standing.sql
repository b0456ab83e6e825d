-- tag_standing: which place a lab or theme has among its like in a span
-- grain: one row in all
-- question: is it among those named most?
-- params: $kind (lab, theme), $tag_id, $channels and $languages (lists, empty: all), $first_day and $last_day (days,
--         inclusive, null: open)
-- reads: day_tags, day_items, labs
-- note: place by mentions, equals share the better one; null without a mention, and for a lab that belongs to
--   another one, whose mentions count for its owner. named is how many of its like are named at all
WITH counted AS (
    SELECT t.tag_id, CAST(sum(t.mentions) AS BIGINT) AS mentions
    FROM day_tags AS t
    WHERE t.tag_kind = $kind AND in_scope(t.channel, t.language, t.published_on, $channels, $languages, $first_day, $last_day)
    GROUP BY t.tag_id
),

ranked AS (
    SELECT c.tag_id, rank() OVER (ORDER BY c.mentions DESC) AS place, count(*) OVER () AS named
    FROM counted AS c
    LEFT JOIN labs AS l ON $kind = 'lab' AND c.tag_id = l.lab_id
    WHERE l.parent_id IS NULL
),

total AS (
    SELECT CAST(coalesce(sum(d.items_total), 0) AS BIGINT) AS items_total
    FROM day_items AS d
    WHERE in_scope(d.channel, d.language, d.published_on, $channels, $languages, $first_day, $last_day)
)

SELECT
    $tag_id AS tag_id,
    coalesce(c.mentions, 0) AS mentions,
    t.items_total,
    share_of(coalesce(c.mentions, 0), t.items_total) AS share,
    r.place,
    r.named
FROM total AS t
LEFT JOIN counted AS c ON c.tag_id = $tag_id
LEFT JOIN ranked AS r ON r.tag_id = $tag_id;
