-- themes: the named themes of the taxonomy
-- grain: one row a theme
-- question: what can be counted?
-- params: none
-- note: a snapshot of an earlier version has no definition_zh; it stays readable
SELECT COLUMNS(c -> c IN ('theme_id', 'name', 'name_zh', 'definition', 'definition_zh'))
FROM themes
ORDER BY theme_id;
