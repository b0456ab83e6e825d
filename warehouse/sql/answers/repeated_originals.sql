-- repeated_originals: original issues that were digested more than once
-- grain: one row an original issue with two or more digests of one source
-- question: where do mentions multiply although the stories do not?
-- params: none
SELECT
    f.original_url,
    count(DISTINCT d.digest_id) AS digests,
    min(d.published_on) AS first_on,
    max(d.published_on) AS last_on,
    count(*) AS items,
    count(DISTINCT i.story_id) AS stories
FROM digests AS f
INNER JOIN digests AS d ON d.repeat_of = f.digest_id OR d.digest_id = f.digest_id
INNER JOIN items AS i ON i.digest_id = d.digest_id
WHERE f.digest_id IN (SELECT r.repeat_of FROM digests AS r)
GROUP BY f.digest_id, f.original_url
ORDER BY digests DESC, first_on, f.original_url;
