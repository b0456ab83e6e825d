-- index_of: a share as an index
-- grain: a scalar macro; a number, 100 = the base
-- question: how many per cent of its usual level is it?
-- params: share, base_mentions and base_items = sums over the complete periods that are the base
-- formula: 100 · share / (base_mentions / base_items); null when the base has no mention
-- note: trends take the complete periods of the span shown as base: the first period alone may be a low one
CREATE MACRO index_of(share, base_mentions, base_items) AS
    100 * share / nullif(share_of(base_mentions, base_items), 0);
