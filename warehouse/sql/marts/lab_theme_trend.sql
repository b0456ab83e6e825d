-- lab_theme_trend: lab and theme in the same item, over time
-- grain: one row a grain × period × lab × theme × channel set with at least one mention
-- question: with which themes is a lab named, and when?
-- reads: lab_theme_over
-- params: $grain (day, week, month, quarter), $channel_set (name), $channels (list behind the name),
--         $first_day, $last_day (whole periods to compute, inclusive; null: all)
SELECT
    $grain AS grain,
    t.period_start,
    t.lab_id,
    t.theme_id,
    $channel_set AS channel_set,
    t.mentions,
    t.stories,
    t.items_total,
    t.share,
    t.is_partial
FROM lab_theme_over($grain, $channels, [], $first_day, $last_day) AS t
ORDER BY t.period_start, t.lab_id, t.theme_id;
