-- channels: the channels that have items
-- grain: one row a channel
-- question: where can an item stand, and since and until when?
-- params: none
SELECT i.channel, count(*) AS items, min(i.published_on) AS first_on, max(i.published_on) AS last_on
FROM counted_items AS i
GROUP BY i.channel
ORDER BY items DESC, i.channel;
