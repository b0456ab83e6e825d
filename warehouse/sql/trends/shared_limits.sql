-- shared_limits: the numbers of the macro limits that growth is computed with
-- grain: one row in all
-- question: what do the marts' intervals and adjusted shares rest on?
-- reads: limits
-- params: none
SELECT limits().prior_degrees AS prior_degrees, limits().channel_items AS channel_items;
