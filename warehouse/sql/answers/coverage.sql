-- coverage: what is loaded, month by month
-- grain: one row a month × source × language × channel
-- question: how many digests and items does each source bring?
-- params: none
SELECT
    period_of('month', i.published_on) AS period_start,
    d.source,
    i.language,
    i.channel,
    count(DISTINCT d.digest_id) AS digests,
    count(*) AS items,
    count(*) FILTER (WHERE i.is_counted) AS items_total
FROM items AS i
INNER JOIN digests AS d ON i.digest_id = d.digest_id
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4;
