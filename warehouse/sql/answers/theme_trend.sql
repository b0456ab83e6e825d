-- theme_trend: mentions, stories and share of the chosen themes over time
-- grain: one row a period × theme (0 mentions included)
-- question: how many items are about each of these themes, out of how many?
-- params: $grain, $channels and $languages (lists, empty: all), $first_day and $last_day (days, inclusive, null: open),
--         $theme_ids (list)
SELECT t.period_start, t.tag_id AS theme_id, t.mentions, t.stories, t.items_total, t.share, t.is_partial
FROM tag_trend_over('theme', $grain, $channels, $languages, $first_day, $last_day) AS t
WHERE list_contains($theme_ids, t.tag_id)
ORDER BY t.period_start, list_position($theme_ids, t.tag_id);
