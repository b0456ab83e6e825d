-- topic_trend: mentions, stories, share and its interval of each topic over time
-- grain: one row a grain (week, month, quarter) × period × topic with at least one item, channel set `all`
-- question: which topics grow, which fade, and how sure is that?
-- reads: measures_over, periods
-- params: none
-- note: computed as a whole at every publication, since a build may move items of any day to another topic; hence
--   no days and no single channels: tag_trend_over('topic', …) gives them, and the rows with 0 mentions
SELECT
    t.grain,
    t.period_start,
    t.tag_id AS topic_id,
    t.channel_set,
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
    p.is_partial,
    p.regime,
    p.comparable,
    p.why_not
FROM measures_over(
    'topic', [],
    [
        {'grain': 'week', 'first_day': NULL, 'last_day': NULL},
        {'grain': 'month', 'first_day': NULL, 'last_day': NULL},
        {'grain': 'quarter', 'first_day': NULL, 'last_day': NULL}
    ],
    [{'name': 'all', 'channels': []}], [], NULL, NULL
) AS t
INNER JOIN periods AS p ON t.period_start = p.period_start AND t.grain = p.grain AND t.channel_set = p.channel_set
WHERE t.mentions > 0
ORDER BY t.grain, t.period_start, t.tag_id;
