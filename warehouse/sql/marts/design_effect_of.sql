-- design_effect_of: how many times the variance of a share exceeds that of independent items
-- grain: a scalar macro; a factor, at least 1
-- question: how much less do these items say because those of one digest resemble each other?
-- params: mentions, items = sums over the digests of the period; mentions_sq = sum of mentions²,
--         mentions_items = sum of mentions × items, items_sq = sum of items² of a digest; digests = how many;
--         expected = the design effect to expect before looking (digest_correlation of the channels)
-- formula: own = c/(c-1) · Σ(k_i − p·n_i)² / (p(1−p)N), then (6·expected + (c−1)·own) / (6 + c−1):
--   the few digests of a short period say little about a variance, so it leans on the expected value.
--   Never below 1: a share is not surer than with independent items.
-- source: ratio estimator of a cluster sample (Cochran, Sampling Techniques, ch. 11); moderation of a
--   variance by a prior with 6 degrees of freedom (limits) as in Smyth 2004 (limma)
CREATE MACRO design_effect_of(mentions, mentions_sq, mentions_items, items, items_sq, digests, expected) AS
    greatest(
        1.0,
        CASE
            WHEN digests < 2 OR mentions = 0 OR mentions = items THEN expected
            ELSE (
                limits().prior_degrees * expected
                + digests * (
                    mentions_sq
                    - 2.0 * mentions / items * mentions_items
                    + (CAST(mentions AS DOUBLE) / items) * (CAST(mentions AS DOUBLE) / items) * items_sq
                ) / (mentions * (1.0 - CAST(mentions AS DOUBLE) / items))
            ) / (limits().prior_degrees + digests - 1)
        END
    );
