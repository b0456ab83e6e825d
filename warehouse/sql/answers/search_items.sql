-- search_items: items that contain all words, carry any of the labs and any of the themes, and are of the topic
-- grain: one row an item, newest first, translations included
-- question: where does it say so?
-- params: $terms (list of words, all must occur, case-blind, any language), $lab_ids and $theme_ids
--         (lists, empty: any), $topic_id (null: any), $channels and $languages (lists, empty: all),
--         $first_day and $last_day (days, inclusive, null: open), $limit and $offset (rows)
-- note: hits = rows without the limit; a parent lab finds its children's items
WITH hits AS (
    SELECT i.item_id, i.published_on
    FROM items AS i
    WHERE
        in_scope(i.channel, i.language, i.published_on, $channels, $languages, $first_day, $last_day)
        AND has_words(i.title, i.text, CAST($terms AS VARCHAR[]))
        AND (
            len($lab_ids) = 0
            OR i.item_id IN (
                SELECT m.item_id
                FROM mentions AS m
                INNER JOIN labs AS l ON m.lab_id = l.lab_id
                WHERE list_contains($lab_ids, m.lab_id) OR list_contains($lab_ids, l.parent_id)
            )
        )
        AND (
            len($theme_ids) = 0
            OR i.item_id IN (SELECT t.item_id FROM item_themes AS t WHERE list_contains($theme_ids, t.theme_id))
        )
        AND (
            CAST($topic_id AS VARCHAR) IS NULL
            OR i.item_id IN (SELECT o.item_id FROM item_topics AS o WHERE o.topic_id = $topic_id)
        )
),

page AS (
    SELECT h.item_id, count(*) OVER () AS hits
    FROM hits AS h
    ORDER BY h.published_on DESC, h.item_id
    LIMIT $limit OFFSET $offset
)

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
    d.title AS digest_title,
    coalesce(d.url, d.original_url) AS digest_url,
    i.story_id,
    i.is_counted,
    p.hits
FROM page AS p
INNER JOIN items AS i ON p.item_id = i.item_id
INNER JOIN digests AS d ON i.digest_id = d.digest_id
LEFT JOIN item_tags AS t ON i.item_id = t.item_id
ORDER BY i.published_on DESC, i.item_id;
