-- story_members: the items of some stories, without their texts
-- grain: one row an item
-- question: what do the rows of these stories have to say?
-- params: $story_ids (list)
SELECT i.item_id, i.story_id, i.published_on, i.title, i.url, i.language, i.is_counted
FROM items AS i
WHERE list_contains($story_ids, i.story_id)
ORDER BY i.story_id, i.item_id;
