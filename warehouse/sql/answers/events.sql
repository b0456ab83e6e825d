-- events: what is known to have happened, to be drawn on a time axis
-- grain: one row an event, in order of time
-- question: what happened in these days that may move a number?
-- params: $first_day and $last_day (days, inclusive, null: open), $ids (labs, themes and channels that it
--         concerns; empty: all)
-- reads: events
SELECT e.event_id, e.happened_on, e.event_kind, e.title, e.title_zh, e.url, e.lab_ids, e.theme_ids, e.channels
FROM events AS e
WHERE
    (CAST($first_day AS DATE) IS NULL OR e.happened_on >= CAST($first_day AS DATE))
    AND (CAST($last_day AS DATE) IS NULL OR e.happened_on <= CAST($last_day AS DATE))
    AND (len($ids) = 0 OR list_has_any($ids, list_concat(e.lab_ids, e.theme_ids, e.channels)))
ORDER BY e.happened_on, e.event_id;
