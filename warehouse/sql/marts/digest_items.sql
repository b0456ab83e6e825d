-- digest_items: how many counted items each digest has in each channel
-- grain: one row a digest × channel
-- question: how large are the clusters behind a share?
-- reads: counted_items
-- params: $months (list of first days of months to compute; empty: all)
SELECT i.digest_id, i.published_on, i.channel, i.language, count(*) AS items_total
FROM counted_items AS i
WHERE len($months) = 0 OR list_contains($months, period_of('month', i.published_on))
GROUP BY i.digest_id, i.published_on, i.channel, i.language
ORDER BY i.published_on, i.digest_id, i.channel;
