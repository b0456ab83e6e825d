-- first_day_of: the first day of several spans
-- grain: a scalar macro; one day
-- question: from which day on must a table be read?
-- params: spans = list of {grain, first_day, last_day}; days inclusive, null: open (0001-01-01)
-- note: a constant before a query starts, so that older rows are not even read
CREATE MACRO first_day_of(spans) AS
    list_min(list_transform(
        CAST(spans AS STRUCT(grain VARCHAR, first_day DATE, last_day DATE)[]), lambda s: coalesce(s.first_day, DATE '0001-01-01')
    ));
