-- mix_changes: where a channel begins or ends, so that pooled shares before and after do not compare
-- grain: one row a channel set × channel × beginning or end
-- question: since when is the mix of channels another?
-- reads: day_items, channel_weights
-- params: channel_sets (list of {name, channels}; channels empty: all), languages (list, empty: all)
-- note: from everything that is loaded, whatever span is shown. A channel that has a tenth of the items of
--   its own months and is there in most of them; absent for two months before or after. changed_on is the
--   first publishing day of the new mix. Labs are named about three times as often on Twitter as on
--   Discord: when Discord ended, every pooled share rose although the news had not changed.
CREATE MACRO mix_changes(channel_sets, languages) AS TABLE
WITH days AS (
    SELECT s.channel_set, d.channel, d.published_on, period_of('month', d.published_on) AS month, sum(d.items_total) AS items_total
    FROM day_items AS d
    INNER JOIN members_of(channel_sets) AS s ON d.channel = s.channel
    WHERE len(languages) = 0 OR list_contains(languages, d.language)
    GROUP BY 1, 2, 3, 4
),

months AS (
    SELECT
        m.channel_set,
        m.month,
        m.items_total,
        row_number() OVER (PARTITION BY m.channel_set ORDER BY m.month) AS place,
        count(*) OVER (PARTITION BY m.channel_set) AS last_place
    FROM (SELECT d.channel_set, d.month, sum(d.items_total) AS items_total FROM days AS d GROUP BY 1, 2) AS m
),

presence AS (
    SELECT d.channel_set, d.channel, d.month, sum(d.items_total) AS items_total, min(d.published_on) AS first_on, max(d.published_on) AS last_on
    FROM days AS d
    GROUP BY 1, 2, 3
),

lives AS (
    SELECT
        p.channel_set,
        p.channel,
        min(m.place) AS first_place,
        max(m.place) AS end_place,
        max(m.last_place) AS last_place,
        min(p.first_on) AS first_on,
        max(p.last_on) AS last_on
    FROM presence AS p
    INNER JOIN months AS m ON p.channel_set = m.channel_set AND p.month = m.month
    GROUP BY p.channel_set, p.channel
    HAVING
        sum(p.items_total) >= limits().part_of_mix * sum(m.items_total)
        AND count(*) >= limits().part_of_life * (max(m.place) - min(m.place) + 1)
)

SELECT v.channel_set, v.channel, TRUE AS begins, v.first_on AS changed_on
FROM lives AS v
WHERE v.first_place > limits().months_without
UNION ALL
SELECT
    v.channel_set,
    v.channel,
    FALSE AS begins,
    (SELECT min(d.published_on) FROM days AS d WHERE d.channel_set = v.channel_set AND d.published_on > v.last_on) AS changed_on
FROM lives AS v
WHERE v.last_place - v.end_place >= limits().months_without;
