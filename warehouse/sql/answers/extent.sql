-- extent: how much a state holds and which days it covers
-- grain: one row
-- question: what does snapshot_info have to say?
-- params: none
SELECT
    (SELECT count(*) FROM items AS i) AS items,
    count(*) AS digests,
    min(d.published_on) AS first_on,
    max(d.published_on) AS last_on
FROM digests AS d;
