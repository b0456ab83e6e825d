-- rising: what grew most in one period against the four before
-- grain: one row a lab or theme, the surest growth first
-- question: what is rising, by how much at least, and which stories made it so?
-- params: $kind (lab, theme), $grain (week, month), $channel_set (all, or for months one channel),
--         $period (first day of the period, or any day in it; null: the newest that compares), $limit (rows);
--         $least_part (0-1), $least_mentions, $least_digests: what one_digest is from
-- reads: rising, stories, periods, digest_tags
-- note: factor is growth as a factor of the odds, e^growth (of a small share nearly one of the share). verdict:
--   rose and fell with q up to 5 %; perhaps_rose and perhaps_fell where the interval of this one leaves out 1
--   but its q does not suffice, so that it may be one of many by chance, or where it rose with most mentions
--   in one digest; not_distinguishable; not_comparable. items_total and digests_total are those of the period in
--   these channels. largest_digest_on and _mentions: of the digest with most mentions; is_concentrated: it has
--   least_part of at least least_mentions mentions, in a period of at least least_digests digests
WITH asked AS (
    SELECT r.*
    FROM rising AS r
    WHERE r.tag_kind = $kind AND r.grain = $grain AND r.channel_set = $channel_set
),

chosen AS (
    SELECT
        coalesce(
            period_of($grain, CAST($period AS DATE)),
            max(a.period_start) FILTER (WHERE a.comparable),
            max(a.period_start)
        ) AS period_start
    FROM asked AS a
),

listed AS (
    SELECT a.*
    FROM asked AS a
    INNER JOIN chosen AS c ON a.period_start = c.period_start
    ORDER BY a.rank NULLS LAST, a.mentions DESC, a.tag_id
    LIMIT $limit
),

largest AS (
    SELECT r.tag_id, t.published_on, CAST(sum(t.mentions) AS BIGINT) AS mentions
    FROM digest_tags AS t
    INNER JOIN listed AS r ON t.tag_id = r.tag_id AND period_of($grain, t.published_on) = r.period_start
    WHERE
        t.tag_kind = $kind
        AND in_scope(t.channel, t.language, t.published_on, CASE WHEN $channel_set = 'all' THEN [] ELSE [$channel_set] END, [], NULL, NULL)
    GROUP BY r.tag_id, t.published_on, t.digest_id
    QUALIFY row_number() OVER (PARTITION BY r.tag_id ORDER BY sum(t.mentions) DESC, t.digest_id) = 1
),

found AS (
    SELECT
        r.*,
        p.items_total,
        p.digests AS digests_total,
        l.published_on AS largest_digest_on,
        l.mentions AS largest_digest_mentions,
        coalesce(
            r.mentions >= $least_mentions AND p.digests >= $least_digests AND l.mentions >= $least_part * r.mentions, FALSE
        ) AS is_concentrated
    FROM listed AS r
    LEFT JOIN periods AS p ON p.grain = $grain AND p.channel_set = $channel_set AND r.period_start = p.period_start
    LEFT JOIN largest AS l ON r.tag_id = l.tag_id
),

titles AS (
    SELECT u.tag_id, list(s.title ORDER BY u.place) AS story_titles
    FROM (SELECT r.tag_id, unnest(r.story_ids) AS story_id, generate_subscripts(r.story_ids, 1) AS place FROM listed AS r) AS u
    INNER JOIN stories AS s ON u.story_id = s.story_id
    GROUP BY u.tag_id
)

SELECT
    r.rank,
    r.tag_id,
    r.period_start,
    r.mentions,
    r.share_adjusted,
    r.baseline_share,
    r.growth,
    r.growth_low,
    r.growth_high,
    exp(r.growth) AS factor,
    exp(r.growth_low) AS factor_low,
    exp(r.growth_high) AS factor_high,
    r.q_value,
    CASE
        WHEN NOT r.comparable THEN 'not_comparable'
        WHEN r.q_value <= 0.05 AND r.growth > 0 AND NOT r.is_concentrated THEN 'rose'
        WHEN r.q_value <= 0.05 AND r.growth < 0 THEN 'fell'
        WHEN r.growth_low > 0 OR (r.q_value <= 0.05 AND r.growth > 0) THEN 'perhaps_rose'
        WHEN r.growth_high < 0 THEN 'perhaps_fell'
        ELSE 'not_distinguishable'
    END AS verdict,
    r.comparable,
    r.why_not,
    r.items_total,
    r.story_ids,
    coalesce(t.story_titles, []) AS story_titles,
    r.digests_total,
    r.largest_digest_on,
    r.largest_digest_mentions,
    r.is_concentrated
FROM found AS r
LEFT JOIN titles AS t ON r.tag_id = t.tag_id
ORDER BY r.rank NULLS LAST, r.mentions DESC, r.tag_id;
