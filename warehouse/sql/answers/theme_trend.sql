-- theme_trend: mentions, stories, shares and their intervals of the chosen themes over time
-- grain: one row a period × theme (0 mentions included)
-- question: how many items are about each of these themes, out of how many, and how sure is that?
-- params: $grain, $channels and $languages (lists, empty: all), $first_day and $last_day (days, inclusive, null: open),
--         $theme_ids (list), $window (periods that a moving average is over; 1: none), $is_stored (whether the mart
--         theme_trend has these rows: all days, all languages, all channels or one; then nothing is counted anew)
-- reads: trend_lines_over
-- note: share_adjusted is over the channels present throughout the days asked for; share_index has 100 for the
--   complete periods shown; moving_share is over five publishing days, of grain day only; is_thin: too few items
--   to compare (limits); is_partial: may still grow, or is cut short by the last day asked for; smooth_…: moving
--   averages, within one mix of channels but for the adjusted share
SELECT t.* RENAME (tag_id AS theme_id)
FROM trend_lines_over(
    'theme', $grain, $channels, $languages, $first_day, $last_day, $theme_ids, $window, is_stored := $is_stored
) AS t
WHERE list_contains($theme_ids, t.tag_id)
ORDER BY t.period_start, list_position($theme_ids, t.tag_id);
