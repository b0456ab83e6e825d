-- span_items: the items of a day and all later days, as they are published
-- grain: one row an item
-- question: which items may change their story when a digest of that day is added?
-- params: $from_day (day, inclusive)
SELECT i.*
FROM items AS i
WHERE i.published_on >= $from_day
ORDER BY i.published_on, i.item_id;
