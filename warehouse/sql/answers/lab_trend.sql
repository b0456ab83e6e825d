-- lab_trend: mentions, stories, shares and their intervals of the chosen labs over time
-- grain: one row a period × lab (0 mentions included)
-- question: how often is each of these labs named, out of how many items, and how sure is that?
-- params: $grain, $channels and $languages (lists, empty: all), $first_day and $last_day (days, inclusive, null: open),
--         $lab_ids (list)
-- note: share_adjusted is over the channels present throughout the days asked for; share_index has 100 for the
--   complete periods shown; moving_share is over five publishing days, of grain day only; is_thin: too few items
--   to compare (limits)
SELECT
    t.period_start,
    t.tag_id AS lab_id,
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
    t.adjusted_why_not,
    t.is_partial,
    t.items_total < limits().items AS is_thin,
    t.regime,
    t.comparable,
    t.why_not,
    index_of(
        t.share,
        sum(t.mentions) FILTER (WHERE NOT t.is_partial) OVER (PARTITION BY t.tag_id),
        sum(t.items_total) FILTER (WHERE NOT t.is_partial) OVER (PARTITION BY t.tag_id)
    ) AS share_index,
    CASE WHEN $grain = 'day' THEN moving_share_of(t.mentions, t.items_total, t.tag_id, t.period_start) END AS moving_share
FROM tag_trend_over('lab', $grain, $channels, $languages, $first_day, $last_day, $first_day, $last_day, $lab_ids) AS t
WHERE list_contains($lab_ids, t.tag_id)
ORDER BY t.period_start, list_position($lab_ids, t.tag_id);
