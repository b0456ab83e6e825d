-- channel_basket: the channels that an adjusted share is made of, and their weights
-- grain: one row a channel set × channel with items
-- question: which channels were there throughout, so that their mix can be held fixed?
-- reads: day_items, channel_weights
-- params: channel_sets (list of {name, channels}; channels empty: all), languages (list, empty: all),
--         first_day and last_day (inclusive, null: open)
-- note: a month counts if it is over and none of its publishing days is left out; if the span has no such month,
--   its weeks count likewise, and if it has no such week either, all its days as one. A channel is there with 10
--   items. Present throughout: in every month that counts, and, in a span that cuts a month, never away for more
--   than five publishing days in a row from the first to the last day asked. If no channel with a weight is (a
--   long span, in which one ends and others begin): from its first month on, and in at least half of the months;
--   where a month is cut, the same of its days. The periods before have no adjusted share then. A set of a single
--   channel needs no weights.
CREATE MACRO channel_basket(channel_sets, languages, first_day, last_day) AS TABLE
WITH loaded AS (
    SELECT max(d.published_on) AS last_on FROM day_items AS d
),

days AS MATERIALIZED (
    SELECT
        s.channel_set,
        d.channel,
        s.weight AS reference_weight,
        d.published_on,
        period_of('month', d.published_on) AS month,
        (first_day IS NULL OR d.published_on >= first_day) AND (last_day IS NULL OR d.published_on <= last_day) AS is_asked,
        sum(d.items_total) AS items_total
    FROM day_items AS d
    INNER JOIN members_of(channel_sets) AS s ON d.channel = s.channel
    WHERE len(languages) = 0 OR list_contains(languages, d.language)
    GROUP BY 1, 2, 3, 4
),

stretches AS MATERIALIZED (
    SELECT
        d.channel_set,
        g.grain,
        period_of(g.grain, d.published_on) AS stretch,
        NOT bool_and(d.is_asked) AS is_cut,
        g.grain = 'all' OR (bool_and(d.is_asked) AND last_weekday_of(g.grain, period_of(g.grain, d.published_on)) <= any_value(l.last_on)) AS is_whole
    FROM days AS d
    CROSS JOIN loaded AS l
    CROSS JOIN (SELECT unnest(['month', 'week', 'all']) AS grain) AS g
    GROUP BY 1, 2, 3
    HAVING bool_or(d.is_asked)
),

scales AS (
    SELECT
        s.channel_set,
        bool_or(s.is_cut AND s.grain = 'month') AS is_cut_span,
        CASE
            WHEN bool_or(s.is_whole AND s.grain = 'month') THEN 'month'
            WHEN bool_or(s.is_cut AND s.grain = 'month') AND bool_or(s.is_whole AND s.grain = 'week') THEN 'week'
            ELSE 'all'
        END AS grain
    FROM stretches AS s
    GROUP BY 1
),

used AS (
    SELECT s.channel_set, s.grain, s.stretch
    FROM stretches AS s
    INNER JOIN scales AS c ON s.channel_set = c.channel_set AND s.grain = c.grain
    WHERE s.is_whole
),

present AS (
    SELECT
        d.channel_set,
        d.channel,
        d.reference_weight,
        c.is_cut_span,
        u.stretch,
        min(d.published_on) AS first_on,
        max(d.published_on) AS last_on,
        u.stretch IS NOT NULL AND sum(d.items_total) >= limits().channel_items AS is_present
    FROM days AS d
    INNER JOIN scales AS c ON d.channel_set = c.channel_set
    LEFT JOIN used AS u ON d.channel_set = u.channel_set AND u.stretch = period_of(c.grain, d.published_on)
    WHERE d.is_asked
    GROUP BY 1, 2, 3, 4, 5
),

lives AS (
    SELECT
        p.channel_set,
        p.channel,
        p.reference_weight,
        p.is_cut_span,
        min(p.first_on) AS first_on,
        max(p.last_on) AS last_on,
        count(*) FILTER (WHERE p.is_present) AS months_present,
        min(p.stretch) FILTER (WHERE p.is_present) AS first_month,
        count(*) OVER (PARTITION BY p.channel_set) AS channels
    FROM present AS p
    GROUP BY p.channel_set, p.channel, p.reference_weight, p.is_cut_span
),

counts AS (
    SELECT
        v.channel_set,
        v.channel,
        count(*) AS months_loaded,
        count(*) FILTER (WHERE u.stretch >= v.first_month) AS months_since
    FROM lives AS v
    INNER JOIN used AS u ON v.channel_set = u.channel_set
    GROUP BY v.channel_set, v.channel
),

-- publishing days of the set that were asked for, numbered from 1
places AS (
    SELECT
        d.channel_set,
        d.published_on,
        row_number() OVER (PARTITION BY d.channel_set ORDER BY d.published_on) AS place,
        count(*) OVER (PARTITION BY d.channel_set) AS last_place
    FROM (SELECT DISTINCT e.channel_set, e.published_on FROM days AS e WHERE e.is_asked) AS d
),

-- how many of them passed before a channel's first day, and at most in a row after one of its days
absences AS (
    SELECT g.channel_set, g.channel, min(g.place) - 1 AS away_before, max(g.away_after) AS away_after, any_value(g.last_place) AS days_asked
    FROM (
        SELECT
            p.channel_set,
            d.channel,
            p.place,
            p.last_place,
            coalesce(lead(p.place) OVER (PARTITION BY p.channel_set, d.channel ORDER BY p.place), p.last_place + 1) - p.place - 1 AS away_after
        FROM places AS p
        INNER JOIN days AS d ON p.channel_set = d.channel_set AND p.published_on = d.published_on
    ) AS g
    GROUP BY 1, 2
),

rules AS (
    SELECT
        v.*,
        c.months_loaded,
        v.months_present = c.months_loaded
        AND (NOT v.is_cut_span OR greatest(a.away_before, a.away_after) <= limits().days_away) AS is_throughout,
        v.months_present > 0 AND v.months_present = c.months_since AND 2 * v.months_present >= c.months_loaded
        AND (NOT v.is_cut_span OR (a.away_after <= limits().days_away AND 2 * a.away_before <= a.days_asked)) AS is_since
    FROM lives AS v
    INNER JOIN counts AS c ON v.channel_set = c.channel_set AND v.channel = c.channel
    INNER JOIN absences AS a ON v.channel_set = a.channel_set AND v.channel = a.channel
),

judged AS (
    SELECT
        r.* REPLACE (CASE WHEN r.channels = 1 THEN 1.0 ELSE r.reference_weight END AS reference_weight),
        CASE
            WHEN r.channels = 1 THEN TRUE
            WHEN bool_or(r.is_throughout AND r.reference_weight IS NOT NULL) OVER (PARTITION BY r.channel_set) THEN r.is_throughout
            ELSE r.is_since
        END AS present_throughout
    FROM rules AS r
)

SELECT
    j.channel_set,
    j.channel,
    j.first_on,
    j.last_on,
    j.months_present,
    j.months_loaded,
    j.present_throughout,
    CASE
        WHEN j.present_throughout
            -- in the order of channels: sums of fractions depend on their order in the last digit
            THEN j.reference_weight / sum(j.reference_weight ORDER BY j.channel)
                FILTER (WHERE j.present_throughout) OVER (PARTITION BY j.channel_set)
    END AS weight
FROM judged AS j;
