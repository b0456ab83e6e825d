-- theme_trend: mentions, stories, shares and their intervals of the chosen themes over time
-- grain: one row a period × theme (0 mentions included)
-- question: how many items are about each of these themes, out of how many, and how sure is that?
-- params: $grain, $channels and $languages (lists, empty: all), $first_day and $last_day (days, inclusive, null: open),
--         $theme_ids (list), $window (periods that a moving average is over; 1: none), $is_stored (whether the mart
--         theme_trend has these rows: all days, all languages, all channels or one; then nothing is counted anew)
-- note: share_adjusted is over the channels present throughout the days asked for; share_index has 100 for the
--   complete periods shown; moving_share is over five publishing days, of grain day only; is_thin: too few items
--   to compare (limits); is_partial: may still grow, or is cut short by the last day asked for
-- note: smooth_… are moving averages over as many periods with items as asked for, up to this one; null until there
--   are so many and in a period that is partial. smooth_share is pooled (Σ mentions / Σ items: a thin period weighs little), counts are
--   means; both stay within one regime, since a change of the channels' mix would pass for news. The adjusted share
--   knows no mix, so its average runs on across: a plain mean, as weights by items would bring the mix back in.
WITH t AS (
    SELECT
        o.* EXCLUDE (is_partial),
        o.is_partial OR coalesce(last_weekday_of($grain, o.period_start) > $last_day, FALSE) AS is_partial
    FROM (
        SELECT s.* EXCLUDE (theme_id), s.theme_id AS tag_id
        FROM theme_trend AS s
        WHERE $is_stored AND s.grain = $grain AND s.channel_set = coalesce(CAST($channels AS VARCHAR[])[1], 'all')
        UNION ALL BY NAME
        SELECT n.*
        FROM tag_trend_over('theme', $grain, $channels, $languages, $first_day, $last_day, $first_day, $last_day, $theme_ids) AS n
        WHERE NOT $is_stored
    ) AS o
    WHERE list_contains($theme_ids, o.tag_id)
)

SELECT
    t.period_start,
    t.tag_id AS theme_id,
    t.mentions,
    t.stories,
    t.items_total,
    t.share,
    t.share_low,
    t.share_high,
    t.digests,
    t.design_effect,
    t.share_adjusted,
    t.adjusted_low,
    t.adjusted_high,
    t.adjusted_why_not,
    t.is_partial,
    t.items_total < limits().items AS is_thin,
    t.regime,
    t.comparable,
    t.why_not,
    index_of(
        t.share,
        sum(t.mentions) FILTER (WHERE NOT t.is_partial) OVER (PARTITION BY t.tag_id),
        sum(t.items_total) FILTER (WHERE NOT t.is_partial) OVER (PARTITION BY t.tag_id)
    ) AS share_index,
    CASE WHEN $grain = 'day' THEN moving_share_of(t.mentions, t.items_total, t.tag_id, t.period_start) END AS moving_share,
    CASE
        WHEN count(t.regime) OVER same_mix = $window AND NOT t.is_partial
            THEN share_of(sum(t.mentions) OVER same_mix, sum(t.items_total) OVER same_mix)
    END AS smooth_share,
    CASE
        WHEN count(t.share_adjusted) OVER recent = $window AND NOT t.is_partial
            THEN round(avg(t.share_adjusted) OVER recent, 12)
    END AS smooth_share_adjusted,
    CASE
        WHEN count(t.regime) OVER same_mix = $window AND NOT t.is_partial
            THEN sum(t.mentions) OVER same_mix / $window
    END AS smooth_mentions,
    CASE
        WHEN count(t.regime) OVER same_mix = $window AND NOT t.is_partial
            THEN sum(t.stories) OVER same_mix / $window
    END AS smooth_stories
FROM t
WINDOW
    same_mix AS (
        PARTITION BY t.tag_id, t.is_partial, t.regime ORDER BY t.period_start
        ROWS BETWEEN $window - 1 PRECEDING AND CURRENT ROW
    ),
    recent AS (
        PARTITION BY t.tag_id, t.is_partial ORDER BY t.period_start
        ROWS BETWEEN $window - 1 PRECEDING AND CURRENT ROW
    )
ORDER BY t.period_start, list_position($theme_ids, t.tag_id);
