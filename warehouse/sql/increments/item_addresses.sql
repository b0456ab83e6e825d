-- item_addresses: the canonical addresses of some items, the main one first
-- grain: one row an item × address
-- question: where do these items point to?
-- params: $item_ids (list)
SELECT k.item_id, k.canonical_url
FROM item_links AS k
WHERE list_contains($item_ids, k.item_id)
ORDER BY k.item_id, k.position;
