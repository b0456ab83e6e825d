-- topics_by_size: the topics that take new items, the largest first
-- grain: one row a topic that is active
-- question: which topics are there?
-- reads: topics
-- params: none
SELECT t.topic_id, t.label, t.label_zh, t.theme_id, t.first_on, t.last_on, t.item_count, t.terms, t.typical_items
FROM topics AS t
WHERE t.topic_status = 'active' AND t.item_count > 0
ORDER BY t.item_count DESC, t.topic_id;
