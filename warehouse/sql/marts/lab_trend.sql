-- lab_trend: mentions, stories and share of each lab over time
-- grain: one row a grain × period × lab × channel set (0 mentions included)
-- question: how often is each lab named, out of how many items?
-- reads: tag_trend_over
-- params: $grain (day, week, month, quarter), $channel_set (name), $channels (list behind the name),
--         $first_day, $last_day (whole periods to compute, inclusive; null: all)
SELECT
    $grain AS grain,
    t.period_start,
    t.tag_id AS lab_id,
    $channel_set AS channel_set,
    t.mentions,
    t.stories,
    t.items_total,
    t.share,
    t.is_partial
FROM tag_trend_over('lab', $grain, $channels, [], $first_day, $last_day) AS t
ORDER BY t.period_start, t.tag_id;
