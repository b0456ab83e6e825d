-- channels: the channels that have items
-- grain: one row a channel
-- question: where can an item stand, and since and until when?
-- params: none
-- reads: day_items
SELECT i.channel, CAST(sum(i.items_total) AS BIGINT) AS items, min(i.published_on) AS first_on, max(i.published_on) AS last_on
FROM day_items AS i
GROUP BY i.channel
ORDER BY items DESC, i.channel;
