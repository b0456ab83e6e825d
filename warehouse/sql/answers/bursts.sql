-- bursts: the strongest bursts, with when, how strong and why
-- grain: one row a burst, the strongest first
-- question: when was a lab or theme named far more often than around that time, and for what?
-- params: $kind (lab, theme; null: both), $ids (list of labs or themes, empty: all),
--         $first_day and $last_day (bursts that touch these days, inclusive, null: open), $limit (rows)
-- reads: bursts, stories, events
-- note: factor is share / expected_share; event_titles are known events of the same lab or theme from a week before the burst to its end
WITH chosen AS (
    SELECT b.*
    FROM bursts AS b
    WHERE
        ($kind IS NULL OR b.tag_kind = $kind)
        AND (len($ids) = 0 OR list_contains($ids, b.tag_id))
        AND (CAST($first_day AS DATE) IS NULL OR b.last_on >= CAST($first_day AS DATE))
        AND (CAST($last_day AS DATE) IS NULL OR b.first_on <= CAST($last_day AS DATE))
    ORDER BY b.strength DESC, b.tag_kind, b.tag_id, b.first_on
    LIMIT $limit
),

titles AS (
    SELECT u.tag_kind, u.tag_id, u.first_on, list(s.title ORDER BY u.place) AS story_titles
    FROM (
        SELECT c.tag_kind, c.tag_id, c.first_on, unnest(c.story_ids) AS story_id, generate_subscripts(c.story_ids, 1) AS place
        FROM chosen AS c
    ) AS u
    INNER JOIN stories AS s ON u.story_id = s.story_id
    GROUP BY 1, 2, 3
),

causes AS (
    SELECT
        c.tag_kind,
        c.tag_id,
        c.first_on,
        list(e.title ORDER BY e.happened_on, e.event_id) AS event_titles,
        list(e.title_zh ORDER BY e.happened_on, e.event_id) AS event_titles_zh
    FROM chosen AS c
    INNER JOIN events AS e
        ON
            e.happened_on BETWEEN c.first_on - 7 AND c.last_on
            AND list_contains(CASE c.tag_kind WHEN 'lab' THEN e.lab_ids ELSE e.theme_ids END, c.tag_id)
    GROUP BY 1, 2, 3
)

SELECT
    c.tag_kind,
    c.tag_id,
    c.first_on,
    c.last_on,
    c.peak_on,
    c.strength,
    c.mentions,
    c.stories,
    c.share,
    c.expected_share,
    share_of(c.share, c.expected_share) AS factor,
    c.items_total,
    c.is_open,
    c.story_ids,
    coalesce(t.story_titles, []) AS story_titles,
    coalesce(e.event_titles, []) AS event_titles,
    coalesce(e.event_titles_zh, []) AS event_titles_zh
FROM chosen AS c
LEFT JOIN titles AS t ON c.tag_kind = t.tag_kind AND c.tag_id = t.tag_id AND c.first_on = t.first_on
LEFT JOIN causes AS e ON c.tag_kind = e.tag_kind AND c.tag_id = e.tag_id AND c.first_on = e.first_on
ORDER BY c.strength DESC, c.tag_kind, c.tag_id, c.first_on;
