-- earlier_items: counted items of earlier days that new items are compared with by their words
-- grain: one row an item
-- question: which items before this day may tell the same story?
-- params: $window_day and $from_day (days, from inclusive to exclusive), $digest_ids (list of digests
--         that stem from the same original issues, whatever their day)
-- note: with an item come all items of its text group, since a group is joined as a whole
WITH near AS (
    SELECT coalesce(i.text_group, i.item_id) AS first_item
    FROM items AS i
    WHERE
        i.is_counted
        AND i.published_on < $from_day
        AND (i.published_on >= $window_day OR list_contains($digest_ids, i.digest_id))
)

SELECT i.*
FROM items AS i
WHERE
    i.is_counted
    AND i.published_on < $from_day
    AND coalesce(i.text_group, i.item_id) IN (SELECT n.first_item FROM near AS n)
ORDER BY i.published_on, i.item_id;
