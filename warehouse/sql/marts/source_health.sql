-- source_health: how much each source brought, day by day
-- grain: one row a source × day × channel
-- question: did a source or a channel break off?
-- reads: items, digests
-- params: $months (list of first days of months to compute; empty: all)
SELECT
    d.source,
    i.published_on,
    i.channel,
    i.language,
    count(DISTINCT d.digest_id) AS digests,
    count(*) AS items
FROM items AS i
INNER JOIN digests AS d ON i.digest_id = d.digest_id
WHERE len($months) = 0 OR list_contains($months, period_of('month', i.published_on))
GROUP BY d.source, i.published_on, i.channel, i.language
ORDER BY d.source, i.published_on, i.channel, i.language;
