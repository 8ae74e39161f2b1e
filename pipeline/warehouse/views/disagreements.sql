-- Where the corpus contradicts itself, and where it cites what no longer holds.

CREATE MACRO disagreements() AS TABLE
WITH said AS (
    SELECT instrument_id, 'ngày' AS about, strftime(date, '%d/%m/%Y') AS value, doc_id, citation_id
    FROM citations
    WHERE instrument_id IS NOT NULL AND date IS NOT NULL
    UNION ALL
    SELECT citations.instrument_id, 'cơ quan ban hành', units.name, citations.doc_id, citations.citation_id
    FROM citations
    JOIN units ON units.unit_id = citations.issuer_unit_id
    WHERE citations.instrument_id IS NOT NULL
),
sides AS (
    SELECT
        instrument_id, about, value,
        count(DISTINCT doc_id)                   AS n_documents,
        min(citation_id)                         AS example_citation_id,
        count(*) OVER (PARTITION BY instrument_id, about) AS n_sides
    FROM said
    GROUP BY instrument_id, about, value
)
SELECT
    sides.instrument_id,
    coalesce(instruments.ref, instruments.title) AS cited,
    instruments.year,
    sides.about,
    sides.value                                  AS said,
    sides.n_documents,
    CASE sides.about
        WHEN 'ngày' THEN sides.value = strftime(instruments.date, '%d/%m/%Y')
        ELSE sides.value = instruments.issuer
    END                                          AS is_settled,
    sides.example_citation_id
FROM sides
JOIN instruments USING (instrument_id)
WHERE sides.n_sides > 1
ORDER BY cited, sides.instrument_id, sides.about, sides.n_documents DESC, said;
COMMENT ON MACRO TABLE disagreements IS 'Instruments whose citers give different dates or issuers: one row a side, with how many documents say so; is_settled marks the side the warehouse took.';

CREATE VIEW replaced_instruments AS
SELECT
    instruments.instrument_id,
    min(documents.issued_date)                   AS replaced_on,
    arg_min(documents.doc_id, documents.issued_date) AS replaced_by_doc_id,
    arg_min(documents.ref, documents.issued_date) AS replaced_by
FROM edges
JOIN documents ON documents.doc_id = edges.citing_doc_id
JOIN instruments USING (instrument_id)
WHERE edges.counted AND list_has_any(edges.relations, ['thay thế', 'bãi bỏ'])
GROUP BY instruments.instrument_id;
COMMENT ON VIEW replaced_instruments IS 'Instruments that a document of the corpus replaces or abolishes, and since when.';

CREATE MACRO cited_after_replaced(in_year := NULL) AS TABLE
SELECT
    edges.instrument_id,
    coalesce(instruments.ref, instruments.title) AS cited,
    replaced.replaced_on,
    replaced.replaced_by,
    documents.doc_id,
    documents.ref,
    documents.issuer,
    documents.issuer_unit_id                     AS unit_id,
    documents.issued_date,
    documents.issued_date - replaced.replaced_on AS days_after,
    edges.relation,
    edges.first_citation_id,
    edges.first_page_no
FROM edges
JOIN documents ON documents.doc_id = edges.citing_doc_id
JOIN replaced_instruments AS replaced USING (instrument_id)
JOIN instruments USING (instrument_id)
WHERE edges.counted
    AND documents.issued_date > replaced.replaced_on
    AND NOT list_has_any(edges.relations, ['thay thế', 'bãi bỏ', 'sửa đổi'])
    AND (in_year IS NULL OR documents.issued_year = in_year)
ORDER BY days_after DESC, documents.doc_id;
COMMENT ON MACRO TABLE cited_after_replaced IS 'Documents (of a year) that cite an instrument after it had been replaced or abolished.';
