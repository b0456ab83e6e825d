-- restatements: published monthly numbers that this snapshot corrects
-- grain: one row a snapshot × month × channel set × lab or theme (or all items) whose number moved
-- question: which numbers that may stand on a slide are different now, by how much and why?
-- reads: lab_trend, theme_trend, snapshot_info, and the same of the snapshot before (schema previous)
-- params: none
-- note: months that were still running, and months that had nothing before, are no restatement
WITH now_numbers AS (
    SELECT 'lab' AS tag_kind, t.lab_id AS tag_id, t.period_start, t.channel_set, t.mentions AS figure
    FROM lab_trend AS t
    WHERE t.grain = 'month'
    UNION ALL
    SELECT 'theme' AS tag_kind, t.theme_id AS tag_id, t.period_start, t.channel_set, t.mentions AS figure
    FROM theme_trend AS t
    WHERE t.grain = 'month'
    UNION ALL
    SELECT DISTINCT 'items' AS tag_kind, 'items' AS tag_id, t.period_start, t.channel_set, t.items_total AS figure
    FROM lab_trend AS t
    WHERE t.grain = 'month'
),

before_numbers AS (
    SELECT 'lab' AS tag_kind, t.lab_id AS tag_id, t.period_start, t.channel_set, t.mentions AS figure
    FROM previous.lab_trend AS t
    WHERE t.grain = 'month' AND NOT t.is_partial
    UNION ALL
    SELECT 'theme' AS tag_kind, t.theme_id AS tag_id, t.period_start, t.channel_set, t.mentions AS figure
    FROM previous.theme_trend AS t
    WHERE t.grain = 'month' AND NOT t.is_partial
    UNION ALL
    SELECT DISTINCT 'items' AS tag_kind, 'items' AS tag_id, t.period_start, t.channel_set, t.items_total AS figure
    FROM previous.lab_trend AS t
    WHERE t.grain = 'month' AND NOT t.is_partial
)

SELECT
    s.snapshot_id,
    p.snapshot_id AS previous_snapshot_id,
    CASE
        WHEN s.taxonomy_version <> p.taxonomy_version THEN 'taxonomy'
        WHEN s.code_version <> p.code_version THEN 'code'
        ELSE 'data'
    END AS cause,
    b.period_start,
    b.channel_set,
    b.tag_kind,
    b.tag_id,
    b.figure AS figure_before,
    coalesce(n.figure, 0) AS figure_after
FROM before_numbers AS b
LEFT JOIN now_numbers AS n
    ON b.tag_kind = n.tag_kind AND b.tag_id = n.tag_id AND b.period_start = n.period_start AND b.channel_set = n.channel_set
CROSS JOIN snapshot_info AS s
CROSS JOIN previous.snapshot_info AS p
WHERE b.figure <> coalesce(n.figure, 0)
ORDER BY b.period_start, b.channel_set, b.tag_kind, b.tag_id;
