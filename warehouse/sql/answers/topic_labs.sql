-- topic_labs: the labs that the items of a topic name
-- grain: one row a lab named by at least one counted item of the topic, the one named most first
-- question: whose topic is it?
-- reads: item_topics, counted_tags, counted_items
-- params: $topic_id, $limit (rows)
-- note: a child lab's items count for its parent too, so shares overlap
WITH members AS (
    SELECT t.item_id
    FROM item_topics AS t
    INNER JOIN counted_items AS c ON t.item_id = c.item_id
    WHERE t.topic_id = $topic_id
)

SELECT
    c.tag_id AS lab_id,
    count(*) AS mentions,
    (SELECT count(*) FROM members AS m) AS items_total,
    share_of(count(*), (SELECT count(*) FROM members AS m)) AS share
FROM counted_tags AS c
INNER JOIN members AS m ON c.item_id = m.item_id
WHERE c.tag_kind = 'lab'
GROUP BY c.tag_id
ORDER BY mentions DESC, lab_id
LIMIT $limit;
