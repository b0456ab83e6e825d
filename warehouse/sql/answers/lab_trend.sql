-- lab_trend: mentions, stories and share of the chosen labs over time
-- grain: one row a period × lab (0 mentions included)
-- question: how often is each of these labs named, out of how many items?
-- params: $grain, $channels and $languages (lists, empty: all), $first_day and $last_day (days, inclusive, null: open),
--         $lab_ids (list)
SELECT t.period_start, t.tag_id AS lab_id, t.mentions, t.stories, t.items_total, t.share, t.is_partial
FROM tag_trend_over('lab', $grain, $channels, $languages, $first_day, $last_day) AS t
WHERE list_contains($lab_ids, t.tag_id)
ORDER BY t.period_start, list_position($lab_ids, t.tag_id);
