-- Coverage: who was told and has issued nothing on it.

-- Not those above the issuer, nor those it only reports to or informs: they have nothing to carry out.
CREATE VIEW addressed_units AS
SELECT DISTINCT ON (doc_id, unit_id)
    recipients.doc_id,
    recipients.unit_id,
    recipients.role,
    recipients.name                              AS named_as
FROM recipients
JOIN documents USING (doc_id)
JOIN units USING (unit_id)
LEFT JOIN units AS issuers ON issuers.unit_id = documents.issuer_unit_id
WHERE recipients.role <> 'lưu'
    AND (
        NOT regexp_matches(lower(coalesce(recipients.purpose, '')), 'báo cáo|b/c|biết|giám sát')
        OR regexp_matches(lower(recipients.purpose), 'thực hiện|t/h|triển khai|phối hợp')
    )
    AND coalesce(level_rank(units.level) >= level_rank(issuers.level), true)
    AND units.unit_id IS DISTINCT FROM issuers.parent_id
ORDER BY recipients.doc_id, recipients.unit_id, recipients.ordinal;
COMMENT ON VIEW addressed_units IS 'The units a document tells to act, each once: its recipients but those above the issuer and those only reported to or informed.';

CREATE MACRO answers_to(of_ref, in_year := NULL) AS TABLE
SELECT
    named.instrument_id,
    documents.issuer_unit_id                     AS unit_id,
    count(*)                                     AS n_documents,
    arg_min(documents.doc_id, documents.issued_date) AS first_doc_id,
    arg_min(documents.ref, documents.issued_date)    AS first_ref,
    min(documents.issued_date)                   AS first_date
FROM instruments_named(of_ref, in_year) AS named
JOIN edges ON edges.instrument_id = named.instrument_id
JOIN documents ON documents.doc_id = edges.citing_doc_id
WHERE edges.counted
GROUP BY ALL;
COMMENT ON MACRO TABLE answers_to IS 'The units that issued documents citing an instrument: how many, and the first of them.';

CREATE MACRO coverage(of_ref, in_year := NULL) AS TABLE
WITH named AS (FROM instruments_named(of_ref, in_year))
SELECT
    named.instrument_id,
    coalesce(named.ref, named.title)             AS cited,
    coalesce(named.date, named.likely_date)      AS cited_date,
    named.issuer                                 AS cited_issuer,
    addressed_units.unit_id,
    units.name                                   AS unit,
    units.level,
    units.province,
    units.district,
    addressed_units.role                         AS told_as,
    answers.n_documents IS NOT NULL              AS answered,
    coalesce(answers.n_documents, 0)             AS n_documents,
    answers.first_doc_id,
    answers.first_ref,
    answers.first_date,
    answers.first_date - coalesce(named.date, named.likely_date) AS days
FROM named
JOIN addressed_units ON addressed_units.doc_id = named.doc_id
JOIN units ON units.unit_id = addressed_units.unit_id
LEFT JOIN answers_to(of_ref, in_year) AS answers
    ON answers.instrument_id = named.instrument_id AND answers.unit_id = addressed_units.unit_id
WHERE addressed_units.unit_id IS DISTINCT FROM named.issuer_unit_id
ORDER BY answered, level_rank(units.level), unit;
COMMENT ON MACRO TABLE coverage IS 'The recipients of an instrument that is in the corpus: answered tells whether the unit has issued a document that cites it.';

CREATE MACRO coverage_of(of_ref, in_year, at_level, in_province := NULL) AS TABLE
WITH named AS (FROM instruments_named(of_ref, in_year))
SELECT
    named.instrument_id,
    coalesce(named.ref, named.title)             AS cited,
    coalesce(named.date, named.likely_date)      AS cited_date,
    named.issuer                                 AS cited_issuer,
    units.unit_id,
    units.name                                   AS unit,
    units.level,
    units.province,
    units.district,
    answers.n_documents IS NOT NULL              AS answered,
    coalesce(answers.n_documents, 0)             AS n_documents,
    answers.first_doc_id,
    answers.first_ref,
    answers.first_date,
    answers.first_date - coalesce(named.date, named.likely_date) AS days
FROM named
JOIN units ON units.level = at_level AND (in_province IS NULL OR units.province = in_province)
LEFT JOIN answers_to(of_ref, in_year) AS answers
    ON answers.instrument_id = named.instrument_id AND answers.unit_id = units.unit_id
WHERE units.unit_id IN (SELECT issuer_unit_id FROM documents)
ORDER BY answered, unit;
COMMENT ON MACRO TABLE coverage_of IS 'The units of a level (and province) that issued documents of this corpus: answered tells whether one of them cites the instrument.';
