-- digest_units: the digests by channel, with the periods they fall into
-- grain: one row a digest × channel of channel set `all`, in order of day, digest and channel
-- question: over what are bursts, growth and breaks summed?
-- reads: digest_items, channel_weights, channel_reference
-- params: none
-- note: weight is null for a channel that is not in the basket of adjusted shares
SELECT
    d.digest_id,
    d.published_on,
    d.channel,
    d.items_total,
    w.digest_correlation,
    r.weight,
    period_of('week', d.published_on) AS week,
    period_of('month', d.published_on) AS month,
    last_weekday_of('week', period_of('week', d.published_on)) > l.last_on AS week_is_partial,
    last_weekday_of('month', period_of('month', d.published_on)) > l.last_on AS month_is_partial
FROM digest_items AS d
INNER JOIN channel_weights AS w ON d.channel = w.channel
LEFT JOIN channel_reference AS r ON d.channel = r.channel
CROSS JOIN (SELECT max(a.published_on) AS last_on FROM digest_items AS a) AS l
WHERE in_scope(d.channel, d.language, d.published_on, [], [], NULL, NULL)
ORDER BY d.published_on, d.digest_id, d.channel;
