-- items_by_id: items that are known by their id
-- grain: one row an item that is loaded, in the order asked for
-- question: what do these items say?
-- reads: items, digests, item_tags
-- params: $item_ids (list)
SELECT
    i.item_id,
    i.published_on,
    i.channel,
    i.language,
    i.section,
    i.title,
    i.text,
    i.url,
    coalesce(t.lab_ids, []) AS labs,
    coalesce(t.theme_ids, []) AS themes,
    t.lab_evidence AS evidence,
    d.title AS digest_title,
    coalesce(d.url, d.original_url) AS digest_url,
    i.story_id
FROM items AS i
INNER JOIN digests AS d ON i.digest_id = d.digest_id
LEFT JOIN item_tags AS t ON i.item_id = t.item_id
WHERE list_contains(CAST($item_ids AS VARCHAR[]), i.item_id)
ORDER BY list_position(CAST($item_ids AS VARCHAR[]), i.item_id);
