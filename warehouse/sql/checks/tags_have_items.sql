-- fail
-- tags_have_items: every tag, link and item belongs to something that is there
-- grain: one row a dangling reference
-- question: would a mention point nowhere?
-- params: none
SELECT 'mentions' AS table_name, m.item_id AS dangling FROM mentions AS m WHERE m.item_id NOT IN (SELECT i.item_id FROM items AS i)
UNION ALL
SELECT 'item_themes', t.item_id FROM item_themes AS t WHERE t.item_id NOT IN (SELECT i.item_id FROM items AS i)
UNION ALL
-- from the first day on that is checked: a small build checks the newest items only
SELECT 'item_topics', t.item_id FROM item_topics AS t
WHERE t.published_on >= (SELECT min(i.published_on) FROM items AS i) AND t.item_id NOT IN (SELECT i.item_id FROM items AS i)
UNION ALL
SELECT 'item_topics by topic', t.topic_id FROM item_topics AS t WHERE t.topic_id IS NOT NULL AND t.topic_id NOT IN (SELECT p.topic_id FROM topics AS p)
UNION ALL
SELECT 'item_links', k.item_id FROM item_links AS k WHERE k.item_id NOT IN (SELECT i.item_id FROM items AS i)
UNION ALL
SELECT 'items', i.item_id FROM items AS i WHERE i.digest_id NOT IN (SELECT d.digest_id FROM digests AS d)
UNION ALL
SELECT 'items by story', i.item_id FROM items AS i WHERE i.story_id IS NOT NULL AND i.story_id NOT IN (SELECT s.story_id FROM stories AS s)
UNION ALL
SELECT 'mentions by lab', m.lab_id FROM mentions AS m WHERE m.lab_id NOT IN (SELECT l.lab_id FROM labs AS l)
UNION ALL
SELECT 'item_themes by theme', t.theme_id FROM item_themes AS t WHERE t.theme_id NOT IN (SELECT h.theme_id FROM themes AS h);
