-- periods: every period of every channel set, and whether its shares compare with the period before
-- grain: one row a grain × channel set × period with items
-- question: where can a line be read as one series?
-- reads: comparable_over
-- params: $grains (list), $channel_sets (list of {name, channels}; channels empty: all)
SELECT p.*
FROM comparable_over($grains, $channel_sets, []) AS p
ORDER BY p.channel_set, p.grain, p.period_start;
