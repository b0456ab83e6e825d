-- story_place_of: the place of a story among the rows of a query, 1 for the one that went furthest
-- grain: a scalar macro with a window; 1, 2, 3…, one value a row
-- question: which news is the largest?
-- params: rank_by (reach, originals, items), channels, originals, items (numbers), first_on (day), story_id
-- note: reach ranks by the number of channels, then originals, then items: one digest may repeat a story in twenty
--   bullets, and a source may repeat a sentence for weeks, but neither reaches a new channel. Of equals the later is first.
CREATE MACRO story_place_of(rank_by, channels, originals, items, first_on, story_id) AS
    row_number() OVER (
        ORDER BY
            CASE rank_by WHEN 'items' THEN items WHEN 'originals' THEN originals ELSE channels END DESC,
            originals DESC,
            items DESC,
            first_on DESC,
            story_id
    );
