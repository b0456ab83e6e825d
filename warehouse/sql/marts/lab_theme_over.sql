-- lab_theme_over: how often lab and theme occur in the same item, over time
-- grain: one row a period × lab × theme with at least one mention
-- question: which labs are named with which themes?
-- params: as tag_trend_over, without kind
-- note: share = mentions / items_total, the same denominator as in the trends of lab and theme
CREATE MACRO lab_theme_over(grain_name, channels, languages, first_day, last_day) AS TABLE
WITH periods AS (
    SELECT period_of(grain_name, i.published_on) AS period_start, count(*) AS items_total
    FROM counted_items AS i
    WHERE in_scope(i.channel, i.language, i.published_on, channels, languages, first_day, last_day)
    GROUP BY 1
),

counted AS (
    SELECT
        period_of(grain_name, l.published_on) AS period_start,
        l.tag_id AS lab_id,
        t.tag_id AS theme_id,
        count(*) AS mentions,
        count(DISTINCT l.story_id) AS stories
    FROM counted_tags AS l
    INNER JOIN counted_tags AS t ON l.item_id = t.item_id AND t.tag_kind = 'theme'
    WHERE
        l.tag_kind = 'lab'
        AND in_scope(l.channel, l.language, l.published_on, channels, languages, first_day, last_day)
        -- the same item, hence the same day: said again so that only the span's rows are joined
        AND in_scope(t.channel, t.language, t.published_on, channels, languages, first_day, last_day)
    GROUP BY 1, 2, 3
),

loaded AS (
    SELECT max(i.published_on) AS last_on FROM counted_items AS i
)

SELECT
    c.period_start,
    c.lab_id,
    c.theme_id,
    c.mentions,
    c.stories,
    p.items_total,
    share_of(c.mentions, p.items_total) AS share,
    grain_name <> 'all' AND last_weekday_of(grain_name, c.period_start) > loaded.last_on AS is_partial
FROM counted AS c
INNER JOIN periods AS p ON c.period_start = p.period_start
CROSS JOIN loaded;
