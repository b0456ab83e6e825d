-- quarantine: what was refused, and why
-- grain: one row a refused input
-- question: what is missing from the counts?
-- params: none
SELECT q.source, q.location, q.reason, q.detail, q.run_id
FROM quarantine AS q
ORDER BY q.source, q.location, q.reason;
