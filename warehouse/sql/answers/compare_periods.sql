-- compare_periods: the share of each lab or theme in two periods, and in which measure the two compare
-- grain: one row a lab or theme (0 mentions included)
-- question: does the news name it more than in the other period, or did only the mix of channels change?
-- params: $kind (lab, theme), $ids (list, empty: all), $channels and $languages (lists, empty: all), $first_day and
--         $last_day (the period, days inclusive), $against_first_day and $against_last_day (the one it is compared with)
-- note: compared is share_adjusted (over the channels with enough items on both sides that are there in between)
--   where the mix differs: a channel begins or ends within or between the two, or its part of the items differs
--   by ten points; else share. mix_changed names those channels. value, value_low, value_high and value_items
--   (independent items that would give as sure a value) are of that measure. why_not says the first reason
--   that holds: overlap (of the periods), no_items, partial (a period still running), too_few_items (of a
--   period), mix_changed (and share_adjusted cannot be had, adjusted_why_not). largest_digest_on, _mentions and
--   _items: of the digest with most of the mentions in the channels asked for, its items in these channels;
--   null without mentions. digests_total: digests with items. against_… is the same of the other period
WITH sides AS (
    SELECT 'now' AS side, CAST($first_day AS DATE) AS first_day, CAST($last_day AS DATE) AS last_day
    UNION ALL
    SELECT 'against' AS side, CAST($against_first_day AS DATE) AS first_day, CAST($against_last_day AS DATE) AS last_day
),

loaded AS (
    SELECT max(d.published_on) AS last_on FROM digest_items AS d
),

periods AS (
    SELECT
        s.side,
        s.first_day,
        s.last_day,
        s.last_day - greatest(CAST(isodow(s.last_day) AS INTEGER) - 5, 0) > any_value(l.last_on) AS is_partial,
        min(d.published_on) AS first_on,
        max(d.published_on) AS last_on,
        CAST(coalesce(sum(d.items_total), 0) AS BIGINT) AS items_total,
        count(DISTINCT d.digest_id) AS digests_total
    FROM sides AS s
    CROSS JOIN loaded AS l
    LEFT JOIN digest_items AS d
        ON in_scope(d.channel, d.language, d.published_on, $channels, $languages, s.first_day, s.last_day)
    GROUP BY s.side, s.first_day, s.last_day
),

pair AS (
    SELECT
        max(p.first_day) <= min(p.last_day) AS is_overlap,
        min(p.items_total) AS items_total,
        max(p.items_total) FILTER (WHERE p.side = 'now') AS now_items,
        max(p.items_total) FILTER (WHERE p.side = 'against') AS against_items,
        max(p.digests_total) FILTER (WHERE p.side = 'now') AS now_digests,
        max(p.digests_total) FILTER (WHERE p.side = 'against') AS against_digests,
        bool_or(p.is_partial) AS is_partial,
        min(p.first_on) AS first_on,
        max(p.last_on) AS last_on
    FROM periods AS p
),

parts AS (
    SELECT
        d.channel,
        sum(d.items_total) FILTER (WHERE p.side = 'now') AS now_items,
        sum(d.items_total) FILTER (WHERE p.side = 'against') AS against_items
    FROM digest_items AS d
    INNER JOIN periods AS p
        ON in_scope(d.channel, d.language, d.published_on, $channels, $languages, p.first_day, p.last_day)
    GROUP BY d.channel
),

changed AS (
    SELECT m.channel
    FROM mix_changes([{'name': 'asked', 'channels': $channels}], $languages) AS m
    CROSS JOIN pair AS p
    WHERE m.changed_on > p.first_on AND m.changed_on <= p.last_on
    UNION
    SELECT c.channel
    FROM parts AS c
    CROSS JOIN pair AS p
    WHERE abs(coalesce(share_of(c.now_items, p.now_items), 0) - coalesce(share_of(c.against_items, p.against_items), 0)) >= limits().part_of_mix
),

changes AS (
    SELECT string_agg(c.channel, ',' ORDER BY c.channel) AS mix_changed FROM changed AS c
),

-- the channels that adjusted shares are made of: with enough items on both sides; of those that are there throughout
-- one may lack them in a week of long ago
common AS (
    SELECT coalesce(list(c.channel ORDER BY c.channel), ['']) AS channels
    FROM parts AS c
    WHERE c.now_items >= limits().channel_items AND c.against_items >= limits().channel_items
),

largest AS (
    SELECT p.side, t.tag_id, t.digest_id, t.published_on, CAST(sum(t.mentions) AS BIGINT) AS mentions
    FROM digest_tags AS t
    INNER JOIN periods AS p
        ON in_scope(t.channel, t.language, t.published_on, $channels, $languages, p.first_day, p.last_day)
    WHERE
        t.tag_kind = $kind
        AND (len($ids) = 0 OR list_contains($ids, t.tag_id))
        -- said once more as plain days, so that only these rows are read
        AND t.published_on >= least(CAST($first_day AS DATE), CAST($against_first_day AS DATE))
        AND t.published_on <= greatest(CAST($last_day AS DATE), CAST($against_last_day AS DATE))
    GROUP BY p.side, t.tag_id, t.digest_id, t.published_on
    QUALIFY row_number() OVER (PARTITION BY p.side, t.tag_id ORDER BY sum(t.mentions) DESC, t.digest_id) = 1
),

in_one_digest AS (
    SELECT l.side, l.tag_id, l.published_on, l.mentions, CAST(sum(d.items_total) AS BIGINT) AS items
    FROM largest AS l
    INNER JOIN digest_items AS d
        ON
            l.digest_id = d.digest_id
            AND l.published_on = d.published_on
            AND in_scope(d.channel, d.language, d.published_on, $channels, $languages, NULL, NULL)
    GROUP BY l.side, l.tag_id, l.published_on, l.mentions
),

-- both sides in one call, told apart by the name of the span: most of the work is to plan it
measured AS (
    SELECT m.grain AS side, m.*
    FROM measures_over(
        $kind, $ids,
        [
            {'grain': 'now', 'first_day': $first_day, 'last_day': $last_day},
            {'grain': 'against', 'first_day': $against_first_day, 'last_day': $against_last_day}
        ],
        [{'name': 'asked', 'channels': $channels}, {'name': 'common', 'channels': (SELECT c.channels FROM common AS c)}],
        $languages, least($first_day, $against_first_day), greatest($last_day, $against_last_day), has_stories := FALSE
    ) AS m
),

tags AS (
    SELECT l.lab_id AS tag_id FROM labs AS l WHERE $kind = 'lab' AND (len($ids) = 0 OR list_contains($ids, l.lab_id))
    UNION ALL
    SELECT t.theme_id AS tag_id FROM themes AS t WHERE $kind = 'theme' AND (len($ids) = 0 OR list_contains($ids, t.theme_id))
),

compared AS (
    SELECT
        t.tag_id,
        n,
        a,
        nc,
        ac,
        nd,
        ad,
        p.now_digests,
        p.against_digests,
        c.mix_changed,
        CASE WHEN c.mix_changed IS NULL THEN 'share' ELSE 'share_adjusted' END AS compared,
        CASE WHEN nc.items_total IS NULL THEN 'no_common_channel' ELSE coalesce(nc.adjusted_why_not, ac.adjusted_why_not) END AS adjusted_why_not,
        CASE
            WHEN p.is_overlap THEN 'overlap'
            WHEN p.items_total = 0 THEN 'no_items'
            WHEN p.is_partial THEN 'partial'
            WHEN p.items_total < limits().items THEN 'too_few_items'
            WHEN c.mix_changed IS NOT NULL AND (nc.share_adjusted IS NULL OR ac.share_adjusted IS NULL) THEN 'mix_changed'
        END AS why_not
    FROM tags AS t
    CROSS JOIN pair AS p
    CROSS JOIN changes AS c
    LEFT JOIN measured AS n ON t.tag_id = n.tag_id AND n.side = 'now' AND n.channel_set = 'asked'
    LEFT JOIN measured AS a ON t.tag_id = a.tag_id AND a.side = 'against' AND a.channel_set = 'asked'
    LEFT JOIN measured AS nc ON t.tag_id = nc.tag_id AND nc.side = 'now' AND nc.channel_set = 'common'
    LEFT JOIN measured AS ac ON t.tag_id = ac.tag_id AND ac.side = 'against' AND ac.channel_set = 'common'
    LEFT JOIN in_one_digest AS nd ON t.tag_id = nd.tag_id AND nd.side = 'now'
    LEFT JOIN in_one_digest AS ad ON t.tag_id = ad.tag_id AND ad.side = 'against'
)

SELECT
    c.tag_id,
    c.tag_id AS against_tag_id,
    CAST($first_day AS DATE) AS first_day,
    CAST($last_day AS DATE) AS last_day,
    CAST($against_first_day AS DATE) AS against_first_day,
    CAST($against_last_day AS DATE) AS against_last_day,
    c.n.mentions AS mentions,
    c.n.items_total AS items_total,
    c.n.share AS share,
    c.a.mentions AS against_mentions,
    c.a.items_total AS against_items_total,
    c.a.share AS against_share,
    c.compared,
    CASE WHEN c.compared = 'share' THEN c.n.share ELSE c.nc.share_adjusted END AS value,
    CASE WHEN c.compared = 'share' THEN c.n.share_low ELSE c.nc.adjusted_low END AS value_low,
    CASE WHEN c.compared = 'share' THEN c.n.share_high ELSE c.nc.adjusted_high END AS value_high,
    CASE WHEN c.compared = 'share' THEN c.n.effective_items ELSE c.nc.adjusted_items END AS value_items,
    CASE WHEN c.compared = 'share' THEN c.a.share ELSE c.ac.share_adjusted END AS against_value,
    CASE WHEN c.compared = 'share' THEN c.a.share_low ELSE c.ac.adjusted_low END AS against_low,
    CASE WHEN c.compared = 'share' THEN c.a.share_high ELSE c.ac.adjusted_high END AS against_high,
    CASE WHEN c.compared = 'share' THEN c.a.effective_items ELSE c.ac.adjusted_items END AS against_items,
    0.0 AS correlation,
    c.mix_changed,
    c.why_not,
    c.adjusted_why_not,
    c.now_digests AS digests_total,
    c.against_digests AS against_digests_total,
    c.nd.published_on AS largest_digest_on,
    c.nd.mentions AS largest_digest_mentions,
    c.nd.items AS largest_digest_items,
    c.ad.published_on AS against_largest_digest_on,
    c.ad.mentions AS against_largest_digest_mentions,
    c.ad.items AS against_largest_digest_items
FROM compared AS c
ORDER BY list_position($ids, c.tag_id), greatest(coalesce(c.n.mentions, 0), coalesce(c.a.mentions, 0)) DESC, c.tag_id;
