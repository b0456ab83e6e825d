-- tables_and_columns: all tables and their columns with what they mean
-- grain: one row a column of a table or view
-- question: what can be asked, and what does each column hold?
-- params: $table_name (null: all tables)
SELECT
    c.table_name,
    coalesce(t.comment, v.comment) AS table_meaning,
    c.column_name,
    c.data_type AS column_type,
    c.comment AS meaning
FROM duckdb_columns() AS c
LEFT JOIN duckdb_tables() AS t ON c.table_oid = t.table_oid AND c.database_oid = t.database_oid
LEFT JOIN duckdb_views() AS v ON c.table_oid = v.view_oid AND c.database_oid = v.database_oid
WHERE NOT c.internal AND ($table_name IS NULL OR c.table_name = $table_name)
ORDER BY c.table_name, c.column_index;
