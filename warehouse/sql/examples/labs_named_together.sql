-- labs_named_together: pairs of labs in one item, in the last 90 days that are loaded
-- grain: one row a pair of labs, the 30 most frequent
-- question: which labs are named in the same item, and in what part of each one's items?
-- params: none
-- note: a lab that belongs to another (Google DeepMind, Google) is no pair with it
WITH
recent AS (
    SELECT c.item_id, c.tag_id AS lab_id
    FROM counted_tags AS c
    WHERE c.tag_kind = 'lab'
        AND c.channel <> 'discord_detail'
        AND c.published_on > (SELECT max(i.published_on) FROM counted_items AS i) - INTERVAL 90 DAY
),

sizes AS (
    SELECT r.lab_id, count(*) AS items
    FROM recent AS r
    GROUP BY r.lab_id
)

SELECT
    la.name AS lab,
    lb.name AS other_lab,
    count(*) AS items_with_both,
    any_value(sa.items) AS items_of_lab,
    any_value(sb.items) AS items_of_other,
    share_of(count(*), any_value(sa.items)) AS share_of_lab,
    share_of(count(*), any_value(sb.items)) AS share_of_other
FROM recent AS a
INNER JOIN recent AS b ON a.item_id = b.item_id AND a.lab_id < b.lab_id
INNER JOIN labs AS la ON a.lab_id = la.lab_id
INNER JOIN labs AS lb ON b.lab_id = lb.lab_id
INNER JOIN sizes AS sa ON a.lab_id = sa.lab_id
INNER JOIN sizes AS sb ON b.lab_id = sb.lab_id
WHERE la.parent_id IS DISTINCT FROM lb.lab_id AND lb.parent_id IS DISTINCT FROM la.lab_id
GROUP BY la.name, lb.name
ORDER BY items_with_both DESC, lab, other_lab
LIMIT 30;
