-- share_high_of: upper end of the 95 % interval of a share
-- grain: a scalar macro; ratio 0-1
-- question: how large may the share be?
-- params: share, items = effective number of items (effective_items_of)
-- formula: as share_low_of, with + before the root; never above 1
-- source: as share_low_of
CREATE MACRO share_high_of(share, items) AS
    CASE -- least() passes over nulls
        WHEN share IS NOT NULL
            THEN round(least(
                1.0,
                (share + 1.9207294 / items + 1.959963985 * sqrt(share * (1 - share) / items + 0.9603647 / (items * items)))
                / (1 + 3.8414588 / items)
            ), 6)
    END;
