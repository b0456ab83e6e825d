-- last_weekday_of: last Monday-to-Friday day of a period
-- grain: a scalar macro; one value a period
-- question: until when must digests be loaded for the period to be complete?
-- params: grain_name (day, week, month, quarter), start = first day of the period
-- note: digests appear almost only on weekdays, so a missing weekend leaves nothing out
CREATE MACRO last_weekday_of(grain_name, start) AS
    CASE grain_name
        WHEN 'day' THEN start
        WHEN 'week' THEN start + 4
        ELSE
            CAST(start + CASE grain_name WHEN 'month' THEN INTERVAL 1 MONTH ELSE INTERVAL 3 MONTH END AS DATE)
            - CAST(greatest(isodow(start + CASE grain_name WHEN 'month' THEN INTERVAL 1 MONTH ELSE INTERVAL 3 MONTH END - INTERVAL 1 DAY) - 5, 0) AS INTEGER)
            - 1
    END;
