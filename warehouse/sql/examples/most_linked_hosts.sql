-- most_linked_hosts: the sites that items point to, in the last 90 days that are loaded
-- grain: one row a host, the 50 most frequent
-- question: where does the news come from?
-- params: none
SELECT
    regexp_extract(k.canonical_url, '^https?://([^/:?#]+)', 1) AS host,
    count(DISTINCT k.item_id) AS items,
    count(DISTINCT k.canonical_url) AS addresses,
    min(k.published_on) AS first_on,
    max(k.published_on) AS last_on
FROM item_links AS k
INNER JOIN items AS i ON k.item_id = i.item_id
WHERE i.is_counted
    AND i.channel <> 'discord_detail'
    AND k.published_on > (SELECT max(n.published_on) FROM counted_items AS n) - INTERVAL 90 DAY
    AND host <> ''
GROUP BY host
ORDER BY items DESC, host
LIMIT 50;
