-- Signatories: who signs, in what right, how often.

CREATE VIEW signatory_activity AS
SELECT
    documents.issuer_unit_id                     AS unit_id,
    any_value(documents.issuer)                  AS unit,
    any_value(signatories.person_id)             AS person_id,
    coalesce(any_value(people.name), any_value(signatories.name)) AS name,
    count(*)                                     AS n_documents,
    count(*) FILTER (signatories.authority = 'KT')  AS n_for_head,
    count(*) FILTER (signatories.authority = 'TL')  AS n_by_order,
    count(*) FILTER (signatories.authority = 'TUQ') AS n_by_mandate,
    count(*) FILTER (signatories.authority = 'TM')  AS n_for_body,
    list_sort(list(DISTINCT signatories.position))  AS positions,
    min(documents.issued_date)                   AS first_signed,
    max(documents.issued_date)                   AS last_signed
FROM signatories
JOIN counted_documents AS documents USING (doc_id)
LEFT JOIN people USING (person_id)
GROUP BY documents.issuer_unit_id, coalesce(signatories.person_id, signatories.name);
COMMENT ON VIEW signatory_activity IS 'Each signer of a unit: how many documents, in what right (KT for the head, TL by order, TUQ by mandate, TM for the body), since when.';

CREATE MACRO signing_for(of_unit := NULL, in_year := NULL) AS TABLE
SELECT
    any_value(signatories.person_id)             AS person_id,
    coalesce(any_value(people.name), any_value(signatories.name)) AS name,
    documents.issuer_unit_id                     AS unit_id,
    coalesce(any_value(units.name), any_value(documents.issuer)) AS unit,
    arg_max(signatories.position, documents.issued_date) AS position,
    count(*) FILTER (signatories.authority = 'KT')  AS n_for_head,
    count(*)                                     AS n_documents,
    min(documents.issued_date)                   AS first_signed,
    max(documents.issued_date)                   AS last_signed
FROM signatories
JOIN counted_documents AS documents USING (doc_id)
LEFT JOIN people USING (person_id)
LEFT JOIN units ON units.unit_id = documents.issuer_unit_id
WHERE (of_unit IS NULL OR documents.issuer_unit_id = of_unit OR lower(units.name) = lower(of_unit))
    AND (in_year IS NULL OR documents.issued_year = in_year)
GROUP BY documents.issuer_unit_id, coalesce(signatories.person_id, signatories.name)
HAVING count(*) FILTER (signatories.authority = 'KT') > 0
ORDER BY n_for_head DESC, name, unit_id;
COMMENT ON MACRO TABLE signing_for IS 'Who signs for the head (KT) and how often; of one unit (id or name) and year where they are given.';
