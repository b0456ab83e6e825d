-- themes_of_a_lab: what one lab is named for, in the last complete quarter and in the one before
-- grain: one row a theme that the lab has in either quarter
-- question: on which themes does the talk about a lab move?
-- params: none
-- note: of_lab is the part of the lab's own mentions that have the theme; an item can have several themes
WITH
quarters AS (
    SELECT p.period_start
    FROM periods AS p
    WHERE p.grain = 'quarter' AND p.channel_set = 'all' AND NOT p.is_partial
    ORDER BY p.period_start DESC
    LIMIT 2
),

per_quarter AS (
    SELECT x.theme_id, x.period_start, x.mentions, share_of(x.mentions, t.mentions) AS of_lab
    FROM lab_theme_trend AS x
    INNER JOIN lab_trend AS t
        ON x.grain = t.grain
            AND x.period_start = t.period_start
            AND x.channel_set = t.channel_set
            AND x.lab_id = t.lab_id
    WHERE x.lab_id = 'anthropic' AND x.grain = 'quarter' AND x.channel_set = 'all'
)

SELECT
    th.name AS theme,
    max(q.mentions) FILTER (WHERE q.period_start = ends.now) AS mentions,
    max(q.of_lab) FILTER (WHERE q.period_start = ends.now) AS of_lab,
    max(q.mentions) FILTER (WHERE q.period_start = ends.before) AS mentions_before,
    max(q.of_lab) FILTER (WHERE q.period_start = ends.before) AS of_lab_before
FROM per_quarter AS q
INNER JOIN themes AS th ON q.theme_id = th.theme_id
CROSS JOIN (SELECT max(period_start) AS now, min(period_start) AS before FROM quarters) AS ends
WHERE q.period_start IN (ends.now, ends.before)
GROUP BY th.name
ORDER BY mentions DESC NULLS LAST, theme;
