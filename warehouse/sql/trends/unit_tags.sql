-- unit_tags: the mentions of labs and themes in each row of digest_units
-- grain: one row a unit (row of digest_units, from 0) × tag with at least one mention
-- question: how are mentions spread over digests and channels?
-- reads: digest_items, digest_tags
-- params: none
WITH units AS (
    SELECT d.digest_id, d.channel, row_number() OVER (ORDER BY d.published_on, d.digest_id, d.channel) - 1 AS unit
    FROM digest_items AS d
    WHERE in_scope(d.channel, d.language, d.published_on, [], [], NULL, NULL)
)

SELECT u.unit, t.tag_kind, t.tag_id, t.mentions
FROM digest_tags AS t
INNER JOIN units AS u ON t.digest_id = u.digest_id AND t.channel = u.channel
WHERE t.tag_kind IN ('lab', 'theme');
