-- Search in titles and text that ignores tone marks and finds phrases.
-- The words become one regular expression in which every letter stands for itself with any mark, so that no index has
-- to be built, kept or trusted: RE2 reads the text of a hundred thousand documents in about a second of processor.

CREATE MACRO search_words(part) AS regexp_extract_all(lower(nfc_normalize(part)), '[\p{L}\p{N}]+');
COMMENT ON MACRO search_words IS 'The words of a query''s part, in lower case.';

CREATE MACRO any_marks(word) AS
    replace(replace(replace(replace(replace(replace(replace(
        translate(
            word,
            'àáạảãâầấậẩẫăằắặẳẵèéẹẻẽêềếệểễìíịỉĩòóọỏõôồốộổỗơờớợởỡùúụủũưừứựửữỳýỵỷỹđ',
            'aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd'
        ),
        'a', '[aàáạảãâầấậẩẫăằắặẳẵ]'), 'e', '[eèéẹẻẽêềếệểễ]'), 'i', '[iìíịỉĩ]'), 'o', '[oòóọỏõôồốộổỗơờớợởỡ]'),
        'u', '[uùúụủũưừứựửữ]'), 'y', '[yỳýỵỷỹ]'), 'd', '[dđ]');
COMMENT ON MACRO any_marks IS 'A pattern that matches a word with any tone marks.';

-- \b of RE2 knows ASCII letters only. No lambda stands here: a pattern with one is not folded to a constant, and RE2 would
-- compile it again for every document.
CREATE MACRO in_sequence(words) AS
    '(?i)(?:^|[^\p{L}\p{N}])' || replace(words, ' ', '[^\p{L}\p{N}\n]+') || '(?:$|[^\p{L}\p{N}])';
COMMENT ON MACRO in_sequence IS 'A pattern that matches words one after the other within a paragraph, without regard to case.';

CREATE MACRO written_pattern(part) AS in_sequence(array_to_string(search_words(part), ' '));
COMMENT ON MACRO written_pattern IS 'A pattern that matches a phrase with its marks as written.';

CREATE MACRO folded_pattern(part) AS in_sequence(any_marks(array_to_string(search_words(part), ' ')));
COMMENT ON MACRO folded_pattern IS 'A pattern that matches a phrase with any tone marks.';

CREATE MACRO loose_pattern(part) AS
    '(?i)' || replace(any_marks(array_to_string(search_words(part), ' ')), ' ', '[^\p{L}\p{N}\n]+');
COMMENT ON MACRO loose_pattern IS 'folded_pattern without regard to where words begin and end.';

CREATE MACRO listed_parts(query) AS list_concat(
    regexp_extract_all(query, '"([^"]*[\p{L}\p{N}][^"]*)"', 1),
    search_words(regexp_replace(query, '"[^"]*"?', ' ', 'g'))
);
COMMENT ON MACRO listed_parts IS 'Phrases in double quotes, then the single words of a query.';

CREATE MACRO query_parts(query) AS
    CASE WHEN len(listed_parts(query)) > 6 THEN [query] ELSE listed_parts(query) END;
COMMENT ON MACRO query_parts IS 'What a document must hold: the phrases and words of a query; of more than six of them the whole as one phrase.';

-- Without the ends of words a pattern is twice as fast; only what it lets through is looked at again.
CREATE MACRO holds_part(content, query, nth) AS
    CASE
        WHEN nth > len(query_parts(query)) THEN true
        WHEN regexp_matches(content, loose_pattern(query_parts(query)[nth]))
            THEN regexp_matches(content, folded_pattern(query_parts(query)[nth]))
        ELSE false
    END;
COMMENT ON MACRO holds_part IS 'Whether a text holds the n-th part of a query; true past the last.';

CREATE MACRO search_text(query, of_unit := NULL, from_day := NULL, to_day := NULL, at_most := 100) AS TABLE
WITH hits AS (
    SELECT
        documents.doc_id,
        documents.issued_date,
        coalesce(regexp_matches(documents.subject, folded_pattern(query)), false) AS in_subject,
        len(query_parts(query)) = 1 OR regexp_matches(documents.text, folded_pattern(query)) AS is_sequence,
        is_sequence AND regexp_matches(documents.text, written_pattern(query)) AS as_written
    FROM documents
    WHERE len(search_words(query)) > 0
        AND holds_part(documents.text, query, 1)
        AND holds_part(documents.text, query, 2)
        AND holds_part(documents.text, query, 3)
        AND holds_part(documents.text, query, 4)
        AND holds_part(documents.text, query, 5)
        AND holds_part(documents.text, query, 6)
        AND (of_unit IS NULL OR documents.issuer_unit_id = of_unit)
        AND (from_day IS NULL OR documents.issued_date >= from_day::DATE)
        AND (to_day IS NULL OR documents.issued_date <= to_day::DATE)
    ORDER BY as_written DESC, is_sequence DESC, in_subject DESC, documents.issued_date DESC NULLS LAST, documents.doc_id
    LIMIT at_most
),
found AS (
    SELECT
        documents.*,
        hits.in_subject,
        hits.is_sequence,
        hits.as_written,
        regexp_extract(
            documents.text,
            CASE
                WHEN as_written THEN written_pattern(query)
                WHEN is_sequence THEN folded_pattern(query)
                ELSE folded_pattern(query_parts(query)[1])
            END
        )                                        AS match
    FROM hits
    JOIN documents USING (doc_id)
),
placed AS (
    SELECT *, strpos(text, match) - 1 + regexp_matches(match, '^[^\p{L}\p{N}]')::INTEGER AS hit FROM found
)
SELECT
    row_number() OVER (
        ORDER BY placed.as_written DESC, placed.is_sequence DESC, placed.in_subject DESC,
            placed.issued_date DESC NULLS LAST, placed.doc_id
    )                                            AS rank,
    placed.doc_id,
    placed.source_path,
    placed.ref,
    placed.doc_type,
    placed.subject,
    placed.issuer,
    placed.issuer_unit_id                        AS unit_id,
    placed.issued_date,
    placed.in_subject,
    placed.as_written,
    section.section_id,
    section.label                                AS section_label,
    section.title                                AS section_title,
    page.page_no,
    placed.hit                                   AS char_start,
    replace(substr(placed.text, greatest(1, placed.hit - 79), 200), chr(10), ' ') AS words_around
FROM placed
LEFT JOIN LATERAL (
    SELECT sections.section_id, sections.label, sections.title
    FROM sections
    WHERE sections.doc_id = placed.doc_id AND placed.hit >= sections.char_start AND placed.hit < sections.char_end
    ORDER BY sections.level DESC
    LIMIT 1
) AS section ON true
LEFT JOIN pages AS page
    ON page.doc_id = placed.doc_id AND placed.hit >= page.char_start AND placed.hit < page.char_end
ORDER BY rank;
COMMENT ON MACRO TABLE search_text IS 'Documents that hold all words and "phrases" of a query whatever their tone marks: as written first, then words in sequence, then those with the words in the subject, then the newest.';
