-- digest_items: all items of some digests
-- grain: one row an item
-- question: which items are replaced, and which does a translation follow?
-- params: $digest_ids (list)
SELECT i.*
FROM items AS i
WHERE list_contains($digest_ids, i.digest_id)
ORDER BY i.item_id;
