-- status: rows of each table
-- grain: one row a table
-- question: how much is in the snapshot?
-- params: none
SELECT t.table_name, t.estimated_size AS row_count
FROM duckdb_tables() AS t
WHERE NOT t.internal
ORDER BY t.table_name;
