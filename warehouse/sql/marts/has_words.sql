-- has_words: whether a title or text holds all words, case-blind, in any language
-- grain: a scalar macro; one value a row
-- question: does it say so?
-- params: title, text = what is searched; words = list of words in lower case, without blanks, the rarest first (empty:
--         always true)
-- note: the rule is the last line: each word occurs in the lower-cased text. Lower-casing an archive takes most of the
--   time, so a pattern for the first word, which reads any case, first finds the few texts to look at; it finds
--   whatever the rule does (İ is the only letter whose small form no pattern knows), so it changes no result.
CREATE MACRO has_words(title, text, words) AS
    CASE
        WHEN len(words) = 0 THEN TRUE
        WHEN
            regexp_matches(title, '(?i)' || replace(regexp_escape(words[1]), 'i', '[iİ]'))
            OR regexp_matches(text, '(?i)' || replace(regexp_escape(words[1]), 'i', '[iİ]'))
            THEN len(list_filter(words, lambda w: NOT contains(lower(title || ' ' || text), w))) = 0
        ELSE FALSE
    END;
