-- last_day_of: the last day of several spans
-- grain: a scalar macro; one day
-- question: until which day must a table be read?
-- params: spans = list of {grain, first_day, last_day}; days inclusive, null: open (9999-12-31)
-- note: a constant before a query starts, so that newer rows are not even read
CREATE MACRO last_day_of(spans) AS
    list_max(list_transform(
        CAST(spans AS STRUCT(grain VARCHAR, first_day DATE, last_day DATE)[]), lambda s: coalesce(s.last_day, DATE '9999-12-31')
    ));
