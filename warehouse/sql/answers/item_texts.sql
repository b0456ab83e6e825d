-- item_texts: title and text of every item that counts
-- grain: one row an item, oldest first
-- question: which names stand in the texts?
-- params: none
SELECT i.item_id, i.published_on, i.title, i.text
FROM items AS i
WHERE i.is_counted
ORDER BY i.published_on, i.item_id;
