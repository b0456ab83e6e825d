-- themes: the named themes of the taxonomy
-- grain: one row a theme
-- question: what can be counted?
-- params: none
SELECT t.theme_id, t.name, t.name_zh, t.definition
FROM themes AS t
ORDER BY t.theme_id;
