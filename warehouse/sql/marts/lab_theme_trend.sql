-- lab_theme_trend: lab and theme in the same item, over time
-- grain: one row a grain × period × lab × theme × channel set with at least one mention
-- question: with which themes is a lab named, and when?
-- reads: measures_over, periods
-- params: $spans (list of {grain, first_day, last_day}: whole periods to compute, inclusive; null: all),
--         $channel_sets (list of {name, channels})
SELECT
    t.grain,
    t.period_start,
    t.tag_id AS lab_id,
    t.paired_theme_id AS theme_id,
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
FROM measures_over('lab_theme', [], $spans, $channel_sets, [], NULL, NULL) AS t
INNER JOIN periods AS p ON t.period_start = p.period_start AND t.grain = p.grain AND t.channel_set = p.channel_set
ORDER BY t.channel_set, t.grain, t.period_start, t.tag_id, t.paired_theme_id;
