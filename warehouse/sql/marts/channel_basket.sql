-- channel_basket: the channels that an adjusted share is made of, and their weights
-- grain: one row a channel set × channel with items
-- question: which channels were there throughout, so that their mix can be held fixed?
-- reads: digest_items, channel_weights
-- params: channel_sets (list of {name, channels}; channels empty: all), languages (list, empty: all),
--         first_day and last_day (inclusive, null: open)
-- note: only whole months of the span count, unless it has none; a channel is there in a month with 10 items.
--   Present throughout: in every month that has any item. If no channel with a weight is (a long span, in
--   which one ends and others begin): from its first month on, and in at least half of the months; the
--   periods before have no adjusted share then. A set of a single channel needs no weights.
CREATE MACRO channel_basket(channel_sets, languages, first_day, last_day) AS TABLE
WITH loaded AS (
    SELECT max(d.published_on) AS last_on FROM digest_items AS d
),

marked AS (
    SELECT
        s.channel_set,
        d.channel,
        s.weight AS reference_weight,
        d.month,
        d.items_total,
        d.first_on,
        d.last_on,
        last_weekday_of('month', d.month) <= l.last_on
        AND (first_day IS NULL OR d.month >= first_day)
        AND (last_day IS NULL OR last_weekday_of('month', d.month) <= last_day) AS is_whole
    FROM (
        SELECT
            period_of('month', d.published_on) AS month,
            d.channel,
            sum(d.items_total) AS items_total,
            min(d.published_on) AS first_on,
            max(d.published_on) AS last_on
        FROM digest_items AS d
        WHERE in_scope(d.channel, d.language, d.published_on, [d.channel], languages, first_day, last_day)
        GROUP BY 1, 2
    ) AS d
    INNER JOIN members_of(channel_sets) AS s ON d.channel = s.channel
    CROSS JOIN loaded AS l
),

months AS (
    SELECT m.channel_set, m.month, bool_or(m.is_whole) OVER (PARTITION BY m.channel_set) = m.is_whole AS is_used
    FROM marked AS m
    GROUP BY m.channel_set, m.month, m.is_whole
),

present AS (
    SELECT m.*, n.is_used AND m.items_total >= limits().channel_items AS is_present
    FROM marked AS m
    INNER JOIN months AS n ON m.channel_set = n.channel_set AND m.month = n.month
),

lives AS (
    SELECT
        p.channel_set,
        p.channel,
        p.reference_weight,
        min(p.first_on) AS first_on,
        max(p.last_on) AS last_on,
        count(*) FILTER (WHERE p.is_present) AS months_present,
        min(p.month) FILTER (WHERE p.is_present) AS first_month,
        count(*) OVER (PARTITION BY p.channel_set) AS channels
    FROM present AS p
    GROUP BY p.channel_set, p.channel, p.reference_weight
),

counts AS (
    SELECT
        v.*,
        count(*) FILTER (WHERE n.is_used) AS months_loaded,
        count(*) FILTER (WHERE n.is_used AND n.month >= v.first_month) AS months_since
    FROM lives AS v
    INNER JOIN months AS n ON v.channel_set = n.channel_set
    GROUP BY v.channel_set, v.channel, v.first_on, v.last_on, v.months_present, v.first_month, v.reference_weight, v.channels
),

judged AS (
    SELECT
        c.* REPLACE (CASE WHEN c.channels = 1 THEN 1.0 ELSE c.reference_weight END AS reference_weight),
        CASE
            WHEN c.channels = 1 THEN TRUE
            WHEN bool_or(c.months_present = c.months_loaded AND c.reference_weight IS NOT NULL) OVER (PARTITION BY c.channel_set)
                THEN c.months_present = c.months_loaded
            ELSE c.months_present > 0 AND c.months_present = c.months_since AND 2 * c.months_present >= c.months_loaded
        END AS present_throughout
    FROM counts AS c
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
