-- items_in_scope: how many items the filters leave, and of how many digests
-- grain: one row in all
-- question: what is n, and of how many independent digests is it?
-- params: $channels and $languages (lists, empty: all), $first_day and $last_day (days, inclusive, null: open)
-- reads: digest_items
-- note: items of one digest resemble each other, so the digests say how much the items can tell
SELECT CAST(coalesce(sum(d.items_total), 0) AS BIGINT) AS items_total, count(DISTINCT d.digest_id) AS digests_total
FROM digest_items AS d
WHERE in_scope(d.channel, d.language, d.published_on, $channels, $languages, $first_day, $last_day);
