-- last_digests: the newest digests
-- grain: one row a digest, the newest first
-- question: what came in last, from whom, and how much was in it?
-- params: $limit (rows)
-- reads: digests
-- note: item_count is all items of the digest; those of a translation (translation_of) do not count in any share
SELECT
    d.digest_id,
    d.published_on,
    d.source,
    d.language,
    d.title,
    d.item_count,
    coalesce(d.url, d.original_url) AS url,
    d.translation_of
FROM digests AS d
ORDER BY d.published_on DESC, d.translation_of IS NOT NULL, d.digest_id
LIMIT $limit;
