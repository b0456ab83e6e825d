-- monthly_shares: shares of the five labs named most, month by month
-- grain: one row a complete month × lab
-- question: how do they stand, and which months may be compared?
-- params: none
-- note: share_adjusted holds the mix of channels fixed, so it compares
--   across the end of a channel too
SELECT
    t.period_start,
    l.name,
    t.mentions,
    t.items_total,
    t.share,
    t.share_adjusted,
    t.adjusted_low,
    t.adjusted_high,
    t.comparable,
    t.why_not
FROM lab_trend AS t
INNER JOIN labs AS l ON t.lab_id = l.lab_id
WHERE t.grain = 'month'
    AND t.channel_set = 'all'
    AND NOT t.is_partial
    AND t.lab_id IN (
        SELECT most.lab_id
        FROM lab_trend AS most
        WHERE most.grain = 'month' AND most.channel_set = 'all'
        GROUP BY most.lab_id
        ORDER BY sum(most.mentions) DESC, most.lab_id
        LIMIT 5
    )
ORDER BY t.period_start DESC, l.name;
