-- warn
-- bytes_add_up: every byte of a digest is in exactly one class
-- grain: one row a digest whose classes do not add up to what was read
-- question: can the coverage be trusted?
-- params: none
SELECT
    digest_id,
    bytes_read,
    bytes_in_items + bytes_in_headings + bytes_in_boilerplate + bytes_unexplained AS bytes_found
FROM digests
WHERE bytes_read <> bytes_in_items + bytes_in_headings + bytes_in_boilerplate + bytes_unexplained;
