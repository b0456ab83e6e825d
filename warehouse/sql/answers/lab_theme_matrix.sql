-- lab_theme_matrix: how often lab and theme occur in one item, over the whole span
-- grain: one row a lab × theme with at least one mention
-- question: with which themes are these labs named?
-- params: $channels and $languages (lists, empty: all), $first_day and $last_day (days, inclusive, null: open),
--         $lab_ids and $theme_ids (lists)
SELECT t.lab_id, t.theme_id, t.mentions, t.stories, t.items_total, t.share
FROM lab_theme_over('all', $channels, $languages, $first_day, $last_day) AS t
WHERE list_contains($lab_ids, t.lab_id) AND list_contains($theme_ids, t.theme_id)
ORDER BY list_position($lab_ids, t.lab_id), list_position($theme_ids, t.theme_id);
