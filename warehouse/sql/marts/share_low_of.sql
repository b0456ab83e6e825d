-- share_low_of: lower end of the 95 % interval of a share
-- grain: a scalar macro; ratio 0-1
-- question: how small may the share be?
-- params: share, items = effective number of items (effective_items_of)
-- formula: Wilson, (p + z²/2n − z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n), z = 1.959964; never below 0
-- source: Wilson 1927; Brown, Cai & DasGupta 2001 recommend it for small n
CREATE MACRO share_low_of(share, items) AS
    CASE -- greatest() passes over nulls
        WHEN share IS NOT NULL
            THEN round(greatest(
                0.0,
                (share + 1.9207294 / items - 1.959963985 * sqrt(share * (1 - share) / items + 0.9603647 / (items * items)))
                / (1 + 3.8414588 / items)
            ), 6)
    END;
