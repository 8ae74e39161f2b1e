-- Views that answer the questions the warehouse is for.

-- Who told whom to do what, by when, on whose authority: one row a deadline.
CREATE VIEW obligations AS
SELECT
    deadlines.deadline_id,
    documents.doc_id,
    documents.source_path,
    documents.doc_type,
    documents.ref,
    documents.issued_date,
    documents.issuer                             AS told_by,
    deadlines.responsible                        AS who_must,
    deadlines.obligation                         AS what,
    deadlines.quote                              AS by_when,
    coalesce(deadlines.due_date, deadlines.counted_due_date) AS due_date,
    deadlines.recurrence,
    deadlines.report_to,
    (
        SELECT list(DISTINCT coalesce(citations.ref_repaired, citations.ref, citations.quote))
        FROM citations
        WHERE citations.doc_id = deadlines.doc_id AND citations.relation = 'căn cứ'
    )                                            AS on_authority_of,
    deadlines.page_no,
    deadlines.confidence
FROM deadlines
JOIN documents USING (doc_id);
COMMENT ON VIEW obligations IS 'Who told whom to do what, by when, on whose authority; one row a deadline.';

-- The citation network: one row a pair of citing document and cited instrument, with how often and how.
CREATE VIEW citation_edges AS
SELECT
    citations.doc_id                             AS citing_doc_id,
    documents.ref                                AS citing_ref,
    documents.issuer                             AS citing_issuer,
    documents.issuer_unit_id                     AS citing_unit_id,
    documents.issued_date                        AS citing_date,
    citations.instrument_id,
    coalesce(instruments.ref, instruments.title) AS cited,
    instruments.instrument_type                  AS cited_type,
    instruments.issuer                           AS cited_issuer,
    instruments.doc_id                           AS cited_doc_id,
    list(DISTINCT citations.relation)            AS relations,
    count(*)                                     AS n_mentions
FROM citations
JOIN documents USING (doc_id)
JOIN instruments USING (instrument_id)
GROUP BY ALL;
COMMENT ON VIEW citation_edges IS 'The citation network: one row a citing document and a cited instrument.';

-- Every mention with the words around it, to read it in its place.
CREATE VIEW citations_in_context AS
SELECT
    citations.*,
    substr(documents.text, greatest(1, citations.char_start - 119), least(120, citations.char_start)) AS words_before,
    substr(documents.text, citations.char_end + 1, 120)                                              AS words_after
FROM citations
JOIN documents USING (doc_id);
COMMENT ON VIEW citations_in_context IS 'Every citation with 120 characters on either side.';
