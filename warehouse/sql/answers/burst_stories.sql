-- burst_stories: the stories behind a span of one lab or theme
-- grain: one row a story, the one with most items first
-- question: which news made this burst?
-- params: $kind (lab, theme), $tag_id, $first_day and $last_day (days, inclusive), $limit (rows)
-- reads: counted_tags, stories
SELECT s.story_id, count(*) AS mentions, min(c.published_on) AS first_on, s.title, s.url
FROM counted_tags AS c
INNER JOIN stories AS s ON c.story_id = s.story_id
WHERE c.tag_kind = $kind AND c.tag_id = $tag_id AND in_scope(c.channel, c.language, c.published_on, [], [], $first_day, $last_day)
GROUP BY s.story_id, s.title, s.url
ORDER BY mentions DESC, s.story_id
LIMIT $limit;
