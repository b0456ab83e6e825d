-- story_items: all items of one story, those that are not counted included
-- grain: one row an item, in order of time
-- question: who told it when, in which digest, channel and language?
-- params: $story_id
-- reads: items, digests, item_tags
-- note: is_translation: of a digest that translates a loaded one; is_repeat: of one whose original issue was digested before
SELECT
    i.item_id,
    i.published_on,
    i.channel,
    i.language,
    i.section,
    i.title,
    i.text,
    i.url,
    coalesce(t.lab_ids, []) AS labs,
    coalesce(t.theme_ids, []) AS themes,
    t.lab_evidence AS evidence,
    d.digest_id,
    d.title AS digest_title,
    coalesce(d.url, d.original_url) AS digest_url,
    i.story_id,
    i.is_counted,
    d.translation_of IS NOT NULL AS is_translation,
    d.repeat_of IS NOT NULL AS is_repeat
FROM items AS i
INNER JOIN digests AS d ON i.digest_id = d.digest_id
LEFT JOIN item_tags AS t ON i.item_id = t.item_id
WHERE i.story_id = $story_id
ORDER BY i.published_on, NOT i.is_counted, i.digest_id, i.channel, i.position, i.item_id;
