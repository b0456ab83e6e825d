-- lab_theme_over: how often lab and theme occur in the same item, over time
-- grain: one row a period × lab × theme with at least one mention
-- question: which labs are named with which themes?
-- reads: measures_over, comparable_over
-- params: as tag_trend_over, without kind; lab_ids (list, empty: all)
-- note: share = mentions / items_total, the same denominator as in the trends of lab and theme
CREATE MACRO lab_theme_over(
    grain_name, channels, languages, first_day, last_day,
    basket_first_day := NULL, basket_last_day := NULL, lab_ids := CAST([] AS VARCHAR[])
) AS TABLE
SELECT
    m.period_start,
    m.tag_id AS lab_id,
    m.paired_theme_id AS theme_id,
    m.* EXCLUDE (grain, channel_set, period_start, tag_id, paired_theme_id),
    p.is_partial,
    p.regime,
    p.comparable,
    p.why_not
FROM measures_over(
    'lab_theme', lab_ids, [{'grain': grain_name, 'first_day': first_day, 'last_day': last_day}],
    [{'name': 'asked', 'channels': channels}], languages, basket_first_day, basket_last_day
) AS m
INNER JOIN comparable_over([grain_name], [{'name': 'asked', 'channels': channels}], languages) AS p
    ON m.period_start = p.period_start;
