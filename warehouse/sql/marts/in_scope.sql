-- in_scope: whether a row belongs to the channels, languages and days asked for
-- grain: a scalar macro; one value a row
-- question: does this item count under the reader's filters?
-- params: channels, languages = lists (empty: all, but discord_detail only when asked for by name),
--         first_day, last_day = days, inclusive, null: open
-- note: discord_detail repeats discord in more words; counting both would count the same twice
CREATE MACRO in_scope(row_channel, row_language, row_day, channels, languages, first_day, last_day) AS
    CASE
        WHEN len(channels) = 0 THEN row_channel <> 'discord_detail'
        ELSE list_contains(channels, row_channel)
    END
    AND (len(languages) = 0 OR list_contains(languages, row_language))
    AND (first_day IS NULL OR row_day >= first_day)
    AND (last_day IS NULL OR row_day <= last_day);
