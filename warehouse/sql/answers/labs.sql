-- labs: the labs of the taxonomy
-- grain: one row a lab
-- question: who can be counted?
-- params: none
SELECT l.lab_id, l.name, l.name_zh, l.kind, l.parent_id
FROM labs AS l
ORDER BY l.lab_id;
