-- rising_periods: in which periods something rose or fell
-- grain: one row a period with a lab or theme in rising, newest first
-- question: which periods can be looked at, and what is to be found there?
-- params: $kind (lab, theme), $grain (week, month), $channel_set (all, or for months one channel);
--         $least_part (0-1), $least_mentions, $least_digests: see rising
-- reads: rising, periods, digest_tags
-- note: rose and fell count labs or themes with q up to 5 %, as the verdicts of the answer rising, hence without
--   those that rose with most mentions in one digest; compared are those with a figure, none in a period that
--   does not compare with those before it (why_not says the reason of most)
WITH per_digest AS (
    SELECT r.period_start, r.tag_id, r.mentions AS of, sum(t.mentions) AS mentions
    FROM rising AS r
    INNER JOIN digest_tags AS t ON r.tag_kind = t.tag_kind AND r.tag_id = t.tag_id AND r.period_start = period_of($grain, t.published_on)
    INNER JOIN periods AS p ON r.grain = p.grain AND r.channel_set = p.channel_set AND r.period_start = p.period_start
    WHERE
        r.tag_kind = $kind
        AND r.grain = $grain
        AND r.channel_set = $channel_set
        AND r.q_value <= 0.05
        AND r.growth > 0
        AND r.mentions >= $least_mentions
        AND p.digests >= $least_digests
        AND in_scope(t.channel, t.language, t.published_on, CASE WHEN $channel_set = 'all' THEN [] ELSE [$channel_set] END, [], NULL, NULL)
    GROUP BY r.period_start, r.tag_id, r.mentions, t.digest_id
),

concentrated AS (
    SELECT DISTINCT d.period_start, d.tag_id FROM per_digest AS d WHERE d.mentions >= $least_part * d.of
)

SELECT
    r.period_start,
    bool_or(r.comparable) AS comparable,
    count(*) FILTER (WHERE r.comparable) AS compared,
    count(*) FILTER (WHERE r.q_value <= 0.05 AND r.growth > 0 AND c.tag_id IS NULL) AS rose,
    count(*) FILTER (WHERE r.q_value <= 0.05 AND r.growth < 0) AS fell,
    CASE WHEN NOT bool_or(r.comparable) THEN mode(r.why_not ORDER BY r.why_not) END AS why_not
FROM rising AS r
LEFT JOIN concentrated AS c ON r.period_start = c.period_start AND r.tag_id = c.tag_id
WHERE r.tag_kind = $kind AND r.grain = $grain AND r.channel_set = $channel_set
GROUP BY r.period_start
ORDER BY r.period_start DESC;
