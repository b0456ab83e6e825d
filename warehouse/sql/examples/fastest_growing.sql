-- fastest_growing: labs and themes that grew most in the last complete month, surest first
-- grain: one row a lab or theme, the first ten of each kind
-- question: what grew, against the four months before, and how sure is that?
-- params: none
-- note: growth is a difference of log-odds (0.69 is twice the odds), growth_low the lower end of its 95 %
--   interval; q_value is the part of false finds when all rows up to this one are called changes
SELECT
    r.period_start,
    r.tag_kind,
    coalesce(l.name, th.name) AS name,
    r.mentions,
    r.baseline_share,
    r.share_adjusted,
    r.growth,
    r.growth_low,
    r.growth_high,
    r.q_value
FROM rising AS r
LEFT JOIN labs AS l ON r.tag_kind = 'lab' AND r.tag_id = l.lab_id
LEFT JOIN themes AS th ON r.tag_kind = 'theme' AND r.tag_id = th.theme_id
WHERE r.grain = 'month'
    AND r.channel_set = 'all'
    AND r.tag_kind IN ('lab', 'theme')
    AND r.growth IS NOT NULL
    AND r.rank <= 10
    AND r.period_start = (
        SELECT max(p.period_start)
        FROM periods AS p
        WHERE p.grain = 'month' AND p.channel_set = 'all' AND NOT p.is_partial
    )
ORDER BY r.tag_kind, r.rank;
