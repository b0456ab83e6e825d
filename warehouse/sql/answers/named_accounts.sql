-- named_accounts: the accounts, hosts and organisation pages that items name
-- grain: one row a kind × name that at least $least items name
-- question: which organisation is named often that the taxonomy does not know yet?
-- params: $least (items)
-- note: kind is handle, organisation (a page like github.com/openai) or domain; examples are the first two
--       items by id; translations do not count
WITH hosts AS (
    SELECT
        l.item_id,
        regexp_extract(l.canonical_url, '^https?://(?:www\.)?([^/?#:]+)', 1) AS host,
        regexp_extract(l.canonical_url, '^https?://[^/]+/(?:orgs/|datasets/|spaces/|collections/)?([^/?#]+)', 1) AS page
    FROM item_links AS l
),

named AS (
    SELECT 'handle' AS kind, unnest(i.handles) AS name, i.item_id
    FROM items AS i
    UNION ALL
    SELECT
        if(h.host IN ('github.com', 'huggingface.co'), 'organisation', 'domain') AS kind,
        if(h.host IN ('github.com', 'huggingface.co'), h.host || '/' || lower(h.page), h.host) AS name,
        h.item_id
    FROM hosts AS h
    WHERE h.host <> ''
),

distinct_names AS (
    SELECT DISTINCT n.kind, n.name, n.item_id
    FROM named AS n
)

SELECT
    n.kind,
    n.name,
    count(*) AS items,
    min(i.published_on) AS first_on,
    max(i.published_on) AS last_on,
    arg_min({'item_id': i.item_id, 'title': coalesce(nullif(i.title, ''), i.text[:80])}, i.item_id, 2) AS examples
FROM distinct_names AS n
INNER JOIN items AS i ON n.item_id = i.item_id
WHERE i.is_counted
GROUP BY ALL
HAVING count(*) >= $least
ORDER BY items DESC, n.kind, n.name;
