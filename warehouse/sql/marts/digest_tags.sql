-- digest_tags: how many items of each digest and channel carry a tag, or a lab and a theme together
-- grain: one row a tag_kind (lab, theme, lab_theme) × tag_id × paired_theme_id × digest × channel
-- question: how are the mentions of a lab or theme spread over the digests?
-- reads: counted_tags
-- params: $months (list of first days of months to compute; empty: all)
-- note: tag_kind lab_theme: tag_id is the lab, paired_theme_id the theme; else paired_theme_id is ''
WITH tags AS (
    SELECT c.*
    FROM counted_tags AS c
    WHERE len($months) = 0 OR list_contains($months, period_of('month', c.published_on))
),

single AS (
    SELECT t.tag_kind, t.tag_id, '' AS paired_theme_id, t.digest_id, t.published_on, t.channel, t.language, count(*) AS mentions
    FROM tags AS t
    GROUP BY t.tag_kind, t.tag_id, t.digest_id, t.published_on, t.channel, t.language
),

paired AS (
    SELECT 'lab_theme' AS tag_kind, l.tag_id, t.tag_id AS paired_theme_id, l.digest_id, l.published_on, l.channel, l.language, count(*) AS mentions
    FROM tags AS l
    INNER JOIN tags AS t ON l.item_id = t.item_id AND t.tag_kind = 'theme'
    WHERE l.tag_kind = 'lab'
    GROUP BY l.tag_id, t.tag_id, l.digest_id, l.published_on, l.channel, l.language
)

SELECT * FROM single
UNION ALL
SELECT * FROM paired
ORDER BY published_on, tag_kind, tag_id, paired_theme_id, digest_id, channel;
