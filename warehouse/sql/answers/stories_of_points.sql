-- stories_of_points: the stories behind several points of a chart
-- grain: one row a story, the one with most items behind the points first
-- question: which news makes these numbers?
-- params: $kind (lab, theme, topic), $ids and $period_starts (lists of one length: the points), $grain, $channels and $languages
--         (lists, empty: all), $first_day and $last_day (days, inclusive, null: open), $limit (rows)
-- note: mentions are its items behind the points, each once; hits is the number of stories in all, beyond the limit
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
    SELECT DISTINCT c.item_id, c.published_on, c.story_id
    FROM tagged AS c
    INNER JOIN points AS p ON c.tag_id = p.tag_id AND period_of($grain, c.published_on) = p.period_start
    WHERE in_scope(c.channel, c.language, c.published_on, $channels, $languages, $first_day, $last_day)
)

SELECT
    s.story_id,
    count(*) AS mentions,
    min(b.published_on) AS first_on,
    max(b.published_on) AS last_on,
    s.title,
    s.url,
    count(*) OVER () AS hits
FROM behind AS b
INNER JOIN stories AS s ON b.story_id = s.story_id
GROUP BY s.story_id, s.title, s.url
ORDER BY mentions DESC, first_on DESC, s.story_id
LIMIT $limit;
