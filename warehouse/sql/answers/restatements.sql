-- restatements: published monthly numbers that were corrected later
-- grain: one row a snapshot × month × channel set × lab or theme (or all items)
-- question: which number on an old slide is different now, and why?
-- params: $limit (rows)
SELECT
    r.period_start,
    r.channel_set,
    r.tag_kind,
    r.tag_id,
    r.figure_before,
    r.figure_after,
    r.cause,
    r.previous_snapshot_id,
    r.snapshot_id
FROM restatements AS r
ORDER BY r.snapshot_id DESC, r.period_start DESC, r.channel_set, r.tag_kind, r.tag_id
LIMIT $limit;
