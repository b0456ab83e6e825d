-- topics_of_theme: the topics that the items of a theme belong to
-- grain: one row a topic with at least one item of the theme, the one with most of them first
-- question: what does this theme consist of, as the machine divides all news?
-- reads: counted_tags, item_topics, topics
-- params: $theme_id
-- note: mentions = items that have both; items_total = items of the theme in channels that topics cover; the
--   rest, down to the sum of mentions, belongs to no topic. theme_id is the theme that the topic as a whole has
WITH members AS (
    SELECT t.item_id, t.topic_id
    FROM counted_tags AS c
    INNER JOIN item_topics AS t ON c.item_id = t.item_id
    WHERE c.tag_kind = 'theme' AND c.tag_id = $theme_id
)

SELECT
    o.topic_id,
    o.label,
    o.label_zh,
    o.terms,
    o.theme_id,
    o.topic_status,
    o.item_count,
    count(*) AS mentions,
    (SELECT count(*) FROM members AS m) AS items_total,
    share_of(count(*), (SELECT count(*) FROM members AS m)) AS share
FROM members AS m
INNER JOIN topics AS o ON m.topic_id = o.topic_id
GROUP BY ALL
ORDER BY mentions DESC, o.topic_id;
