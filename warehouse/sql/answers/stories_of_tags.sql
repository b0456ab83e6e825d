-- stories_of_tags: the stories behind a span of several labs or themes
-- grain: one row a lab or theme × story, in the order of $ids, the story with most mentions first
-- question: which news stands behind each of these moves?
-- params: $kind (lab, theme), $ids (list of labs or themes), $first_day and $last_day (days, inclusive),
--         $limit (stories of each)
-- reads: counted_tags, stories, items
-- note: by mentions, as in burst_stories, then by digests. title_en and title_zh: of the story's first item of these
--   days in that language, null if none.
WITH told AS (
    SELECT c.tag_id, c.story_id, count(*) AS mentions, count(DISTINCT c.digest_id) AS digests
    FROM counted_tags AS c
    WHERE
        c.tag_kind = $kind
        AND list_contains($ids, c.tag_id)
        AND c.story_id IS NOT NULL
        AND in_scope(c.channel, c.language, c.published_on, [], [], $first_day, $last_day)
    GROUP BY c.tag_id, c.story_id
    QUALIFY row_number() OVER (PARTITION BY c.tag_id ORDER BY mentions DESC, digests DESC, c.story_id) <= $limit
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

SELECT t.tag_id, t.story_id, s.title, n.title_en, n.title_zh, t.mentions, t.digests
FROM told AS t
INNER JOIN stories AS s ON t.story_id = s.story_id
LEFT JOIN titles AS n ON t.story_id = n.story_id
ORDER BY list_position($ids, t.tag_id), t.mentions DESC, t.digests DESC, t.story_id;
