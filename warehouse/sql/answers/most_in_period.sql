-- most_in_period: the labs or themes of most items in one week, month or quarter
-- grain: one row a lab or theme with at least one mention, the most mentioned first
-- question: whom and what does this period talk about most, and how sure is the share?
-- params: $kind (lab, theme), $grain (day, week, month, quarter), $period (its first day), $limit (rows)
-- reads: lab_trend, theme_trend
-- note: from the marts, all channels and languages; top_labs and top_themes count any span under any filter
SELECT t.tag_id, t.mentions, t.stories, t.items_total, t.share, t.share_low, t.share_high
FROM (
    SELECT 'lab' AS kind, l.lab_id AS tag_id, l.* EXCLUDE (lab_id)
    FROM lab_trend AS l
    WHERE $kind = 'lab'
    UNION ALL BY NAME
    SELECT 'theme' AS kind, h.theme_id AS tag_id, h.* EXCLUDE (theme_id)
    FROM theme_trend AS h
    WHERE $kind = 'theme'
) AS t
WHERE t.grain = $grain AND t.period_start = CAST($period AS DATE) AND t.channel_set = 'all' AND t.mentions > 0
ORDER BY t.mentions DESC, t.tag_id
LIMIT $limit;
