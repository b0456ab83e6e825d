-- topic_trend: mentions, stories, shares and their intervals of the chosen topics over time
-- grain: one row a period × topic (0 mentions included)
-- question: how many items does each of these topics have, out of how many items, and how sure is that?
-- params: $grain, $channels and $languages (lists, empty: all), $first_day and $last_day (days, inclusive, null: open),
--         $topic_ids (list), $window (periods that a moving average is over; 1: none)
-- reads: trend_lines_over
-- note: share_adjusted is over the channels present throughout the days asked for; share_index has 100 for the
--   complete periods shown; moving_share is over five publishing days, of grain day only; is_thin: too few items
--   to compare (limits); is_partial: may still grow, or is cut short by the last day asked for; smooth_…: moving
--   averages, within one mix of channels but for the adjusted share. Items of discord_detail and other have
--   no topic: of these channels alone every share is 0
SELECT t.* RENAME (tag_id AS topic_id)
FROM trend_lines_over('topic', $grain, $channels, $languages, $first_day, $last_day, $topic_ids, $window) AS t
WHERE list_contains($topic_ids, t.tag_id)
ORDER BY t.period_start, list_position($topic_ids, t.tag_id);
