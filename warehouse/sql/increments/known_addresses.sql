-- known_addresses: the story that an address belongs to so far
-- grain: one row an address
-- question: was this post or page the main address of an earlier item, and of which story?
-- params: $addresses (list, canonical), $from_day (day, exclusive)
SELECT
    k.canonical_url,
    arg_max(i.story_id, (i.published_on, i.item_id)) AS story_id,
    max(i.published_on) AS last_on
FROM item_links AS k
INNER JOIN items AS i ON k.item_id = i.item_id
WHERE
    k.position = 1
    AND list_contains($addresses, k.canonical_url)
    AND i.is_counted
    AND i.published_on < $from_day
GROUP BY k.canonical_url
ORDER BY k.canonical_url;
