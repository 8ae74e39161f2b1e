-- Where the corpus contradicts itself, and where it cites what no longer holds.

CREATE MACRO disagreements() AS TABLE
WITH sides AS (
    SELECT
        conflicts.*,
        count(*) OVER (PARTITION BY conflicts.instrument_id, conflicts.field) AS n_sides
    FROM instrument_conflicts AS conflicts
),
examples AS (
    SELECT instrument_id, 'date' AS field, date::VARCHAR AS told, min(citation_id) AS citation_id
    FROM citations
    SEMI JOIN instrument_conflicts USING (instrument_id)
    GROUP BY ALL
    UNION ALL
    SELECT instrument_id, 'issuer', issuer_unit_id, min(citation_id)
    FROM citations
    SEMI JOIN instrument_conflicts USING (instrument_id)
    GROUP BY ALL
)
SELECT
    sides.instrument_id,
    coalesce(instruments.ref, instruments.title) AS cited,
    instruments.instrument_type                  AS cited_type,
    instruments.year,
    CASE sides.field WHEN 'date' THEN 'ngày' ELSE 'cơ quan ban hành' END AS about,
    CASE sides.field WHEN 'date' THEN strftime(sides.value::DATE, '%d/%m/%Y') ELSE sides.value END AS said,
    sides.n_documents,
    sides.n_mentions,
    sides.held                                   AS is_settled,
    examples.citation_id                         AS example_citation_id
FROM sides
LEFT JOIN examples
    ON examples.instrument_id = sides.instrument_id AND examples.field = sides.field
    AND examples.told = CASE sides.field WHEN 'date' THEN sides.value ELSE sides.unit_id END
JOIN instruments ON instruments.instrument_id = sides.instrument_id
WHERE sides.n_sides > 1
ORDER BY cited, sides.instrument_id, about, sides.n_documents DESC, said;
COMMENT ON MACRO TABLE disagreements IS 'Instruments whose citers give different dates or issuers: one row a side, with how many documents say so; is_settled marks what the document itself or the table of laws tells.';

CREATE MACRO cited_after_replaced(in_year := NULL) AS TABLE
SELECT
    edges.instrument_id,
    coalesce(instruments.ref, instruments.title) AS cited,
    instruments.instrument_type                  AS cited_type,
    instruments.title                            AS cited_title,
    instruments.replaced_on,
    instruments.replaced_by_instrument_id,
    coalesce(successor.ref, successor.title)     AS replaced_by,
    instruments.replaced_basis,
    documents.doc_id,
    documents.ref,
    documents.issuer,
    documents.issuer_unit_id                     AS unit_id,
    documents.issued_date,
    documents.issued_date - instruments.replaced_on AS days_after,
    edges.relation,
    edges.first_citation_id,
    edges.first_page_no
FROM edges
JOIN documents ON documents.doc_id = edges.citing_doc_id
JOIN instruments USING (instrument_id)
LEFT JOIN instruments AS successor ON successor.instrument_id = instruments.replaced_by_instrument_id
WHERE edges.counted
    AND documents.issued_date >= instruments.replaced_on
    AND NOT list_has_any(edges.relations, ['thay thế', 'bãi bỏ', 'sửa đổi', 'bổ sung'])
    AND (in_year IS NULL OR documents.issued_year = in_year)
ORDER BY days_after DESC, documents.doc_id, cited;
COMMENT ON MACRO TABLE cited_after_replaced IS 'Documents (of a year) that cite an instrument after it had been replaced or repealed; a document that itself replaces or amends it is none.';
