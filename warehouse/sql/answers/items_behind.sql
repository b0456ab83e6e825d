-- items_behind: the items behind one point of a chart
-- grain: one row an item, newest first; as many (up to the limit) as the point counts mentions
-- question: which items make this number?
-- params: $grain and $period_start (null: the whole span), $lab_id and $theme_id (null: any),
--         $channels and $languages (lists, empty: all), $first_day and $last_day (days, inclusive, null: open), $limit (rows)
WITH chosen AS (
    SELECT i.item_id, i.published_on
    FROM counted_items AS i
    WHERE
        in_scope(i.channel, i.language, i.published_on, $channels, $languages, $first_day, $last_day)
        AND (CAST($period_start AS DATE) IS NULL OR period_of($grain, i.published_on) = CAST($period_start AS DATE))
        AND (
            CAST($lab_id AS VARCHAR) IS NULL
            OR i.item_id IN (SELECT c.item_id FROM counted_tags AS c WHERE c.tag_kind = 'lab' AND c.tag_id = $lab_id)
        )
        AND (
            CAST($theme_id AS VARCHAR) IS NULL
            OR i.item_id IN (SELECT c.item_id FROM counted_tags AS c WHERE c.tag_kind = 'theme' AND c.tag_id = $theme_id)
        )
    ORDER BY i.published_on DESC, i.item_id
    LIMIT $limit
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
    i.story_id
FROM chosen AS c
INNER JOIN items AS i ON c.item_id = i.item_id
INNER JOIN digests AS d ON i.digest_id = d.digest_id
LEFT JOIN item_tags AS t ON i.item_id = t.item_id
ORDER BY i.published_on DESC, i.item_id;
