-- items_in_scope: how many items the filters leave
-- grain: one row in all
-- question: what is n?
-- params: $channels and $languages (lists, empty: all), $first_day and $last_day (days, inclusive, null: open)
SELECT count(*) AS items_total
FROM counted_items AS i
WHERE in_scope(i.channel, i.language, i.published_on, $channels, $languages, $first_day, $last_day);
