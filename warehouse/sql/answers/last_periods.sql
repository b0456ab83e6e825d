-- last_periods: the last complete week and month, and the days that each is compared with
-- grain: one row a grain (week, month) that has a complete period
-- question: which are "this week" and "this month" of the loaded data, and against what is a move measured?
-- params: none
-- reads: periods, day_items
-- note: "this" goes by the last loaded day, never by the clock. A week is compared with the four weeks before, a
--   month with the month before, both from the first loaded day on; against_* is null where nothing is loaded
--   before. running_* is the period that has begun and may still grow, null if there is none.
WITH loaded AS (
    SELECT min(d.published_on) AS first_on
    FROM day_items AS d
    WHERE d.channel <> 'discord_detail'
),

newest AS (
    SELECT
        p.grain,
        CAST(max(p.period_start) FILTER (WHERE NOT p.is_partial) AS DATE) AS first_day,
        CAST(max(p.period_start) FILTER (WHERE p.is_partial) AS DATE) AS running_first_day
    FROM periods AS p
    WHERE p.channel_set = 'all' AND p.grain IN ('week', 'month')
    GROUP BY p.grain
),

spans AS (
    SELECT
        n.grain,
        n.first_day,
        CAST(n.first_day + CASE n.grain WHEN 'week' THEN INTERVAL 7 DAY ELSE INTERVAL 1 MONTH END AS DATE) - 1 AS last_day,
        greatest(
            CAST(n.first_day - CASE n.grain WHEN 'week' THEN INTERVAL 28 DAY ELSE INTERVAL 1 MONTH END AS DATE), l.first_on
        ) AS against_first_day,
        n.first_day - 1 AS against_last_day,
        l.first_on < n.first_day AS has_before,
        n.running_first_day
    FROM newest AS n
    CROSS JOIN loaded AS l
    WHERE n.first_day IS NOT NULL
)

SELECT
    s.grain,
    s.first_day,
    s.last_day,
    p.items_total,
    CASE WHEN s.has_before THEN s.against_first_day END AS against_first_day,
    CASE WHEN s.has_before THEN s.against_last_day END AS against_last_day,
    s.running_first_day,
    r.items_total AS running_items,
    p.digests AS digests_total
FROM spans AS s
INNER JOIN periods AS p ON s.grain = p.grain AND s.first_day = p.period_start AND p.channel_set = 'all'
LEFT JOIN periods AS r ON s.grain = r.grain AND s.running_first_day = r.period_start AND r.channel_set = 'all'
ORDER BY s.grain DESC;
