-- burst_terms: the words that set a span of one lab or theme apart from the half-year around it
-- grain: one row a language × word, the most telling first
-- question: what is being said now that is not said of it otherwise?
-- params: $kind (lab, theme), $tag_id, $first_day and $last_day (days, inclusive), $stop_words (list), $limit (rows)
-- reads: counted_tags, items
-- formula: z of the log-odds ratio with a Dirichlet prior of 10 items at the common rate,
--   (ln((k+a)/(n+A−k−a)) − ln((k'+a)/(n'+A−k'−a))) / √(1/(k+a) + 1/(k'+a)), k of n items with the word in the
--   span, k' of n' in the 26 weeks around it. Source: Monroe, Colaresi & Quinn 2008.
-- note: per language, or the beginning of a Chinese source would make all its words telling. A word counts
--   once an item; Chinese has no blanks, so its words are pairs of characters. At least 3 items of 2 digests.
--   At most 1,500 items within and without are read: those of the smallest ids, which are hashes.
WITH tagged AS (
    SELECT
        c.item_id,
        c.digest_id,
        c.language,
        c.published_on BETWEEN CAST($first_day AS DATE) AND CAST($last_day AS DATE) AS is_inside
    FROM counted_tags AS c
    WHERE
        c.tag_kind = $kind
        AND c.tag_id = $tag_id
        AND in_scope(c.channel, c.language, c.published_on, [], [], CAST($first_day AS DATE) - 91, CAST($last_day AS DATE) + 91)
    QUALIFY row_number() OVER (PARTITION BY is_inside ORDER BY c.item_id) <= 1500
),

texts AS (
    SELECT t.*, lower(concat_ws(' ', i.title, i.text)) AS words
    FROM tagged AS t
    INNER JOIN items AS i
        ON t.item_id = i.item_id
        -- the same day, hence these: said twice so that only their texts are read
        AND i.published_on BETWEEN CAST($first_day AS DATE) - 91 AND CAST($last_day AS DATE) + 91
),

terms AS (
    SELECT DISTINCT
        t.item_id,
        t.digest_id,
        t.language,
        t.is_inside,
        unnest(
            list_concat(
                regexp_extract_all(t.words, '[a-z][a-z0-9]+(?:[.-][a-z0-9]+)*'),
                flatten(
                    list_transform(
                        regexp_extract_all(t.words, '[一-鿿]{2,}'),
                        lambda run: list_transform(range(1, length(run)), lambda n: run[n:n + 1])
                    )
                )
            )
        ) AS term
    FROM texts AS t
),

sizes AS (
    SELECT t.language, count(*) FILTER (WHERE t.is_inside) AS n, count(*) FILTER (WHERE NOT t.is_inside) AS n_else
    FROM tagged AS t
    GROUP BY t.language
),

counts AS (
    SELECT
        t.language,
        t.term,
        count(*) FILTER (WHERE t.is_inside) AS k,
        count(*) FILTER (WHERE NOT t.is_inside) AS k_else,
        s.n,
        s.n_else,
        10.0 * count(*) / (s.n + s.n_else) AS a
    FROM terms AS t
    INNER JOIN sizes AS s ON t.language = s.language
    GROUP BY t.language, t.term, s.n, s.n_else
    HAVING count(*) FILTER (WHERE t.is_inside) >= 3 AND count(DISTINCT t.digest_id) FILTER (WHERE t.is_inside) >= 2
),

scored AS (
    SELECT
        c.language,
        c.term,
        c.k AS mentions,
        share_of(c.k, c.n) AS share,
        share_of(c.k_else, c.n_else) AS baseline_share,
        (ln((c.k + c.a) / (c.n + 10.0 - c.k - c.a)) - ln((c.k_else + c.a) / (c.n_else + 10.0 - c.k_else - c.a)))
        / sqrt(1 / (c.k + c.a) + 1 / (c.k_else + c.a)) AS z
    FROM counts AS c
    WHERE c.k + c.a < c.n + 10.0 AND NOT list_contains($stop_words, c.term)
)

SELECT s.term, s.language, s.mentions, s.share, s.baseline_share, s.z
FROM scored AS s
WHERE s.z > 1
QUALIFY row_number() OVER (PARTITION BY s.term ORDER BY s.z DESC, s.language) = 1
ORDER BY s.z DESC, s.term
LIMIT $limit;
