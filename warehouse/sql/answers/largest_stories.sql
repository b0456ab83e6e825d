-- largest_stories: the stories that went furthest between two days
-- grain: one row a story, the one that went furthest first
-- question: which news of these days reached most channels and issues?
-- params: $first_day and $last_day (days, inclusive), $limit (rows)
-- reads: counted_items, digests, stories, items
-- note: ranked as in stories_told, whose numbers these are without any filter but the days: channels, then original
--   issues, then items. title_en and title_zh: of its first item of these days in that language, null if none.
WITH issues AS (
    SELECT d.digest_id, coalesce(min(o.digest_id), any_value(d.repeat_of), d.digest_id) AS original_id
    FROM digests AS d
    LEFT JOIN digests AS o ON d.original_url = o.url AND o.translation_of IS NULL
    WHERE d.published_on BETWEEN CAST($first_day AS DATE) AND CAST($last_day AS DATE)
    GROUP BY d.digest_id
),

told AS (
    SELECT
        i.story_id,
        min(i.published_on) AS first_on,
        count(*) AS items,
        count(DISTINCT i.digest_id) AS digests,
        count(DISTINCT s.original_id) AS originals,
        list_sort(list(DISTINCT i.channel)) AS channels
    FROM counted_items AS i
    INNER JOIN issues AS s ON i.digest_id = s.digest_id
    WHERE i.story_id IS NOT NULL AND in_scope(i.channel, i.language, i.published_on, [], [], $first_day, $last_day)
    GROUP BY i.story_id
    ORDER BY len(channels) DESC, originals DESC, items DESC, first_on DESC, i.story_id
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
        AND i.story_id IN (SELECT t.story_id FROM told AS t)
    GROUP BY i.story_id
)

SELECT t.story_id, s.title, n.title_en, n.title_zh, t.items, t.digests, t.originals, t.channels
FROM told AS t
INNER JOIN stories AS s ON t.story_id = s.story_id
LEFT JOIN titles AS n ON t.story_id = n.story_id
ORDER BY len(t.channels) DESC, t.originals DESC, t.items DESC, t.first_on DESC, t.story_id;
