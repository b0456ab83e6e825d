-- day_digests: how many digests a day has, by the channels that they hold
-- grain: one row a day × language × set of channels
-- question: how many digests have an item in any of these channels?
-- reads: digest_items
-- params: $months (list of first days of months to compute; empty: all)
WITH digests AS (
    SELECT d.digest_id, d.published_on, d.language, list_sort(list(d.channel)) AS channels
    FROM digest_items AS d
    WHERE len($months) = 0 OR list_contains($months, period_of('month', d.published_on))
    GROUP BY d.digest_id, d.published_on, d.language
)

SELECT s.published_on, s.language, s.channels, count(*) AS digests
FROM digests AS s
GROUP BY s.published_on, s.language, s.channels
ORDER BY s.published_on, s.language, s.channels;
