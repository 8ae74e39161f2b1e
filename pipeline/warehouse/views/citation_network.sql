-- Citation network: document → instrument → document, and who cites what.

CREATE VIEW counted_documents AS
SELECT documents.*
FROM documents
ANTI JOIN (SELECT doc_id FROM document_variants WHERE NOT is_best) AS copies USING (doc_id);
COMMENT ON VIEW counted_documents IS 'The documents without their near-copies: of a draft, a scan and a signed file of one document the best.';

CREATE VIEW citation_edges AS
SELECT
    edges.citing_doc_id,
    documents.ref                                AS citing_ref,
    documents.doc_type                           AS citing_type,
    documents.issuer                             AS citing_issuer,
    documents.issuer_unit_id                     AS citing_unit_id,
    documents.issued_date                        AS citing_date,
    edges.instrument_id,
    coalesce(instruments.ref, instruments.title) AS cited,
    instruments.instrument_type                  AS cited_type,
    instruments.issuer                           AS cited_issuer,
    instruments.issuer_unit_id                   AS cited_unit_id,
    instruments.date                             AS cited_date,
    edges.cited_doc_id,
    edges.relation,
    edges.relations,
    edges.n_mentions,
    edges.first_citation_id,
    edges.first_page_no,
    edges.is_self,
    edges.is_forward,
    edges.is_copy,
    edges.counted
FROM edges
JOIN documents ON documents.doc_id = edges.citing_doc_id
JOIN instruments USING (instrument_id);
COMMENT ON VIEW citation_edges IS 'The citation network: one row a citing document and a cited instrument; n_mentions is the depth (parallel mentions once); edges to itself, forward in time and from near-copies are flagged and not counted.';

CREATE VIEW unit_instruments AS
SELECT
    documents.issuer_unit_id                     AS unit_id,
    any_value(units.name)                        AS unit,
    edges.instrument_id,
    any_value(coalesce(instruments.ref, instruments.title)) AS cited,
    any_value(instruments.instrument_type)       AS cited_type,
    count(*)                                     AS n_documents,
    sum(edges.n_mentions)::BIGINT                AS n_mentions,
    min(documents.issued_date)                   AS first_cited,
    max(documents.issued_date)                   AS last_cited,
    list_sort(list(DISTINCT edges.relation))     AS relations
FROM edges
JOIN documents ON documents.doc_id = edges.citing_doc_id
JOIN units ON units.unit_id = documents.issuer_unit_id
JOIN instruments USING (instrument_id)
WHERE edges.counted
GROUP BY documents.issuer_unit_id, edges.instrument_id;
COMMENT ON VIEW unit_instruments IS 'Which unit cites which instrument: in how many documents, how often, since when, what for.';

CREATE MACRO instruments_named(of_ref, in_year := NULL) AS TABLE
SELECT instruments.*
FROM instruments
WHERE (
        upper(replace(instruments.ref, ' ', '')) = upper(replace(of_ref, ' ', ''))
        OR lower(instruments.title) = lower(of_ref)
        OR instruments.instrument_id = of_ref
    )
    AND (in_year IS NULL OR instruments.year = in_year);
COMMENT ON MACRO TABLE instruments_named IS 'The instruments of a number and symbol, of a law''s name, or of an instrument_id; of one year where it is given.';

CREATE MACRO citers(of_ref, in_year := NULL) AS TABLE
SELECT
    named.instrument_id,
    coalesce(named.ref, named.title)             AS cited,
    documents.doc_id,
    documents.ref,
    documents.doc_type,
    documents.subject,
    documents.issued_date,
    documents.issuer,
    documents.issuer_unit_id                     AS unit_id,
    units.level,
    units.province,
    units.district,
    edges.relation,
    edges.n_mentions,
    edges.first_citation_id,
    edges.first_page_no
FROM instruments_named(of_ref, in_year) AS named
JOIN edges ON edges.instrument_id = named.instrument_id
JOIN documents ON documents.doc_id = edges.citing_doc_id
LEFT JOIN units ON units.unit_id = documents.issuer_unit_id
WHERE edges.counted
ORDER BY documents.issued_date, documents.doc_id;
COMMENT ON MACRO TABLE citers IS 'Every document that cites an instrument (number and symbol, or a law''s name; year optional), with its issuer''s level and province.';
