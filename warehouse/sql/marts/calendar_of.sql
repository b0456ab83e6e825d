-- calendar_of: into which periods each publishing day falls
-- grain: one row a span × publishing day in it
-- question: which day, week, month and quarter does this day count for?
-- reads: day_items
-- params: spans = list of {grain, first_day, last_day}; days inclusive, null: open
CREATE MACRO calendar_of(spans) AS TABLE
SELECT s.s.grain AS grain, d.published_on, period_of(s.s.grain, d.published_on) AS period_start
FROM (SELECT unnest(CAST(spans AS STRUCT(grain VARCHAR, first_day DATE, last_day DATE)[])) AS s) AS s
INNER JOIN (SELECT DISTINCT i.published_on FROM day_items AS i) AS d
    ON
        (s.s.first_day IS NULL OR d.published_on >= s.s.first_day)
        AND (s.s.last_day IS NULL OR d.published_on <= s.s.last_day);
