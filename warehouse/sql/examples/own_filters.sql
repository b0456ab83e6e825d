-- own_filters: two labs by week in the channels and the language of your choice
-- grain: one row a week × lab
-- question: how do shares look in a part of the data that no ready-made table has?
-- params: none
-- note: tag_trend_over(kind, grain, channels, languages, first day, last day); empty lists are all, NULL is open;
--   theme instead of lab, day, month or quarter instead of week
SELECT
    t.period_start,
    t.tag_id AS lab_id,
    t.mentions,
    t.items_total,
    t.share,
    t.share_low,
    t.share_high,
    t.is_partial,
    t.comparable,
    t.why_not
FROM tag_trend_over('lab', 'week', ['twitter', 'reddit'], ['en'], DATE '2026-01-01', NULL) AS t
WHERE t.tag_id IN ('openai', 'anthropic')
ORDER BY t.period_start, t.tag_id;
