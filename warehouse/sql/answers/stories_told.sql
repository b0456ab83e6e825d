-- stories_told: the stories that were told most, with what was told of them where
-- grain: one row a story with at least one counted item under the filters, the first by $rank_by first
-- question: which news went furthest, and in which digests, channels and languages?
-- params: $story_id (null: any), $terms (list of words; one item must hold all, case-blind, any language),
--         $lab_ids and $theme_ids (lists, empty: any; one item must have one), $channels and $languages
--         (lists, empty: all), $first_day and $last_day (days, inclusive, null: open), $rank_by (reach, originals, items),
--         $limit and $offset (rows)
-- reads: told_items_over, stories, items, item_tags, mentions, labs, item_themes
-- note: items, digests, originals, channels, languages, first_on and last_on are of the counted items under the filters;
--   how stories rank stands in story_place_of, what originals are in told_items_over. Words, labs and themes are looked for in its items under the filters, in
--   any language, translations included. hits = rows without the limit. title_en and title_zh: of its first item in
--   that language, one of at most 80 characters (Chinese: 36), a headline and not a sentence, before a longer one;
--   null if none.
WITH told AS (
    SELECT o.story_id, o.digest_id, o.channel, o.language, o.published_on, any_value(o.original_id) AS original_id, count(*) AS items
    FROM told_items_over($channels, $languages, $first_day, $last_day) AS o
    WHERE
        (CAST($story_id AS VARCHAR) IS NULL OR o.story_id = $story_id)
        AND (
            len($terms) = 0
            OR o.story_id IN (
                SELECT w.story_id
                FROM items AS w
                WHERE
                    len($terms) > 0
                    AND in_scope(w.channel, w.language, w.published_on, $channels, [], $first_day, $last_day)
                    AND has_words(w.title, w.text, CAST($terms AS VARCHAR[]))
            )
        )
        AND (
            len($lab_ids) = 0
            OR o.story_id IN (
                SELECT n.story_id
                FROM mentions AS m
                INNER JOIN labs AS l ON m.lab_id = l.lab_id
                INNER JOIN items AS n ON m.item_id = n.item_id
                WHERE
                    len($lab_ids) > 0
                    AND in_scope(n.channel, n.language, n.published_on, $channels, [], $first_day, $last_day)
                    AND (list_contains($lab_ids, m.lab_id) OR list_contains($lab_ids, l.parent_id))
            )
        )
        AND (
            len($theme_ids) = 0
            OR o.story_id IN (
                SELECT n.story_id
                FROM item_themes AS t
                INNER JOIN items AS n ON t.item_id = n.item_id
                WHERE
                    len($theme_ids) > 0
                    AND in_scope(n.channel, n.language, n.published_on, $channels, [], $first_day, $last_day)
                    AND list_contains($theme_ids, t.theme_id)
            )
        )
    GROUP BY o.story_id, o.digest_id, o.channel, o.language, o.published_on
),

ranked AS (
    SELECT
        t.story_id,
        min(t.published_on) AS first_on,
        max(t.published_on) AS last_on,
        CAST(sum(t.items) AS BIGINT) AS items,
        count(DISTINCT t.digest_id) AS digests,
        count(DISTINCT t.original_id) AS originals,
        count(DISTINCT t.channel) AS channel_count,
        count(*) OVER () AS hits
    FROM told AS t
    GROUP BY t.story_id
),

page AS MATERIALIZED (
    SELECT *, story_place_of($rank_by, channel_count, originals, items, first_on, story_id) AS rank
    FROM ranked
    ORDER BY rank
    LIMIT $limit OFFSET $offset
),

places AS (
    SELECT t.story_id, list_sort(list(DISTINCT t.channel)) AS channels, list_sort(list(DISTINCT t.language)) AS languages
    FROM told AS t
    WHERE t.story_id IN (SELECT p.story_id FROM page AS p)
    GROUP BY t.story_id
),

members AS (
    SELECT
        i.story_id,
        i.language,
        i.title,
        (length(i.title) > CASE i.language WHEN 'zh' THEN 36 ELSE 80 END, i.published_on, i.digest_id, i.position, i.item_id) AS place,
        t.lab_ids,
        t.theme_ids
    FROM (SELECT i.* FROM items AS i INNER JOIN page AS p ON i.story_id = p.story_id) AS i
    LEFT JOIN item_tags AS t ON i.item_id = t.item_id
),

titles AS (
    SELECT
        m.story_id,
        arg_min(m.title, m.place) FILTER (WHERE m.language = 'en') AS title_en,
        arg_min(m.title, m.place) FILTER (WHERE m.language = 'zh') AS title_zh
    FROM members AS m
    GROUP BY m.story_id
),

tags AS (
    SELECT m.story_id, 'lab' AS kind, unnest(m.lab_ids) AS tag_id FROM members AS m
    UNION ALL
    SELECT m.story_id, 'theme' AS kind, unnest(m.theme_ids) AS tag_id FROM members AS m
),

tag_counts AS (
    SELECT g.story_id, g.kind, g.tag_id, count(*) AS items FROM tags AS g GROUP BY g.story_id, g.kind, g.tag_id
),

tag_lists AS (
    SELECT
        c.story_id,
        list(c.tag_id ORDER BY c.items DESC, c.tag_id) FILTER (WHERE c.kind = 'lab') AS lab_ids,
        list(c.tag_id ORDER BY c.items DESC, c.tag_id) FILTER (WHERE c.kind = 'theme') AS theme_ids
    FROM tag_counts AS c
    GROUP BY c.story_id
)

SELECT
    p.rank,
    p.story_id,
    s.title,
    n.title_en,
    n.title_zh,
    p.first_on,
    p.last_on,
    p.items,
    p.digests,
    p.originals,
    p.channel_count,
    w.channels,
    w.languages,
    coalesce(g.lab_ids, []) AS lab_ids,
    coalesce(g.theme_ids, []) AS theme_ids,
    s.url,
    p.hits
FROM page AS p
INNER JOIN stories AS s ON p.story_id = s.story_id
INNER JOIN places AS w ON p.story_id = w.story_id
INNER JOIN titles AS n ON p.story_id = n.story_id
LEFT JOIN tag_lists AS g ON p.story_id = g.story_id
ORDER BY p.rank;
