-- not_comparable_months: months whose share must not be compared with the month before, and why
-- grain: one row a month × channel set
-- question: where does the data change rather than the world?
-- params: none
-- note: mix_changed names the channels that begin or end; share_adjusted compares across such a change
SELECT p.period_start, p.channel_set, p.items_total, p.digests, p.is_partial, p.why_not
FROM periods AS p
WHERE p.grain = 'month' AND NOT p.comparable
ORDER BY p.channel_set = 'all' DESC, p.channel_set, p.period_start;
