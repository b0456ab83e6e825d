-- moving_share_of: moving average of a share over the last five publishing days
-- grain: a scalar macro with a window; ratio 0-1, one value a tag × day
-- question: what is the level, without the noise of single days?
-- params: mentions, items, tag, day = columns of a daily trend, which has a row for every publishing day
-- formula: Σ mentions / Σ items of this and the four publishing days before; null for the first four
-- note: pooled, so that a thin day weighs little; publishing days, since weekends have no digest and five
--   calendar days would be a window of three to five digests
CREATE MACRO moving_share_of(mentions, items, tag, day) AS
    CASE
        WHEN count(*) OVER (PARTITION BY tag ORDER BY day ROWS BETWEEN 4 PRECEDING AND CURRENT ROW) = 5
            THEN share_of(
                sum(mentions) OVER (PARTITION BY tag ORDER BY day ROWS BETWEEN 4 PRECEDING AND CURRENT ROW),
                sum(items) OVER (PARTITION BY tag ORDER BY day ROWS BETWEEN 4 PRECEDING AND CURRENT ROW)
            )
    END;
