-- topic_trend: mentions, stories, shares and their intervals of the chosen topics over time
-- grain: one row a period × topic (0 mentions included)
-- question: how many items does each of these topics have, out of how many items, and how sure is that?
-- params: $grain, $channels and $languages (lists, empty: all), $first_day and $last_day (days, inclusive, null: open),
--         $topic_ids (list)
-- note: share_adjusted is over the channels present throughout the days asked for; share_index has 100 for the
--   complete periods shown; moving_share is over five publishing days, of grain day only; is_thin: too few items
--   to compare (limits). Items of discord_detail and other have no topic: of these channels alone every share is 0
SELECT
    t.period_start,
    t.tag_id AS topic_id,
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
FROM tag_trend_over('topic', $grain, $channels, $languages, $first_day, $last_day, $first_day, $last_day, $topic_ids) AS t
WHERE list_contains($topic_ids, t.tag_id)
ORDER BY t.period_start, list_position($topic_ids, t.tag_id);
