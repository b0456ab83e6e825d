-- fail
-- shares_are_ratios: mentions never exceed the items that they are a share of, and intervals hold their share
-- grain: one row an impossible figure
-- question: is every share between 0 and 1?
-- params: none
SELECT 'lab_trend' AS table_name, t.lab_id AS tag_id, t.period_start
FROM lab_trend AS t
WHERE
    t.share < 0 OR t.share > 1 OR t.mentions > t.items_total OR t.stories > t.mentions
    OR t.share < t.share_low - 1e-6 OR t.share > t.share_high + 1e-6
    OR t.share_adjusted < t.adjusted_low - 1e-6 OR t.share_adjusted > t.adjusted_high + 1e-6
UNION ALL
SELECT 'theme_trend', t.theme_id, t.period_start
FROM theme_trend AS t
WHERE
    t.share < 0 OR t.share > 1 OR t.mentions > t.items_total OR t.stories > t.mentions
    OR t.share < t.share_low - 1e-6 OR t.share > t.share_high + 1e-6
    OR t.share_adjusted < t.adjusted_low - 1e-6 OR t.share_adjusted > t.adjusted_high + 1e-6;
