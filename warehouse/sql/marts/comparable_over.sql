-- comparable_over: whether the pooled share of a period may be compared with that of the period before
-- grain: one row a grain × channel set × period with items
-- question: is a difference to the period before a difference in the news?
-- reads: day_items, day_digests, channel_weights, mix_changes
-- params: grains (list of day, week, month, quarter), channel_sets (list of {name, channels}; channels empty:
--         all), languages (list, empty: all)
-- note: the period before is the last one that has items. why_not says the first reason that holds:
--   first_period; partial (still running); mix_changed:<channels> (a channel began or ended in one of the
--   two, or between them); too_few_items (in one of the two). regime is the first day of the stretch
--   without a change of the mix, null when the mix changes within the period.
CREATE MACRO comparable_over(grains, channel_sets, languages) AS TABLE
WITH members AS (
    SELECT m.channel_set, list(m.channel) AS channels FROM members_of(channel_sets) AS m GROUP BY 1
),

digests AS (
    SELECT m.channel_set, d.published_on, sum(d.digests) AS digests
    FROM day_digests AS d
    INNER JOIN members AS m ON list_has_any(d.channels, m.channels)
    WHERE len(languages) = 0 OR list_contains(languages, d.language)
    GROUP BY 1, 2
),

items AS (
    SELECT m.channel_set, d.published_on, sum(d.items_total) AS items_total
    FROM day_items AS d
    INNER JOIN members AS m ON list_contains(m.channels, d.channel)
    WHERE len(languages) = 0 OR list_contains(languages, d.language)
    GROUP BY 1, 2
),

days AS (
    SELECT i.channel_set, i.published_on, d.digests, i.items_total
    FROM items AS i
    INNER JOIN digests AS d ON i.channel_set = d.channel_set AND i.published_on = d.published_on
),

changes AS (
    SELECT * FROM mix_changes(channel_sets, languages)
),

loaded AS (
    SELECT max(d.published_on) AS last_on FROM day_items AS d
),

periods AS (
    SELECT
        g.grain,
        d.channel_set,
        period_of(g.grain, d.published_on) AS period_start,
        min(d.published_on) AS first_on,
        max(d.published_on) AS last_on,
        CAST(sum(d.digests) AS BIGINT) AS digests,
        CAST(sum(d.items_total) AS BIGINT) AS items_total
    FROM days AS d
    CROSS JOIN (SELECT unnest(grains) AS grain) AS g
    GROUP BY 1, 2, 3
),

neighbours AS (
    SELECT
        p.*,
        lag(p.first_on) OVER before AS before_on,
        lag(p.items_total) OVER before AS items_before,
        p.grain <> 'all' AND last_weekday_of(p.grain, p.period_start) > l.last_on AS is_partial
    FROM periods AS p
    CROSS JOIN loaded AS l
    WINDOW before AS (PARTITION BY p.grain, p.channel_set ORDER BY p.period_start)
),

changed AS (
    SELECT
        n.grain,
        n.channel_set,
        n.period_start,
        string_agg(DISTINCT c.channel, ',' ORDER BY c.channel) FILTER (WHERE c.changed_on > n.before_on) AS channels,
        coalesce(bool_or(c.changed_on > n.first_on), FALSE) AS is_mixed,
        max(c.changed_on) AS regime
    FROM neighbours AS n
    INNER JOIN changes AS c ON n.channel_set = c.channel_set AND c.changed_on <= n.last_on
    GROUP BY 1, 2, 3
),

reasons AS (
    SELECT
        n.*,
        CASE WHEN c.is_mixed THEN NULL ELSE coalesce(c.regime, min(n.first_on) OVER (PARTITION BY n.channel_set)) END AS regime,
        CASE
            WHEN n.before_on IS NULL THEN 'first_period'
            WHEN n.is_partial THEN 'partial'
            WHEN c.channels IS NOT NULL THEN 'mix_changed:' || c.channels
            WHEN least(n.items_total, n.items_before) < limits().items THEN 'too_few_items'
        END AS why_not
    FROM neighbours AS n
    LEFT JOIN changed AS c ON n.grain = c.grain AND n.channel_set = c.channel_set AND n.period_start = c.period_start
)

SELECT
    r.grain,
    r.channel_set,
    r.period_start,
    r.digests,
    r.items_total,
    r.is_partial,
    r.regime,
    r.why_not IS NULL AS comparable,
    r.why_not
FROM reasons AS r;
