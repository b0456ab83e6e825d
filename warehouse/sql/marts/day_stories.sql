-- day_stories: the stories of each lab and theme, those told in one place only as a number
-- grain: one row a tag_kind (lab, theme) × tag_id × day × language × channel (story_id null: its stories that are told
--   nowhere else), and one row a story that is told in several of these × place
-- question: how many different stories name it, whatever days and channels are looked at?
-- reads: counted_tags
-- params: none
-- note: stories of any days and channels = Σ stories where story_id is null + different story_id. Computed as a whole at
--   every publication: a new item may tell an old story
WITH places AS (
    SELECT DISTINCT c.tag_kind, c.tag_id, c.published_on, c.language, c.channel, c.story_id
    FROM counted_tags AS c
    WHERE c.story_id IS NOT NULL
),

named AS (
    SELECT
        p.* EXCLUDE (story_id),
        CASE WHEN count(*) OVER (PARTITION BY p.tag_kind, p.tag_id, p.story_id) > 1 THEN p.story_id END AS story_id
    FROM places AS p
)

SELECT n.tag_kind, n.tag_id, n.published_on, n.language, n.channel, n.story_id, count(*) AS stories
FROM named AS n
GROUP BY n.tag_kind, n.tag_id, n.published_on, n.language, n.channel, n.story_id
ORDER BY n.tag_kind, n.published_on, n.tag_id, n.language, n.channel, n.story_id;
