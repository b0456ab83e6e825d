-- rising_periods: in which periods something rose or fell
-- grain: one row a period with a lab or theme in rising, newest first
-- question: which periods can be looked at, and what is to be found there?
-- params: $kind (lab, theme), $grain (week, month), $channel_set (all, or for months one channel)
-- reads: rising
-- note: rose and fell count labs or themes with q up to 5 %, as the verdicts of the answer rising; compared are
--   those with a figure, none in a period that does not compare with those before it (why_not says the reason
--   of most)
SELECT
    r.period_start,
    bool_or(r.comparable) AS comparable,
    count(*) FILTER (WHERE r.comparable) AS compared,
    count(*) FILTER (WHERE r.q_value <= 0.05 AND r.growth > 0) AS rose,
    count(*) FILTER (WHERE r.q_value <= 0.05 AND r.growth < 0) AS fell,
    CASE WHEN NOT bool_or(r.comparable) THEN mode(r.why_not ORDER BY r.why_not) END AS why_not
FROM rising AS r
WHERE r.tag_kind = $kind AND r.grain = $grain AND r.channel_set = $channel_set
GROUP BY r.period_start
ORDER BY r.period_start DESC;
