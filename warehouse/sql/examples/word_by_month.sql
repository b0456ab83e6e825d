-- word_by_month: how many items use a word or phrase, month by month
-- grain: one row a month
-- question: how does a word spread that is neither a lab nor a theme?
-- params: none
-- note: change both phrases; in lower case, and only as part of a longer word too ("agent" finds "agents")
SELECT
    period_of('month', i.published_on) AS period_start,
    count(*) FILTER (WHERE contains(words.said, 'world model') OR contains(words.said, '世界模型')) AS items,
    count(*) AS items_total,
    share_of(items, items_total) AS share
FROM items AS i
CROSS JOIN LATERAL (SELECT lower(concat_ws(' ', i.title, i.text)) AS said) AS words
WHERE i.is_counted AND i.channel <> 'discord_detail'
GROUP BY period_start
ORDER BY period_start;
