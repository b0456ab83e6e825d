-- theme_trend: mentions, stories, share and its interval of each theme over time
-- grain: one row a grain × period × theme × channel set (0 mentions included)
-- question: how many items are about each theme, out of how many items, and how sure is that?
-- reads: measures_over, periods
-- params: $spans (list of {grain, first_day, last_day}: whole periods to compute, inclusive; null: all),
--         $channel_sets (list of {name, channels})
SELECT
    t.grain,
    t.period_start,
    t.tag_id AS theme_id,
    t.channel_set,
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
    p.is_partial,
    p.regime,
    p.comparable,
    p.why_not
FROM measures_over('theme', [], $spans, $channel_sets, [], NULL, NULL) AS t
INNER JOIN periods AS p ON t.period_start = p.period_start AND t.grain = p.grain AND t.channel_set = p.channel_set
ORDER BY t.channel_set, t.grain, t.period_start, t.tag_id;
