-- Places in the text: the words, the page and the line where something was said.

CREATE VIEW citations_in_context AS
SELECT
    citations.*,
    substr(documents.text, greatest(1, citations.char_start - 119), least(120, citations.char_start)) AS words_before,
    substr(documents.text, citations.char_end + 1, 120)                                              AS words_after
FROM citations
JOIN documents USING (doc_id);
COMMENT ON VIEW citations_in_context IS 'Every citation with 120 characters on either side.';

CREATE MACRO where_said(of_instrument) AS TABLE
WITH said AS (
    SELECT * FROM citations WHERE citations.instrument_id = of_instrument
),
lines AS (
    SELECT
        said.citation_id,
        count(*)                                 AS line_no,
        arg_max(blocks.char_start, blocks.char_start) AS line_start,
        arg_max(blocks.char_end, blocks.char_start)   AS line_end
    FROM said
    JOIN blocks
        ON blocks.doc_id = said.doc_id AND blocks.page_no = said.page_no AND blocks.char_start <= said.char_start
        AND blocks.kind <> 'label'
    GROUP BY said.citation_id
)
SELECT
    said.citation_id,
    documents.doc_id,
    documents.source_path,
    documents.ref,
    documents.doc_type,
    documents.issuer,
    documents.issued_date,
    said.page_no,
    lines.line_no,
    said.relation,
    said.quote,
    substr(documents.text, lines.line_start + 1, lines.line_end - lines.line_start) AS line,
    said.char_start,
    said.char_end,
    said.confidence
FROM said
JOIN documents USING (doc_id)
LEFT JOIN lines USING (citation_id)
ORDER BY documents.issued_date, documents.doc_id, said.char_start;
COMMENT ON MACRO TABLE where_said IS 'Every mention of an instrument with its page, the line on the page (the paragraph where the format has no lines) and the line''s words.';
