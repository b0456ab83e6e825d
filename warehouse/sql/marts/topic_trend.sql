-- topic_trend: how many items and stories each topic has over time, and which share of all items that is
-- grain: one row a grain (week, month, quarter) × period × topic with at least one item, channel set `all`
-- question: which topics grow, which fade?
-- reads: item_topics, counted_items, periods
-- params: none
-- note: mentions, items_total, share and comparable as in theme_trend; without intervals. Merged by hand,
--   the items of a topic stand in the one that it was merged into.
SELECT
    p.grain,
    p.period_start,
    t.topic_id,
    p.channel_set,
    count(*) AS mentions,
    count(DISTINCT c.story_id) AS stories,
    p.items_total,
    share_of(count(*), p.items_total) AS share,
    p.is_partial,
    p.regime,
    p.comparable,
    p.why_not
FROM item_topics AS t
INNER JOIN counted_items AS c ON t.item_id = c.item_id
INNER JOIN periods AS p
    ON
        p.channel_set = 'all'
        AND p.grain IN ('week', 'month', 'quarter')
        AND p.period_start = period_of(p.grain, c.published_on)
WHERE t.topic_id IS NOT NULL
GROUP BY p.grain, p.period_start, t.topic_id, p.channel_set, p.items_total, p.is_partial, p.regime, p.comparable, p.why_not
ORDER BY p.grain, p.period_start, t.topic_id;
