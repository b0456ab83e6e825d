-- macros: the functions that the snapshot brings for own questions
-- grain: one row a macro
-- question: what can be called, and with what?
-- params: $macro_name (null: all)
-- note: optional parameters are listed too; the rows of a table macro stand where a table would stand
SELECT
    f.function_name AS macro_name,
    f.function_type = 'table_macro' AS is_table,
    f.parameters
FROM duckdb_functions() AS f
WHERE NOT f.internal
    AND f.function_type IN ('macro', 'table_macro')
    AND ($macro_name IS NULL OR f.function_name = $macro_name)
ORDER BY is_table DESC, f.function_name;
