-- counted_items: the items that count, the denominators of every share
-- grain: one row an item that is not part of a translation whose original is loaded
-- question: out of how many items?
-- reads: items
-- params: $months (list of first days of months to compute; empty: all)
SELECT
    i.item_id,
    i.digest_id,
    i.published_on,
    i.channel,
    i.language,
    i.story_id
FROM items AS i
WHERE
    i.is_counted
    AND (len($months) = 0 OR list_contains($months, period_of('month', i.published_on)))
ORDER BY i.published_on, i.item_id;
