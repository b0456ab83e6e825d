-- top_stories: the stories behind spans of tags
-- grain: one row a span asked for, in its order
-- question: which stories made this lab or theme so frequent in these days?
-- reads: counted_tags
-- params: $tag_kinds, $tag_ids, $first_days, $last_days (lists of equal length, one entry a span; inclusive)
-- note: story_ids: at most three, with most items first
WITH spans AS (
    SELECT
        unnest(range(len($tag_ids))) AS span,
        unnest(CAST($tag_kinds AS VARCHAR[])) AS tag_kind,
        unnest(CAST($tag_ids AS VARCHAR[])) AS tag_id,
        unnest(CAST($first_days AS DATE[])) AS first_on,
        unnest(CAST($last_days AS DATE[])) AS last_on
),

told AS (
    SELECT s.span, c.story_id, count(*) AS items
    FROM spans AS s
    INNER JOIN counted_tags AS c
        ON s.tag_kind = c.tag_kind AND s.tag_id = c.tag_id AND c.published_on BETWEEN s.first_on AND s.last_on
    WHERE in_scope(c.channel, c.language, c.published_on, [], [], NULL, NULL) AND c.story_id IS NOT NULL
    GROUP BY s.span, c.story_id
)

SELECT
    s.span,
    count(t.story_id) AS stories,
    coalesce(list(t.story_id ORDER BY t.items DESC, t.story_id) FILTER (WHERE t.story_id IS NOT NULL)[:3], []) AS story_ids
FROM spans AS s
LEFT JOIN told AS t ON s.span = t.span
GROUP BY s.span
ORDER BY s.span;
