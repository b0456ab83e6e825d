-- compare_tags: the share of one lab or theme beside that of others, in one period
-- grain: one row another lab or theme (0 mentions included)
-- question: is it named more than the others?
-- params: $kind (lab, theme), $tag_id (the one), $ids (the others, list, empty: all), $channels and $languages
--         (lists, empty: all), $first_day and $last_day (the period, days inclusive)
-- note: both shares are of the same items, so the mix of channels is the same for both, and they are not
--   independent: correlation is that of the two shares. own = Σ(k_i − p·n_i)(l_i − q·n_i) over the digests, as
--   a correlation; expected = that of the items (phi: how often both are in one item); then
--   (6·expected + (c−1)·own) / (6 + c−1), as in design_effect_of. why_not: no_items or too_few_items.
--   largest_digest_… as in compare_periods: of the digest with most of the mentions
-- source: phi and difference of paired shares: Newcombe 1998 (method 10); ratio estimators: Cochran, ch. 6
WITH digests AS MATERIALIZED (
    SELECT d.digest_id, any_value(d.published_on) AS published_on, CAST(sum(d.items_total) AS BIGINT) AS n
    FROM digest_items AS d
    WHERE in_scope(d.channel, d.language, d.published_on, $channels, $languages, CAST($first_day AS DATE), CAST($last_day AS DATE))
    GROUP BY d.digest_id
),

totals AS (
    SELECT count(*) AS c, coalesce(CAST(sum(d.n) AS DOUBLE), 0) AS n, CAST(sum(d.n * d.n) AS DOUBLE) AS n_sq FROM digests AS d
),

hits AS MATERIALIZED (
    SELECT t.tag_id, t.digest_id, CAST(sum(t.mentions) AS BIGINT) AS k
    FROM digest_tags AS t
    WHERE
        t.tag_kind = $kind
        AND (len($ids) = 0 OR list_contains($ids, t.tag_id) OR t.tag_id = $tag_id)
        AND in_scope(t.channel, t.language, t.published_on, $channels, $languages, CAST($first_day AS DATE), CAST($last_day AS DATE))
    GROUP BY t.tag_id, t.digest_id
),

largest AS (
    SELECT h.tag_id, d.published_on, h.k AS mentions, d.n AS items
    FROM hits AS h
    INNER JOIN digests AS d ON h.digest_id = d.digest_id
    QUALIFY row_number() OVER (PARTITION BY h.tag_id ORDER BY h.k DESC, h.digest_id) = 1
),

sums AS (
    SELECT h.tag_id, CAST(sum(h.k) AS DOUBLE) AS k, CAST(sum(h.k * h.k) AS DOUBLE) AS k_sq, CAST(sum(h.k * d.n) AS DOUBLE) AS k_n
    FROM hits AS h
    INNER JOIN digests AS d ON h.digest_id = d.digest_id
    GROUP BY h.tag_id
),

-- sum of (k − share·n)² of each, around its own share
spreads AS (
    SELECT s.tag_id, s.k, s.k_n, s.k / t.n AS share, s.k_sq - 2 * s.k / t.n * s.k_n + (s.k / t.n) * (s.k / t.n) * t.n_sq AS spread
    FROM sums AS s
    CROSS JOIN totals AS t
),

products AS (
    SELECT o.tag_id, CAST(sum(o.k * b.k) AS DOUBLE) AS k_l
    FROM hits AS o
    INNER JOIN hits AS b ON o.digest_id = b.digest_id AND b.tag_id = $tag_id
    GROUP BY o.tag_id
),

in_one_item AS (
    SELECT o.tag_id, count(*) AS items
    FROM counted_tags AS o
    INNER JOIN counted_tags AS b ON o.item_id = b.item_id AND b.tag_kind = $kind AND b.tag_id = $tag_id
    WHERE
        o.tag_kind = $kind
        AND (len($ids) = 0 OR list_contains($ids, o.tag_id))
        AND in_scope(o.channel, o.language, o.published_on, $channels, $languages, CAST($first_day AS DATE), CAST($last_day AS DATE))
        -- the same item, hence the same day: said twice so that only the period's rows are joined
        AND in_scope(b.channel, b.language, b.published_on, $channels, $languages, CAST($first_day AS DATE), CAST($last_day AS DATE))
    GROUP BY o.tag_id
),

correlations AS (
    SELECT
        o.tag_id,
        t.c,
        (coalesce(i.items, 0) - o.k * b.k / t.n) / nullif(sqrt(o.k * (1 - o.share) * b.k * (1 - b.share)), 0) AS expected,
        (coalesce(p.k_l, 0) - b.share * o.k_n - o.share * b.k_n + o.share * b.share * t.n_sq)
        / nullif(sqrt(greatest(o.spread, 0) * greatest(b.spread, 0)), 0) AS own
    FROM spreads AS o
    INNER JOIN spreads AS b ON b.tag_id = $tag_id
    CROSS JOIN totals AS t
    LEFT JOIN products AS p ON o.tag_id = p.tag_id
    LEFT JOIN in_one_item AS i ON o.tag_id = i.tag_id
),

measured AS (
    SELECT m.*
    FROM measures_over(
        $kind, CASE WHEN len($ids) = 0 THEN $ids ELSE list_append($ids, $tag_id) END,
        [{'grain': 'all', 'first_day': $first_day, 'last_day': $last_day}],
        [{'name': 'asked', 'channels': $channels}], $languages, $first_day, $last_day, has_stories := FALSE
    ) AS m
),

tags AS (
    SELECT l.lab_id AS tag_id FROM labs AS l WHERE $kind = 'lab'
    UNION ALL
    SELECT t.theme_id AS tag_id FROM themes AS t WHERE $kind = 'theme'
)

SELECT
    $tag_id AS tag_id,
    g.tag_id AS against_tag_id,
    CAST($first_day AS DATE) AS first_day,
    CAST($last_day AS DATE) AS last_day,
    CAST($first_day AS DATE) AS against_first_day,
    CAST($last_day AS DATE) AS against_last_day,
    m.mentions,
    m.items_total,
    m.share,
    o.mentions AS against_mentions,
    o.items_total AS against_items_total,
    o.share AS against_share,
    'share' AS compared,
    m.share AS value,
    m.share_low AS value_low,
    m.share_high AS value_high,
    m.effective_items AS value_items,
    o.share AS against_value,
    o.share_low AS against_low,
    o.share_high AS against_high,
    o.effective_items AS against_items,
    greatest(-1.0, least(1.0, coalesce(
        (limits().prior_degrees * c.expected + (c.c - 1) * coalesce(c.own, c.expected)) / (limits().prior_degrees + c.c - 1), 0.0
    ))) AS correlation,
    CAST(NULL AS VARCHAR) AS mix_changed,
    CASE
        WHEN t.n = 0 THEN 'no_items'
        WHEN t.n < limits().items THEN 'too_few_items'
    END AS why_not,
    CAST(NULL AS VARCHAR) AS adjusted_why_not,
    t.c AS digests_total,
    t.c AS against_digests_total,
    ml.published_on AS largest_digest_on,
    ml.mentions AS largest_digest_mentions,
    ml.items AS largest_digest_items,
    ol.published_on AS against_largest_digest_on,
    ol.mentions AS against_largest_digest_mentions,
    ol.items AS against_largest_digest_items
FROM tags AS g
CROSS JOIN totals AS t
LEFT JOIN measured AS m ON m.tag_id = $tag_id
LEFT JOIN measured AS o ON g.tag_id = o.tag_id
LEFT JOIN correlations AS c ON g.tag_id = c.tag_id
LEFT JOIN largest AS ml ON ml.tag_id = $tag_id
LEFT JOIN largest AS ol ON g.tag_id = ol.tag_id
WHERE g.tag_id <> $tag_id AND (len($ids) = 0 OR list_contains($ids, g.tag_id))
ORDER BY list_position($ids, g.tag_id), coalesce(o.mentions, 0) DESC, g.tag_id;
