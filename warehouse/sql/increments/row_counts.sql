-- row_counts: rows of the lake tables
-- grain: one row
-- question: what does the run log have to say?
-- params: none
SELECT
    (SELECT count(*) FROM digests AS d) AS digests,
    (SELECT count(*) FROM items AS i) AS items,
    (SELECT count(*) FROM item_links AS k) AS item_links,
    (SELECT count(*) FROM stories AS s) AS stories,
    (SELECT count(*) FROM mentions AS m) AS mentions,
    (SELECT count(*) FROM item_themes AS t) AS item_themes;
