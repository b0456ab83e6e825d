-- members_of: which channels belong to which channel set
-- grain: one row a channel set × channel
-- question: what is counted in this set?
-- reads: channel_weights
-- params: channel_sets = list of {name, channels}; channels empty: all but discord_detail
CREATE MACRO members_of(channel_sets) AS TABLE
SELECT s.s.name AS channel_set, w.channel, w.weight, w.digest_correlation
FROM (SELECT unnest(CAST(channel_sets AS STRUCT(name VARCHAR, channels VARCHAR[])[])) AS s) AS s
INNER JOIN channel_weights AS w ON in_scope(w.channel, '', NULL, s.s.channels, [], NULL, NULL);
