-- byte_coverage: where the bytes of each digest went, the least explained first
-- grain: one row a digest
-- question: did anything vanish that looks like content?
-- params: none
SELECT
    digest_id,
    source,
    published_on,
    bytes_read,
    bytes_in_items,
    bytes_in_headings,
    bytes_in_boilerplate,
    bytes_unexplained,
    bytes_unexplained / nullif(bytes_read, 0) AS unexplained_share
FROM digests
ORDER BY unexplained_share DESC NULLS LAST, digest_id;
