-- topics_without_theme: large topics that fit no theme: candidates for one
-- grain: one row a topic that is active and belongs to no theme
-- question: what do many items report that the taxonomy has no theme for?
-- reads: topics
-- params: $least (items that a topic has at least)
SELECT t.topic_id, t.label, t.label_zh, t.first_on, t.last_on, t.item_count, t.terms, t.typical_items
FROM topics AS t
WHERE t.topic_status = 'active' AND t.theme_id IS NULL AND t.item_count >= $least
ORDER BY t.item_count DESC, t.topic_id;
