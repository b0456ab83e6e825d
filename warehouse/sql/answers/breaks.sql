-- breaks: where a channel or a share changes its level, with the cause where one is known
-- grain: one row a break, in order of time
-- question: across which days must shares or volumes not be compared as if nothing had happened?
-- params: $first_day and $last_day (days, inclusive, null: open), $channels (breaks of these channels; empty: all),
--         $ids (level changes of these labs and themes; empty: all)
-- reads: breaks, events
SELECT
    b.break_kind,
    b.happened_on,
    b.channel,
    b.tag_kind,
    b.tag_id,
    b.items_before,
    b.items_after,
    b.share_before,
    b.share_after,
    b.event_id,
    e.happened_on AS event_on,
    e.title AS event_title,
    e.title_zh AS event_title_zh,
    e.url
FROM breaks AS b
LEFT JOIN events AS e ON b.event_id = e.event_id
WHERE
    (CAST($first_day AS DATE) IS NULL OR b.happened_on >= CAST($first_day AS DATE))
    AND (CAST($last_day AS DATE) IS NULL OR b.happened_on <= CAST($last_day AS DATE))
    AND (b.channel IS NULL OR len($channels) = 0 OR list_contains($channels, b.channel))
    AND (b.tag_id IS NULL OR len($ids) = 0 OR list_contains($ids, b.tag_id))
ORDER BY b.happened_on, b.break_kind, b.channel, b.tag_kind, b.tag_id;
