-- share_of: the one definition of a share
-- grain: a scalar macro; ratio 0-1
-- question: which part of all items are these?
-- params: part, whole = numbers of items
-- note: null when there is no item at all: no share is not a share of nought
CREATE MACRO share_of(part, whole) AS CAST(part AS DOUBLE) / nullif(whole, 0);
