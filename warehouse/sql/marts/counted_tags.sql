-- counted_tags: every mention of a lab and every theme of the items that count
-- grain: one row a tag_kind (lab, theme) × tag_id × item; a lab's row stands for its parent too
-- question: which items name this lab (or one that belongs to it), or have this theme?
-- reads: counted_items, mentions, item_themes, labs
-- params: $months (list of first days of months to compute; empty: all)
WITH rolled_up AS (
    SELECT m.item_id, m.lab_id
    FROM mentions AS m
    UNION -- not UNION ALL: an item that names child and parent is one mention of the parent
    SELECT m.item_id, l.parent_id
    FROM mentions AS m
    INNER JOIN labs AS l ON m.lab_id = l.lab_id
    WHERE l.parent_id IS NOT NULL
),

tags AS (
    SELECT 'lab' AS tag_kind, r.lab_id AS tag_id, r.item_id
    FROM rolled_up AS r
    UNION ALL
    SELECT 'theme' AS tag_kind, t.theme_id AS tag_id, t.item_id
    FROM item_themes AS t
)

SELECT
    t.tag_kind,
    t.tag_id,
    c.item_id,
    c.digest_id,
    c.published_on,
    c.channel,
    c.language,
    c.story_id
FROM tags AS t
INNER JOIN counted_items AS c ON t.item_id = c.item_id
WHERE len($months) = 0 OR list_contains($months, period_of('month', c.published_on))
ORDER BY c.published_on, t.tag_kind, t.tag_id, c.item_id; -- by day first: a short span reads few row groups
