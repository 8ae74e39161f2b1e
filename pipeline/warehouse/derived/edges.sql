-- Citation edges: one row a citing document and a cited instrument.
-- A table, because the cascade asks for it once a step and nearly every question begins here.
WITH mentions AS (
    SELECT
        citation_id, doc_id, instrument_id, relation, char_start, page_no,
        -- A mention that begins where the one before it ends (`Luật số 15/2023/QH15 (Luật Khám bệnh, chữa bệnh)`,
        -- `khoản 1 … và khoản 3 … Nghị định 30`) says the same thing once more.
        char_start - lag(char_end) OVER (PARTITION BY doc_id, instrument_id ORDER BY char_start) BETWEEN 0 AND 30
            AS is_parallel
    FROM citations
    WHERE instrument_id IS NOT NULL
),
pairs AS (
    SELECT
        doc_id, instrument_id,
        count(*) FILTER (is_parallel IS NOT TRUE)               AS n_mentions,
        arg_min(citation_id, char_start)                        AS first_citation_id,
        arg_min(page_no, char_start)                            AS first_page_no,
        list_sort(list(DISTINCT relation))                      AS relations,
        -- What the document does to the instrument outweighs that it also mentions it.
        arg_min(relation, list_position(
            ['thay thế', 'bãi bỏ', 'sửa đổi', 'bổ sung', 'thực hiện', 'căn cứ', 'hướng dẫn', 'báo cáo', 'theo', 'dẫn chiếu'],
            relation
        ))                                                      AS relation
    FROM mentions
    GROUP BY ALL
)
SELECT
    pairs.doc_id                                                AS citing_doc_id,
    pairs.instrument_id,
    instruments.doc_id                                          AS cited_doc_id,
    pairs.n_mentions,
    pairs.relation,
    pairs.relations,
    pairs.first_citation_id,
    pairs.first_page_no,
    -- Citing another copy of itself is citing itself.
    coalesce(instruments.doc_id = pairs.doc_id OR cited.variant_group = citing.variant_group, false) AS is_self,
    coalesce(
        coalesce(instruments.date, instruments.likely_date) > documents.issued_date,
        instruments.year > documents.issued_year,
        false
    )                                                           AS is_forward,
    coalesce(NOT citing.is_best, false)                         AS is_copy,
    NOT (is_self OR is_forward OR is_copy)                      AS counted,
    own.instrument_id                                           AS citing_instrument_id,
    -- The cascade's own edges, so that each of its steps reads one table: a document carries down what it implements or
    -- rests on, never to a level above.
    counted AND own.instrument_id IS NOT NULL
        AND pairs.relation IN ('thực hiện', 'căn cứ', 'hướng dẫn', 'theo', 'báo cáo')
        AND coalesce(level_rank(citing_unit.level) >= level_rank(cited_unit.level), true) AS carries
FROM pairs
JOIN documents USING (doc_id)
JOIN instruments ON instruments.instrument_id = pairs.instrument_id
LEFT JOIN instruments AS own ON own.doc_id = pairs.doc_id
LEFT JOIN units AS citing_unit ON citing_unit.unit_id = documents.issuer_unit_id
LEFT JOIN units AS cited_unit ON cited_unit.unit_id = instruments.issuer_unit_id
LEFT JOIN document_variants AS citing ON citing.doc_id = pairs.doc_id
LEFT JOIN document_variants AS cited ON cited.doc_id = instruments.doc_id
ORDER BY citing_doc_id, instrument_id
