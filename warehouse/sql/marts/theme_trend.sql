-- theme_trend: mentions, stories and share of each theme over time
-- grain: one row a grain × period × theme × channel set (0 mentions included)
-- question: how many items are about each theme, out of how many items?
-- reads: tag_trend_over
-- params: $grain (day, week, month, quarter), $channel_set (name), $channels (list behind the name),
--         $first_day, $last_day (whole periods to compute, inclusive; null: all)
SELECT
    $grain AS grain,
    t.period_start,
    t.tag_id AS theme_id,
    $channel_set AS channel_set,
    t.mentions,
    t.stories,
    t.items_total,
    t.share,
    t.is_partial
FROM tag_trend_over('theme', $grain, $channels, [], $first_day, $last_day) AS t
ORDER BY t.period_start, t.tag_id;
