-- tag_stories: the stories that name a lab or theme
-- grain: one row a story with at least one counted item of it in the span
-- question: what is the latest, or the largest, news of it?
-- params: $kind (lab, theme), $tag_id, $channels and $languages (lists, empty: all), $first_day and $last_day (days,
--         inclusive, null: open), $newest_first (false: those with most items first), $limit (rows)
-- reads: counted_tags, stories
-- note: mentions are its items within the span; first_on and last_on are of these, not of the whole story
WITH told AS (
    SELECT c.story_id, count(*) AS mentions, min(c.published_on) AS first_on, max(c.published_on) AS last_on
    FROM counted_tags AS c
    WHERE
        c.tag_kind = $kind
        AND c.tag_id = $tag_id
        AND c.story_id IS NOT NULL
        AND in_scope(c.channel, c.language, c.published_on, $channels, $languages, $first_day, $last_day)
    GROUP BY c.story_id
)

SELECT t.story_id, t.mentions, t.first_on, t.last_on, s.title, s.url
FROM told AS t
INNER JOIN stories AS s ON t.story_id = s.story_id
ORDER BY CASE WHEN $newest_first THEN t.first_on END DESC, t.mentions DESC, t.first_on DESC, t.story_id
LIMIT $limit;
