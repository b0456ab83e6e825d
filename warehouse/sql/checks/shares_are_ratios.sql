-- fail
-- shares_are_ratios: mentions never exceed the items that they are a share of
-- grain: one row an impossible figure
-- question: is every share between 0 and 1?
-- params: none
SELECT 'lab_trend' AS table_name, t.lab_id AS tag_id, t.period_start
FROM lab_trend AS t
WHERE t.share < 0 OR t.share > 1 OR t.mentions > t.items_total OR t.stories > t.mentions
UNION ALL
SELECT 'theme_trend', t.theme_id, t.period_start
FROM theme_trend AS t
WHERE t.share < 0 OR t.share > 1 OR t.mentions > t.items_total OR t.stories > t.mentions;
