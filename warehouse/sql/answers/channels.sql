-- channels: the channels that have items
-- grain: one row a channel
-- question: where can an item stand?
-- params: none
SELECT i.channel, count(*) AS items
FROM counted_items AS i
GROUP BY i.channel
ORDER BY items DESC, i.channel;
