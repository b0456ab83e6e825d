-- top_labs: the labs named most in the whole span
-- grain: one row a lab with at least one mention
-- question: which labs does this span talk about most?
-- params: $channels and $languages (lists, empty: all), $first_day and $last_day (days, inclusive, null: open),
--         $limit (rows)
SELECT t.tag_id AS lab_id, t.mentions, t.stories, t.items_total, t.share, t.share_low, t.share_high
FROM measures_over(
    'lab', [], [{'grain': 'all', 'first_day': $first_day, 'last_day': $last_day}],
    [{'name': 'asked', 'channels': $channels}], $languages, $first_day, $last_day
) AS t
WHERE t.mentions > 0
ORDER BY t.mentions DESC, t.tag_id
LIMIT $limit;
