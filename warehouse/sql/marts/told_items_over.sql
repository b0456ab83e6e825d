-- told_items_over: the counted items that tell a story, with the issue that each is from
-- grain: one row a counted item with a story, under the filters
-- question: who told which news when?
-- reads: counted_items, digests
-- params: channels and languages (lists, empty: all), first_day and last_day (days, inclusive, null: open)
-- note: original_id names the issue: a digest that was made from a loaded issue, or repeats one, has that one's id,
--   since nobody else found the news worth telling.
CREATE MACRO told_items_over(channels, languages, first_day, last_day) AS TABLE
WITH issues AS (
    SELECT d.digest_id, coalesce(min(o.digest_id), any_value(d.repeat_of), d.digest_id) AS original_id
    FROM digests AS d
    LEFT JOIN digests AS o ON d.original_url = o.url AND o.translation_of IS NULL
    GROUP BY d.digest_id
)

SELECT i.item_id, i.story_id, i.digest_id, s.original_id, i.channel, i.language, i.published_on
FROM counted_items AS i
INNER JOIN issues AS s ON i.digest_id = s.digest_id
WHERE i.story_id IS NOT NULL AND in_scope(i.channel, i.language, i.published_on, channels, languages, first_day, last_day);
