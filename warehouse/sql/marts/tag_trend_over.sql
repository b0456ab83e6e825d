-- tag_trend_over: all measures of every lab, theme or topic over time, with what they compare with
-- grain: one row a period × tag (also with 0 mentions, wherever the period has items)
-- question: how often is each lab named, how often is each theme or topic the subject, out of how many items?
-- reads: measures_over, comparable_over
-- params: kind (lab, theme, topic), grain_name (day, week, month, quarter, all), channels and languages
--         (lists, empty: all), first_day and last_day (inclusive, null: open), basket_first_day and
--         basket_last_day (the span in which the channels of share_adjusted must be present; null: all that
--         is loaded), tag_ids (list, empty: all)
CREATE MACRO tag_trend_over(
    kind, grain_name, channels, languages, first_day, last_day,
    basket_first_day := NULL, basket_last_day := NULL, tag_ids := CAST([] AS VARCHAR[])
) AS TABLE
SELECT
    m.* EXCLUDE (grain, channel_set, paired_theme_id),
    p.is_partial,
    p.regime,
    p.comparable,
    p.why_not
FROM measures_over(
    kind, tag_ids, [{'grain': grain_name, 'first_day': first_day, 'last_day': last_day}],
    [{'name': 'asked', 'channels': channels}], languages, basket_first_day, basket_last_day
) AS m
INNER JOIN comparable_over([grain_name], [{'name': 'asked', 'channels': channels}], languages) AS p
    ON m.period_start = p.period_start;
