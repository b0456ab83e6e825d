-- topic_volume: items, stories, shares and their intervals of one topic over time
-- grain: one row a period with items since the topic's first one (0 mentions included)
-- question: when was this topic in the news, and how much?
-- reads: tag_trend_over, counted_topics
-- params: $grain (day, week, month, quarter), $topic_id
-- note: all channels, languages and days, as in the mart topic_trend; the answer topic_trend has the filters
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
    t.why_not
FROM tag_trend_over('topic', $grain, [], [], NULL, NULL, tag_ids := [$topic_id]) AS t
WHERE t.period_start >= (SELECT period_of($grain, min(c.published_on)) FROM counted_topics([$topic_id]) AS c)
ORDER BY t.period_start;
