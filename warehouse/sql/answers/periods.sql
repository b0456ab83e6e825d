-- periods: which periods there are to choose from
-- grain: one row a grain × period with items, newest first
-- question: which days, weeks, months and quarters are loaded, and are they complete?
-- params: $grains (list of day, week, month, quarter)
SELECT p.grain, p.period_start, p.items_total, p.is_partial
FROM periods AS p
WHERE p.channel_set = 'all' AND list_contains($grains, p.grain)
ORDER BY list_position($grains, p.grain), p.period_start DESC;
