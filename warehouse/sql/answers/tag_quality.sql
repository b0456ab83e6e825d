-- tag_quality: how good the tags are, as measured by hand
-- grain: one row a kind × language (all ids), then one row a lab or theme with at least $least labels or finds
-- question: how far can I trust a count of this lab or theme?
-- params: $least (tags labelled or found by the program)
SELECT q.* EXCLUDE (measured_with), q.measured_with, q.measured_with = s.taxonomy_version AS is_current
FROM tag_quality AS q
CROSS JOIN snapshot_info AS s
WHERE q.tag_id IS NULL OR greatest(q.labelled_count, q.found_count) >= $least
ORDER BY q.tag_kind, q.tag_id IS NOT NULL, q.language NULLS FIRST, q.labelled_count DESC, q.tag_id;
