-- tag_trend_over: mentions, stories and share of every lab or every theme, over time
-- grain: one row a period × tag (also with 0 mentions, wherever the period has items)
-- question: how often is each lab named, how often is each theme a topic, out of how many items?
-- params: kind (lab, theme), grain_name (day, week, month, quarter, all), channels and languages
--         (lists, empty: all), first_day and last_day (inclusive, null: open)
-- note: share = mentions / items_total; THE definition behind marts, pages, slides and notebooks
CREATE MACRO tag_trend_over(kind, grain_name, channels, languages, first_day, last_day) AS TABLE
WITH periods AS (
    SELECT period_of(grain_name, i.published_on) AS period_start, count(*) AS items_total
    FROM counted_items AS i
    WHERE in_scope(i.channel, i.language, i.published_on, channels, languages, first_day, last_day)
    GROUP BY 1
),

tags AS (
    SELECT l.lab_id AS tag_id FROM labs AS l WHERE kind = 'lab'
    UNION ALL
    SELECT t.theme_id AS tag_id FROM themes AS t WHERE kind = 'theme'
),

counted AS (
    SELECT
        period_of(grain_name, c.published_on) AS period_start,
        c.tag_id,
        count(*) AS mentions,
        count(DISTINCT c.story_id) AS stories
    FROM counted_tags AS c
    WHERE
        c.tag_kind = kind
        AND in_scope(c.channel, c.language, c.published_on, channels, languages, first_day, last_day)
    GROUP BY 1, 2
),

loaded AS (
    SELECT min(i.published_on) AS first_on, max(i.published_on) AS last_on FROM counted_items AS i
)

SELECT
    p.period_start,
    t.tag_id,
    coalesce(c.mentions, 0) AS mentions,
    coalesce(c.stories, 0) AS stories,
    p.items_total,
    share_of(coalesce(c.mentions, 0), p.items_total) AS share,
    grain_name <> 'all' AND last_weekday_of(grain_name, p.period_start) > loaded.last_on AS is_partial
FROM periods AS p
CROSS JOIN tags AS t
CROSS JOIN loaded
LEFT JOIN counted AS c ON p.period_start = c.period_start AND t.tag_id = c.tag_id;
