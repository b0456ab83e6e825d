-- parts_of_theme: what the machine finds a theme to be made of
-- grain: one row a part of the theme, the largest first
-- question: what stands behind the name of this theme?
-- reads: theme_parts
-- params: $theme_id
SELECT
    p.position,
    p.label,
    p.label_zh,
    p.terms,
    p.item_count,
    p.items_compared,
    p.first_on,
    p.last_on,
    p.typical_items
FROM theme_parts AS p
WHERE p.theme_id = $theme_id
ORDER BY p.position;
