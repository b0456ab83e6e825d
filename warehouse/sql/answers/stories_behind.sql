-- stories_behind: the stories behind one cell of lab × theme
-- grain: one row a story, the one with most items behind the cell first
-- question: which news makes this number?
-- params: $lab_id and $theme_id, $channels and $languages (lists, empty: all), $first_day and $last_day (days, inclusive,
--         null: open), $limit (rows)
-- note: mentions are its items that name the lab and have the theme; hits is the number of stories in all, beyond the
--   limit, which is what the cell counts as stories
WITH behind AS (
    SELECT l.item_id, l.published_on, l.story_id
    FROM counted_tags AS l
    INNER JOIN counted_tags AS t ON l.item_id = t.item_id AND t.tag_kind = 'theme' AND t.tag_id = $theme_id
    WHERE
        l.tag_kind = 'lab'
        AND l.tag_id = $lab_id
        AND in_scope(l.channel, l.language, l.published_on, $channels, $languages, $first_day, $last_day)
)

SELECT
    s.story_id,
    count(*) AS mentions,
    min(b.published_on) AS first_on,
    max(b.published_on) AS last_on,
    s.title,
    s.url,
    count(*) OVER () AS hits
FROM behind AS b
INNER JOIN stories AS s ON b.story_id = s.story_id
GROUP BY s.story_id, s.title, s.url
ORDER BY mentions DESC, first_on DESC, s.story_id
LIMIT $limit;
