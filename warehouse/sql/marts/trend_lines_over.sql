-- trend_lines_over: what a chart of lines draws: all measures with an index and moving averages
-- grain: one row a period × lab, theme or topic asked for (0 mentions included)
-- question: how does each go over time, also without the noise of single periods?
-- reads: tag_trend_over, lab_trend, theme_trend
-- params: kind (lab, theme, topic), grain_name (day, week, month, quarter), channels and languages (lists, empty:
--         all), first_day and last_day (days, inclusive, null: open), tag_ids (list, empty: all), periods (whole
--         number: how many a moving average is over; 1: none), is_stored (whether the mart of labs or themes has
--         these rows: all days, all languages, all channels or one; then nothing is counted anew)
-- note: share_adjusted is over the channels present throughout the days asked for; share_index has 100 for the
--   complete periods shown; moving_share is over five publishing days, of grain day only; is_thin: too few items
--   to compare (limits); is_partial: may still grow, or is cut short by the last day asked for
-- note: smooth_… are moving averages over as many periods with items as asked for, up to this one; null until there
--   are so many and in a period that is partial. smooth_share is pooled (Σ mentions / Σ items: a thin period weighs
--   little), counts are means; both stay within one regime, since a change of the channels' mix would pass for
--   news. The adjusted share knows no mix, so its average runs on across: a plain mean, as weights by items would
--   bring the mix back in.
CREATE MACRO trend_lines_over(
    kind, grain_name, channels, languages, first_day, last_day, tag_ids, periods, is_stored := FALSE
) AS TABLE
WITH t AS (
    SELECT
        o.* EXCLUDE (is_partial),
        o.is_partial OR coalesce(last_weekday_of(grain_name, o.period_start) > last_day, FALSE) AS is_partial
    FROM (
        SELECT l.* RENAME (lab_id AS tag_id)
        FROM lab_trend AS l
        WHERE is_stored AND kind = 'lab' AND l.grain = grain_name AND l.channel_set = coalesce(CAST(channels AS VARCHAR[])[1], 'all')
        UNION ALL BY NAME
        SELECT h.* RENAME (theme_id AS tag_id)
        FROM theme_trend AS h
        WHERE is_stored AND kind = 'theme' AND h.grain = grain_name AND h.channel_set = coalesce(CAST(channels AS VARCHAR[])[1], 'all')
        UNION ALL BY NAME
        SELECT n.*
        FROM tag_trend_over(kind, grain_name, channels, languages, first_day, last_day, first_day, last_day, tag_ids) AS n
        WHERE NOT is_stored
    ) AS o
    WHERE len(tag_ids) = 0 OR list_contains(tag_ids, o.tag_id)
),

summed AS (
    SELECT
        t.*,
        sum(t.mentions) FILTER (WHERE NOT t.is_partial) OVER (PARTITION BY t.tag_id) AS whole_mentions,
        sum(t.items_total) FILTER (WHERE NOT t.is_partial) OVER (PARTITION BY t.tag_id) AS whole_items,
        count(t.regime) OVER same_mix = periods AND NOT t.is_partial AS has_raw,
        count(t.share_adjusted) OVER recent = periods AND NOT t.is_partial AS has_adjusted,
        sum(t.mentions) OVER same_mix AS recent_mentions,
        sum(t.stories) OVER same_mix AS recent_stories,
        sum(t.items_total) OVER same_mix AS recent_items,
        avg(t.share_adjusted) OVER recent AS recent_adjusted
    FROM t
    WINDOW
        same_mix AS (
            PARTITION BY t.tag_id, t.is_partial, t.regime ORDER BY t.period_start
            ROWS BETWEEN periods - 1 PRECEDING AND CURRENT ROW
        ),
        recent AS (
            PARTITION BY t.tag_id, t.is_partial ORDER BY t.period_start
            ROWS BETWEEN periods - 1 PRECEDING AND CURRENT ROW
        )
)

SELECT
    s.period_start,
    s.tag_id,
    s.mentions,
    s.stories,
    s.items_total,
    s.share,
    s.share_low,
    s.share_high,
    s.digests,
    s.design_effect,
    s.share_adjusted,
    s.adjusted_low,
    s.adjusted_high,
    s.adjusted_why_not,
    s.is_partial,
    s.items_total < limits().items AS is_thin,
    s.regime,
    s.comparable,
    s.why_not,
    index_of(s.share, s.whole_mentions, s.whole_items) AS share_index,
    CASE WHEN grain_name = 'day' THEN moving_share_of(s.mentions, s.items_total, s.tag_id, s.period_start) END AS moving_share,
    CASE WHEN s.has_raw THEN share_of(s.recent_mentions, s.recent_items) END AS smooth_share,
    CASE WHEN s.has_adjusted THEN round(s.recent_adjusted, 12) END AS smooth_share_adjusted,
    CASE WHEN s.has_raw THEN s.recent_mentions / periods END AS smooth_mentions,
    CASE WHEN s.has_raw THEN s.recent_stories / periods END AS smooth_stories
FROM summed AS s;
