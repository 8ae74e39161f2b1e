-- Cascade: a directive down the levels, trung ương → tỉnh → huyện, xã → đơn vị.

CREATE MACRO level_rank(of_level) AS
    list_position(['trung ương', 'tỉnh', 'huyện', 'xã', 'đơn vị sự nghiệp'], of_level);
COMMENT ON MACRO level_rank IS 'Order of the levels: 1 trung ương … 5 đơn vị sự nghiệp; NULL where the level is unknown.';

-- Reached is who carries the directive down: documents that cite it, then documents that cite those, never up a level.
-- Of several documents above, the one that told a unit is the lowest of them, then the latest.
CREATE MACRO cascade(of_ref, in_year := NULL) AS TABLE
WITH RECURSIVE
named AS (FROM instruments_named(of_ref, in_year)),
reached AS (
    SELECT
        named.instrument_id                      AS root_id,
        named.instrument_id                      AS instrument_id,
        named.doc_id,
        level_rank(units.level)                  AS rank
    FROM named
    LEFT JOIN units ON units.unit_id = named.issuer_unit_id
    UNION
    SELECT reached.root_id, own.instrument_id, own.doc_id, level_rank(units.level)
    FROM reached
    JOIN edges ON edges.instrument_id = reached.instrument_id
    JOIN instruments AS own ON own.doc_id = edges.citing_doc_id
    LEFT JOIN units ON units.unit_id = own.issuer_unit_id
    WHERE edges.counted
        AND edges.relation IN ('thực hiện', 'căn cứ', 'hướng dẫn', 'theo', 'báo cáo')
        AND coalesce(level_rank(units.level) >= reached.rank, true)
),
told AS (
    SELECT
        below.root_id,
        below.instrument_id,
        arg_max(above.instrument_id, {
            rank: coalesce(above.rank, 0), day: coalesce(source.date, DATE '1900-01-01'), id: above.instrument_id
        })                                       AS parent_id,
        arg_max(edges.relation, {
            rank: coalesce(above.rank, 0), day: coalesce(source.date, DATE '1900-01-01'), id: above.instrument_id
        })                                       AS relation
    FROM reached AS below
    JOIN edges ON edges.citing_doc_id = below.doc_id
    JOIN reached AS above ON above.root_id = below.root_id AND above.instrument_id = edges.instrument_id
    JOIN instruments AS source ON source.instrument_id = above.instrument_id
    WHERE edges.counted
        AND edges.relation IN ('thực hiện', 'căn cứ', 'hướng dẫn', 'theo', 'báo cáo')
        AND below.instrument_id <> below.root_id
        AND coalesce(below.rank >= above.rank, true)
    GROUP BY ALL
),
steps AS (
    SELECT instrument_id AS root_id, instrument_id, 0 AS step, [instrument_id] AS path
    FROM named
    UNION ALL
    SELECT told.root_id, told.instrument_id, steps.step + 1, list_append(steps.path, told.instrument_id)
    FROM steps
    JOIN told ON told.root_id = steps.root_id AND told.parent_id = steps.instrument_id
    WHERE NOT list_contains(steps.path, told.instrument_id)
)
SELECT
    steps.root_id,
    steps.step,
    steps.instrument_id,
    own.doc_id,
    coalesce(own.ref, own.title)                 AS ref,
    own.instrument_type                          AS doc_type,
    own.date                                     AS issued_date,
    own.issuer                                   AS unit,
    own.issuer_unit_id                           AS unit_id,
    units.level,
    units.province,
    units.district,
    told.relation,
    told.parent_id                               AS told_by_instrument_id,
    coalesce(above.ref, above.title)             AS told_by,
    above.issuer                                 AS told_by_unit,
    own.date - above.date                        AS days_from_above,
    own.date - root.date                         AS days_from_start,
    steps.path
FROM steps
JOIN instruments AS own USING (instrument_id)
JOIN instruments AS root ON root.instrument_id = steps.root_id
LEFT JOIN told ON told.root_id = steps.root_id AND told.instrument_id = steps.instrument_id AND steps.step > 0
LEFT JOIN instruments AS above ON above.instrument_id = told.parent_id
LEFT JOIN units ON units.unit_id = own.issuer_unit_id
ORDER BY steps.root_id, steps.path;
COMMENT ON MACRO TABLE cascade IS 'A directive down the levels: one row a document that carries it on, who told its issuer, and the days each step took.';
