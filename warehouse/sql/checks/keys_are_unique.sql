-- fail
-- keys_are_unique: no item, digest or story stands twice
-- grain: one row a repeated key
-- question: would a count include the same thing twice?
-- params: none
SELECT 'items' AS table_name, i.item_id AS repeated FROM items AS i GROUP BY i.item_id HAVING count(*) > 1
UNION ALL
SELECT 'digests', d.digest_id FROM digests AS d GROUP BY d.digest_id HAVING count(*) > 1
UNION ALL
SELECT 'stories', s.story_id FROM stories AS s GROUP BY s.story_id HAVING count(*) > 1
UNION ALL
SELECT 'mentions', m.item_id || ' ' || m.lab_id FROM mentions AS m GROUP BY m.item_id, m.lab_id HAVING count(*) > 1
UNION ALL
SELECT 'item_themes', t.item_id || ' ' || t.theme_id FROM item_themes AS t GROUP BY t.item_id, t.theme_id HAVING count(*) > 1;
