-- period_of: first day of the period that a day falls into
-- grain: a scalar macro; one value a day
-- question: which day, week, month or quarter does this day count for?
-- params: grain_name (day, week, month, quarter; all = one period for everything), a day
-- note: weeks start on Monday (ISO); the period `all` is named 0001-01-01
CREATE MACRO period_of(grain_name, a_day) AS
    CASE grain_name
        WHEN 'day' THEN a_day
        WHEN 'week' THEN CAST(date_trunc('week', a_day) AS DATE)
        WHEN 'month' THEN CAST(date_trunc('month', a_day) AS DATE)
        WHEN 'quarter' THEN CAST(date_trunc('quarter', a_day) AS DATE)
        WHEN 'all' THEN DATE '0001-01-01'
    END;
