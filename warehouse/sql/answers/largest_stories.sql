-- largest_stories: the stories that went furthest between two days
-- grain: one row a story, the one that went furthest first
-- question: which news of these days reached most channels and issues?
-- params: $first_day and $last_day (days, inclusive), $limit (rows)
-- reads: told_items_over, stories, items
-- note: ranked by reach, see story_place_of. title_en and title_zh: of its first item of these days in that language,
--   null if none.
WITH told AS (
    SELECT
        i.story_id,
        min(i.published_on) AS first_on,
        count(*) AS items,
        count(DISTINCT i.digest_id) AS digests,
        count(DISTINCT i.original_id) AS originals,
        list_sort(list(DISTINCT i.channel)) AS channels
    FROM told_items_over([], [], $first_day, $last_day) AS i
    GROUP BY i.story_id
),

page AS (
    SELECT *, story_place_of('reach', len(channels), originals, items, first_on, story_id) AS place
    FROM told
    ORDER BY place
    LIMIT $limit
),

titles AS (
    SELECT
        i.story_id,
        arg_min(i.title, (i.published_on, i.digest_id, i.position, i.item_id)) FILTER (WHERE i.language = 'en') AS title_en,
        arg_min(i.title, (i.published_on, i.digest_id, i.position, i.item_id)) FILTER (WHERE i.language = 'zh') AS title_zh
    FROM items AS i
    WHERE
        i.published_on BETWEEN CAST($first_day AS DATE) AND CAST($last_day AS DATE)
        AND i.story_id IN (SELECT t.story_id FROM page AS t)
    GROUP BY i.story_id
)

SELECT t.story_id, s.title, n.title_en, n.title_zh, t.items, t.digests, t.originals, t.channels
FROM page AS t
INNER JOIN stories AS s ON t.story_id = s.story_id
LEFT JOIN titles AS n ON t.story_id = n.story_id
ORDER BY t.place;
