-- day_items: the digests of a day added up, so that a share costs the same however many digests there are
-- grain: one row a day × language × channel × other channel that stands in the same digest (itself too)
-- question: out of how many items, and how unequal are the digests that they stand in?
-- reads: digest_items
-- params: $months (list of first days of months to compute; empty: all)
-- note: items_total stands in the row of a channel with itself and is 0 in the others, so sums over channels hold.
--   items_product: Σ items × items of the other channel over the digests; Σ items² of any channels together is its
--   sum over their rows
SELECT
    d.published_on,
    d.language,
    d.channel,
    w.channel AS with_channel,
    CAST(sum(CASE WHEN d.channel = w.channel THEN d.items_total ELSE 0 END) AS BIGINT) AS items_total,
    CAST(sum(d.items_total * w.items_total) AS BIGINT) AS items_product
FROM digest_items AS d
INNER JOIN digest_items AS w ON d.digest_id = w.digest_id AND d.published_on = w.published_on
WHERE len($months) = 0 OR list_contains($months, period_of('month', d.published_on))
GROUP BY d.published_on, d.language, d.channel, w.channel
ORDER BY d.published_on, d.language, d.channel, w.channel;
