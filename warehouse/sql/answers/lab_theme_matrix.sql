-- lab_theme_matrix: how often lab and theme occur in one item, over the whole span
-- grain: one row a lab × theme with at least one mention
-- question: with which themes are these labs named?
-- params: $channels and $languages (lists, empty: all), $first_day and $last_day (days, inclusive, null: open),
--         $lab_ids and $theme_ids (lists)
SELECT
    t.tag_id AS lab_id,
    t.paired_theme_id AS theme_id,
    t.mentions,
    t.stories,
    t.items_total,
    t.share,
    t.share_low,
    t.share_high,
    t.digests,
    t.design_effect,
    t.share_adjusted,
    t.adjusted_low,
    t.adjusted_high,
    t.adjusted_why_not
FROM measures_over(
    'lab_theme', $lab_ids, [{'grain': 'all', 'first_day': $first_day, 'last_day': $last_day}],
    [{'name': 'asked', 'channels': $channels}], $languages, $first_day, $last_day
) AS t
WHERE list_contains($lab_ids, t.tag_id) AND list_contains($theme_ids, t.paired_theme_id)
ORDER BY list_position($lab_ids, t.tag_id), list_position($theme_ids, t.paired_theme_id);
