-- day_tags: the mentions of labs and themes in the digests of a day added up, so that a trend costs the same however
--   many digests there are
-- grain: one row a tag_kind (lab, theme) × tag_id × day × language × channel with a mention × other channel of such a
--   digest (itself too)
-- question: how often is each named, and how unequally by the digests?
-- reads: digest_tags, digest_items
-- params: $months (list of first days of months to compute; empty: all)
-- note: mentions stand in the row of a channel with itself and are 0 in the others, so sums over channels hold.
--   mentions_product: Σ mentions × mentions in the other channel over the digests; items_product: Σ mentions × items of
--   the other channel. Σ mentions² and Σ mentions × items of any channels together are their sums over the rows
SELECT
    t.tag_kind,
    t.tag_id,
    t.published_on,
    t.language,
    t.channel,
    d.channel AS with_channel,
    CAST(sum(CASE WHEN t.channel = d.channel THEN t.mentions ELSE 0 END) AS BIGINT) AS mentions,
    CAST(sum(t.mentions * coalesce(o.mentions, 0)) AS BIGINT) AS mentions_product,
    CAST(sum(t.mentions * d.items_total) AS BIGINT) AS items_product
FROM digest_tags AS t
INNER JOIN digest_items AS d ON t.digest_id = d.digest_id AND t.published_on = d.published_on
LEFT JOIN digest_tags AS o
    ON
        t.tag_kind = o.tag_kind
        AND t.tag_id = o.tag_id
        AND t.digest_id = o.digest_id
        AND t.published_on = o.published_on
        AND d.channel = o.channel
WHERE
    t.tag_kind IN ('lab', 'theme')
    AND (len($months) = 0 OR list_contains($months, period_of('month', t.published_on)))
GROUP BY t.tag_kind, t.tag_id, t.published_on, t.language, t.channel, d.channel
ORDER BY t.tag_kind, t.published_on, t.tag_id, t.language, t.channel, d.channel;
