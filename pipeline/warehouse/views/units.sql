-- Units compared: quality of what was read of each, and what one cites that its peers do not.

CREATE VIEW data_quality_by_unit AS
WITH cited AS (
    SELECT doc_id, count(*) AS n_citations, count(instrument_id) AS n_resolved FROM citations GROUP BY doc_id
),
signed AS (
    SELECT doc_id, count(*) AS n_signatories FROM signatories GROUP BY doc_id
),
found AS (
    SELECT doc_id, count(*) AS n_findings, count(*) FILTER (severity = 'error') AS n_errors FROM findings GROUP BY doc_id
)
SELECT
    documents.issuer_unit_id                     AS unit_id,
    coalesce(any_value(units.name), '(không rõ)') AS unit,
    any_value(units.level)                       AS level,
    any_value(units.province)                    AS province,
    count(*)                                     AS n_documents,
    count(*) FILTER (documents.media <> 'born_digital') AS n_scanned,
    round(avg((documents.number IS NULL)::INTEGER), 3)      AS without_number,
    round(avg((documents.issued_date IS NULL)::INTEGER), 3) AS without_date,
    round(avg((signed.n_signatories IS NULL)::INTEGER), 3)  AS without_signatory,
    round(avg(documents.text_quality), 3)        AS text_quality,
    round(avg(documents.ocr_confidence), 3)      AS ocr_confidence,
    round(avg(documents.header_confidence), 3)   AS header_confidence,
    round(1 - sum(cited.n_resolved) / sum(cited.n_citations), 3) AS unresolved_citations,
    coalesce(sum(found.n_findings), 0)::BIGINT   AS n_findings,
    coalesce(sum(found.n_errors), 0)::BIGINT     AS n_errors
FROM documents
LEFT JOIN units ON units.unit_id = documents.issuer_unit_id
LEFT JOIN cited USING (doc_id)
LEFT JOIN signed USING (doc_id)
LEFT JOIN found USING (doc_id)
GROUP BY documents.issuer_unit_id;
COMMENT ON VIEW data_quality_by_unit IS 'For each issuing unit: documents, shares without number, date and signatory, quality of text and OCR, unresolved citations, findings.';

-- Peers are units of the same kind and level under the same parent; where there are none, of the same province; where
-- there are none either, anywhere.
CREATE MACRO peers(of_unit) AS TABLE
WITH own AS (
    SELECT * FROM units WHERE units.unit_id = of_unit
),
alike AS (
    SELECT
        units.unit_id,
        units.name                               AS unit,
        CASE
            WHEN units.parent_id = own.parent_id AND own.level <> 'tỉnh' THEN 1
            WHEN units.province = own.province THEN 2
            ELSE 3
        END                                      AS circle
    FROM units
    JOIN own ON units.kind = own.kind AND units.level = own.level AND units.unit_id <> own.unit_id
    WHERE units.unit_id IN (SELECT issuer_unit_id FROM documents)
)
SELECT alike.unit_id, alike.unit
FROM alike
WHERE alike.circle = (SELECT min(circle) FROM alike);
COMMENT ON MACRO TABLE peers IS 'Units like a unit: same kind and level, as near as there are any (same parent, same province, anywhere), that issued documents.';

CREATE MACRO unlike_peers(of_unit) AS TABLE
WITH alike AS (FROM peers(of_unit)),
counts AS (
    SELECT
        edges.instrument_id,
        count(*) FILTER (documents.issuer_unit_id = of_unit) AS n_documents,
        count(DISTINCT documents.issuer_unit_id) FILTER (documents.issuer_unit_id <> of_unit) AS n_peers_citing
    FROM edges
    JOIN documents ON documents.doc_id = edges.citing_doc_id
    WHERE edges.counted
        AND (documents.issuer_unit_id = of_unit OR documents.issuer_unit_id IN (SELECT alike.unit_id FROM alike))
    GROUP BY edges.instrument_id
)
SELECT
    counts.instrument_id,
    coalesce(instruments.ref, instruments.title) AS cited,
    instruments.instrument_type                  AS cited_type,
    instruments.title,
    instruments.issuer,
    counts.n_documents,
    counts.n_peers_citing,
    (SELECT count(*) FROM alike)                 AS n_peers
FROM counts
JOIN instruments USING (instrument_id)
WHERE counts.n_documents > 0
ORDER BY counts.n_peers_citing, counts.n_documents DESC, cited;
COMMENT ON MACRO TABLE unlike_peers IS 'What a unit cites, and how many of its peers cite it too; those none cites come first.';
