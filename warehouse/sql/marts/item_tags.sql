-- item_tags: the labs and themes of an item side by side
-- grain: one row an item with at least one tag, translations included
-- question: what was found in this item, and by which words?
-- reads: items, mentions, item_themes
-- params: $months (list of first days of months to compute; empty: all)
WITH lab_lists AS (
    SELECT
        m.item_id,
        m.published_on,
        list(m.lab_id ORDER BY m.lab_id) AS lab_ids,
        string_agg(m.lab_id || ': ' || m.evidence, '; ' ORDER BY m.lab_id) AS lab_evidence
    FROM mentions AS m
    WHERE len($months) = 0 OR list_contains($months, period_of('month', m.published_on))
    GROUP BY m.item_id, m.published_on
),

theme_lists AS (
    SELECT t.item_id, t.published_on, list(t.theme_id ORDER BY t.score DESC, t.theme_id) AS theme_ids
    FROM item_themes AS t
    WHERE len($months) = 0 OR list_contains($months, period_of('month', t.published_on))
    GROUP BY t.item_id, t.published_on
)

SELECT
    coalesce(l.item_id, t.item_id) AS item_id,
    coalesce(l.published_on, t.published_on) AS published_on,
    coalesce(l.lab_ids, []) AS lab_ids,
    coalesce(t.theme_ids, []) AS theme_ids,
    l.lab_evidence
FROM lab_lists AS l
FULL OUTER JOIN theme_lists AS t ON l.item_id = t.item_id
ORDER BY 2, 1;
