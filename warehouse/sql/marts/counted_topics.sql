-- counted_topics: every counted item of the topics, in the form of counted_tags
-- grain: one row a topic × counted item
-- question: which items belong to this topic?
-- reads: item_topics, counted_items
-- params: tag_ids (list of topics, empty: all)
-- note: a macro and no rows of counted_tags: a build may move items of any day to another topic, while
--   counted_tags is filled by the months that have new items. Merged by hand, the items of a topic stand in the
--   one that it was merged into. Items of discord_detail and other have no topic.
CREATE MACRO counted_topics(tag_ids) AS TABLE
SELECT t.topic_id AS tag_id, c.item_id, c.digest_id, c.published_on, c.channel, c.language, c.story_id
FROM item_topics AS t
INNER JOIN counted_items AS c ON t.item_id = c.item_id
WHERE t.topic_id IS NOT NULL AND (len(tag_ids) = 0 OR list_contains(tag_ids, t.topic_id));
