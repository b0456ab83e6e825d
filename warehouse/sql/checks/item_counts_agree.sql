-- warn
-- item_counts_agree: a digest says how many items it has
-- grain: one row a digest whose items are not all there
-- question: was an item lost on the way?
-- params: none
SELECT d.digest_id, d.item_count, count(i.item_id) AS found
FROM digests AS d
LEFT JOIN items AS i ON d.digest_id = i.digest_id
GROUP BY d.digest_id, d.item_count
HAVING d.item_count <> count(i.item_id);
