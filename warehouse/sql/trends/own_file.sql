-- own_file: where the database stands that is being filled
-- grain: one row in all; null for a database in memory
-- question: in which warehouse folder are we?
-- params: none
SELECT d.path FROM duckdb_databases() AS d WHERE d.database_name = current_database();
