-- channel_reference: the basket of the marts, from everything that is loaded
-- grain: one row a channel (of channel set `all`)
-- question: which channels make share_adjusted of channel set `all`, with which weights?
-- reads: channel_basket
-- params: none
SELECT b.* EXCLUDE (channel_set)
FROM channel_basket([{'name': 'all', 'channels': []}], [], NULL, NULL) AS b
ORDER BY b.channel;
