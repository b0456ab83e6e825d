-- effective_items_of: how many independent items would give as sure a share
-- grain: a scalar macro; a number of items, not whole
-- question: which n belongs into an interval?
-- params: items, design_effect, digests; informed = whether the digests told about the design effect
--         (0 < mentions < items), else only its expected value is known
-- formula: items / design_effect / (t/1.96)², t = 97.5 % quantile of Student's t with 6 + digests − 1 (or 6)
--   degrees of freedom, by its expansion in 1/degrees (t_ratio)
-- source: Korn & Graubard 1998 (effective sample size with a t ratio); Abramowitz & Stegun 26.7.5
CREATE MACRO effective_items_of(items, design_effect, digests, informed) AS
    items / (design_effect * power(t_ratio(limits().prior_degrees + CASE WHEN informed THEN digests - 1 ELSE 0 END), 2));
