-- mix_changes: where a counted channel begins or ends, so that a raw line must not be read across
-- grain: one row a channel × beginning or end, in order of time
-- question: since when is the mix of the counted channels another, and what is known of the cause?
-- params: $channels and $languages (lists, empty: all), $first_day and $last_day (days, inclusive, null: open)
-- reads: mix_changes, breaks, events
-- note: the cause is that of the same break of all channels (table breaks), where it has one
SELECT
    m.channel,
    m.begins,
    m.changed_on,
    e.title AS event_title,
    e.title_zh AS event_title_zh,
    e.url
FROM mix_changes([{'name': 'asked', 'channels': $channels}], $languages) AS m
LEFT JOIN breaks AS b
    ON
        m.channel = b.channel
        AND m.changed_on = b.happened_on
        AND b.break_kind = CASE WHEN m.begins THEN 'channel_begins' ELSE 'channel_ends' END
LEFT JOIN events AS e ON b.event_id = e.event_id
WHERE
    (CAST($first_day AS DATE) IS NULL OR m.changed_on > CAST($first_day AS DATE))
    AND (CAST($last_day AS DATE) IS NULL OR m.changed_on <= CAST($last_day AS DATE))
ORDER BY m.changed_on, m.channel;
