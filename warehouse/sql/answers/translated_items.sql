-- translated_items: the items of translations and of their originals, with their tags
-- grain: one row an item of a digest that translates a loaded one (digest_id = translation_id), or of its original
-- question: does an item get the same labs and themes in both languages?
-- params: none
-- note: urls are canonical, the main one first; etl/stories/align.py pairs the rows by them
WITH sides AS (
    SELECT d.digest_id AS translation_id, d.digest_id
    FROM digests AS d
    INNER JOIN digests AS o ON d.translation_of = o.digest_id
    UNION ALL
    SELECT d.digest_id AS translation_id, d.translation_of AS digest_id
    FROM digests AS d
    INNER JOIN digests AS o ON d.translation_of = o.digest_id
),

addresses AS (
    SELECT l.item_id, list(l.canonical_url ORDER BY l.position) AS urls
    FROM item_links AS l
    GROUP BY l.item_id
)

SELECT
    s.translation_id,
    s.translation_id = s.digest_id AS is_translation,
    i.channel,
    i.position,
    i.item_id,
    coalesce(a.urls, []) AS urls,
    coalesce(t.lab_ids, []) AS lab_ids,
    coalesce(t.theme_ids, []) AS theme_ids
FROM sides AS s
INNER JOIN items AS i ON s.digest_id = i.digest_id
LEFT JOIN addresses AS a ON i.item_id = a.item_id
LEFT JOIN item_tags AS t ON i.item_id = t.item_id
ORDER BY s.translation_id, i.channel, is_translation, i.position;
