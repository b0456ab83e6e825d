-- named_with: with which labs or themes one lab or theme is named, and whether more than others are
-- grain: one row another lab or theme (0 mentions included), the one named with it most first
-- question: what is it about, and who is named beside it?
-- params: $kind (lab, theme) and $tag_id (the one), $with_kind (lab, theme: what it is named with), $channels and
--         $languages (lists, empty: all), $first_day and $last_day (days, inclusive, null: open)
-- reads: counted_tags, digest_items, digest_tags, channel_weights, labs, themes
-- note: share is of its own items (items_total of them), against_share of all other items, all_share of all; lift =
--   share / against_share. Intervals as in measures_over, with the digests' numbers of its own items as sizes of
--   the clusters. correlation of the two shares: own = Σ(k_i − p·n_i)(l_i − q·m_i) over the digests, as a
--   correlation, towards 0 (their items differ) by the weight of limits().prior_degrees digests. Labs that belong
--   to another one count for their owner and are not listed; nor is the tag itself, its owner or its units.
--   why_not: no_items or too_few_items (under limits().items of its own, or of all others)
WITH own_items AS MATERIALIZED (
    SELECT c.item_id, c.digest_id, c.channel
    FROM counted_tags AS c
    WHERE
        c.tag_kind = $kind
        AND c.tag_id = $tag_id
        AND in_scope(c.channel, c.language, c.published_on, $channels, $languages, $first_day, $last_day)
),

own_counts AS (
    SELECT o.digest_id, o.channel, count(*) AS n FROM own_items AS o GROUP BY o.digest_id, o.channel
),

-- n items of its own and m others
units AS MATERIALIZED (
    SELECT d.digest_id, d.channel, coalesce(o.n, 0) AS n, d.items_total - coalesce(o.n, 0) AS m
    FROM digest_items AS d
    LEFT JOIN own_counts AS o ON d.digest_id = o.digest_id AND d.channel = o.channel
    WHERE in_scope(d.channel, d.language, d.published_on, $channels, $languages, $first_day, $last_day)
),

digests AS MATERIALIZED (
    SELECT u.digest_id, CAST(sum(u.n) AS BIGINT) AS n, CAST(sum(u.m) AS BIGINT) AS m FROM units AS u GROUP BY u.digest_id
),

totals AS (
    SELECT
        coalesce(CAST(sum(d.n) AS BIGINT), 0) AS n,
        coalesce(CAST(sum(d.m) AS BIGINT), 0) AS m,
        CAST(sum(d.n * d.n) AS BIGINT) AS n_sq,
        CAST(sum(d.m * d.m) AS BIGINT) AS m_sq,
        CAST(sum(d.n * d.m) AS BIGINT) AS n_m,
        count(*) FILTER (WHERE d.n > 0) AS n_digests,
        count(*) FILTER (WHERE d.m > 0) AS m_digests,
        count(*) FILTER (WHERE d.n > 0 AND d.m > 0) AS both_digests
    FROM digests AS d
),

-- the design effects to expect of the two
expected AS (
    SELECT
        1 + sum(w.digest_correlation * c.n_pairs ORDER BY c.channel) / nullif(sum(c.n), 0) AS of_own,
        1 + sum(w.digest_correlation * c.m_pairs ORDER BY c.channel) / nullif(sum(c.m), 0) AS of_others
    FROM (
        SELECT u.channel, sum(u.n) AS n, sum(u.m) AS m, sum(u.n * (u.n - 1)) AS n_pairs, sum(u.m * (u.m - 1)) AS m_pairs
        FROM units AS u
        GROUP BY u.channel
    ) AS c
    INNER JOIN channel_weights AS w ON c.channel = w.channel
),

tags AS (
    SELECT l.lab_id AS tag_id
    FROM labs AS l
    WHERE
        $with_kind = 'lab'
        AND l.parent_id IS NULL
        AND ($kind <> 'lab' OR (l.lab_id <> $tag_id AND l.lab_id NOT IN (SELECT p.parent_id FROM labs AS p WHERE p.lab_id = $tag_id AND p.parent_id IS NOT NULL)))
    UNION ALL
    SELECT t.theme_id AS tag_id FROM themes AS t WHERE $with_kind = 'theme' AND ($kind <> 'theme' OR t.theme_id <> $tag_id)
),

together AS (
    SELECT c.tag_id, c.digest_id, count(*) AS k
    FROM own_items AS o
    INNER JOIN counted_tags AS c ON o.item_id = c.item_id
    WHERE
        c.tag_kind = $with_kind
        -- the same item, hence the same day: said twice so that only the span's rows are joined
        AND in_scope(c.channel, c.language, c.published_on, $channels, $languages, $first_day, $last_day)
    GROUP BY c.tag_id, c.digest_id
),

everywhere AS (
    SELECT t.tag_id, t.digest_id, CAST(sum(t.mentions) AS BIGINT) AS mentions
    FROM digest_tags AS t
    WHERE
        t.tag_kind = $with_kind
        AND in_scope(t.channel, t.language, t.published_on, $channels, $languages, $first_day, $last_day)
    GROUP BY t.tag_id, t.digest_id
),

-- k of the n and l of the m items of a digest
hits AS (
    SELECT e.tag_id, d.n, d.m, coalesce(t.k, 0) AS k, e.mentions - coalesce(t.k, 0) AS l
    FROM everywhere AS e
    INNER JOIN digests AS d ON e.digest_id = d.digest_id
    LEFT JOIN together AS t ON e.tag_id = t.tag_id AND e.digest_id = t.digest_id
),

sums AS (
    SELECT
        h.tag_id,
        CAST(sum(h.k) AS BIGINT) AS k,
        CAST(sum(h.l) AS BIGINT) AS l,
        CAST(sum(h.k * h.k) AS BIGINT) AS k_sq,
        CAST(sum(h.l * h.l) AS BIGINT) AS l_sq,
        CAST(sum(h.k * h.n) AS BIGINT) AS k_n,
        CAST(sum(h.l * h.m) AS BIGINT) AS l_m,
        CAST(sum(h.k * h.l) AS BIGINT) AS k_l,
        CAST(sum(h.k * h.m) AS BIGINT) AS k_m,
        CAST(sum(h.l * h.n) AS BIGINT) AS l_n
    FROM hits AS h
    GROUP BY h.tag_id
),

figures AS (
    SELECT
        g.tag_id,
        t.*,
        coalesce(s.k, 0) AS k,
        coalesce(s.l, 0) AS l,
        share_of(coalesce(s.k, 0), t.n) AS p,
        share_of(coalesce(s.l, 0), t.m) AS q,
        design_effect_of(coalesce(s.k, 0), s.k_sq, s.k_n, t.n, t.n_sq, t.n_digests, e.of_own) AS own_effect,
        design_effect_of(coalesce(s.l, 0), s.l_sq, s.l_m, t.m, t.m_sq, t.m_digests, e.of_others) AS other_effect,
        s.k_l - share_of(s.l, t.m) * s.k_m - share_of(s.k, t.n) * s.l_n + share_of(s.k, t.n) * share_of(s.l, t.m) * t.n_m AS product,
        greatest(s.k_sq - 2 * share_of(s.k, t.n) * s.k_n + share_of(s.k, t.n) * share_of(s.k, t.n) * t.n_sq, 0) AS own_spread,
        greatest(s.l_sq - 2 * share_of(s.l, t.m) * s.l_m + share_of(s.l, t.m) * share_of(s.l, t.m) * t.m_sq, 0) AS other_spread
    FROM tags AS g
    CROSS JOIN totals AS t
    CROSS JOIN expected AS e
    LEFT JOIN sums AS s ON g.tag_id = s.tag_id
),

sized AS (
    SELECT
        f.*,
        effective_items_of(f.n, f.own_effect, f.n_digests, f.k BETWEEN 1 AND f.n - 1) AS own_size,
        effective_items_of(f.m, f.other_effect, f.m_digests, f.l BETWEEN 1 AND f.m - 1) AS other_size
    FROM figures AS f
)

SELECT
    z.tag_id,
    z.k AS mentions,
    z.n AS items_total,
    z.n_digests AS digests_total,
    z.p AS share,
    CASE WHEN z.n > 0 THEN share_low_of(z.p, z.own_size) END AS share_low,
    CASE WHEN z.n > 0 THEN share_high_of(z.p, z.own_size) END AS share_high,
    z.l AS against_mentions,
    z.m AS against_items_total,
    z.q AS against_share,
    share_of(z.k + z.l, z.n + z.m) AS all_share,
    share_of(z.p, nullif(z.q, 0)) AS lift,
    'share' AS compared,
    z.p AS value,
    z.own_size AS value_items,
    z.q AS against_value,
    z.other_size AS against_items,
    CASE -- a spread of nought comes out as 1e-17 or so
        WHEN z.own_spread > 1e-9 AND z.other_spread > 1e-9
            THEN
                (z.both_digests - 1) / (limits().prior_degrees + z.both_digests - 1)
                * greatest(-1.0, least(1.0, z.product / sqrt(z.own_spread * z.other_spread)))
        ELSE 0.0
    END AS correlation,
    CASE
        WHEN z.n = 0 THEN 'no_items'
        WHEN z.n < limits().items OR z.m < limits().items THEN 'too_few_items'
    END AS why_not
FROM sized AS z
ORDER BY z.k DESC, z.l DESC, z.tag_id;
