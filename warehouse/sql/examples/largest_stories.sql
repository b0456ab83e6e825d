-- largest_stories: the events that most digests reported in the last 30 days that are loaded
-- grain: one row a story, the 30 largest
-- question: what did everybody report?
-- params: none
SELECT
    s.first_on,
    s.title,
    count(DISTINCT i.digest_id) AS digests,
    count(*) AS items,
    list_sort(list_distinct(list(i.channel))) AS channels,
    s.url,
    s.story_id
FROM stories AS s
INNER JOIN items AS i ON s.story_id = i.story_id
WHERE i.is_counted AND s.first_on > (SELECT max(n.published_on) FROM counted_items AS n) - INTERVAL 30 DAY
GROUP BY ALL
ORDER BY digests DESC, items DESC, s.story_id
LIMIT 30;
