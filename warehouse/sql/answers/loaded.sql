-- loaded: the snapshot itself
-- grain: one row
-- question: which state is this, and which days does it cover?
-- params: none
SELECT s.snapshot_id, s.built_from_run, s.taxonomy_version, s.code_version, s.items, s.digests, s.first_on, s.last_on
FROM snapshot_info AS s;
