-- Cascade: a directive down the levels, trung ương → tỉnh → huyện, xã → đơn vị.

-- Reached is who carries the directive down: documents that cite it, then documents that cite those, never up a level.
-- Of several documents above, the one that told a unit is the lowest of them, then the latest.
CREATE MACRO cascade(of_ref, in_year := NULL) AS TABLE
WITH RECURSIVE
named AS (FROM instruments_named(of_ref, in_year)),
reached AS (
    SELECT named.instrument_id AS root_id, named.instrument_id
    FROM named
    UNION
    SELECT reached.root_id, edges.citing_instrument_id
    FROM reached
    JOIN edges ON edges.instrument_id = reached.instrument_id AND edges.carries
),
known AS (
    SELECT reached.root_id, reached.instrument_id, coalesce(own.date, own.likely_date) AS day, level_rank(units.level) AS rank
    FROM reached
    JOIN instruments AS own ON own.instrument_id = reached.instrument_id
    LEFT JOIN units ON units.unit_id = own.issuer_unit_id
),
told AS (
    SELECT
        above.root_id,
        edges.citing_instrument_id               AS instrument_id,
        arg_max(above.instrument_id, {
            rank: coalesce(above.rank, 0), day: coalesce(above.day, DATE '1900-01-01'), id: above.instrument_id
        })                                       AS parent_id,
        arg_max(edges.relation, {
            rank: coalesce(above.rank, 0), day: coalesce(above.day, DATE '1900-01-01'), id: above.instrument_id
        })                                       AS relation
    FROM known AS above
    JOIN edges ON edges.instrument_id = above.instrument_id AND edges.carries
    WHERE edges.citing_instrument_id <> above.root_id
    GROUP BY above.root_id, edges.citing_instrument_id
),
steps AS (
    SELECT instrument_id AS root_id, instrument_id, 0 AS step, [instrument_id] AS path, [instrument_id] AS place
    FROM named
    UNION ALL
    SELECT told.root_id, told.instrument_id, steps.step + 1, list_append(steps.path, told.instrument_id),
        list_append(steps.place, concat(coalesce(own.date, own.likely_date), ' ', told.instrument_id))
    FROM steps
    JOIN told ON told.root_id = steps.root_id AND told.parent_id = steps.instrument_id
    JOIN instruments AS own ON own.instrument_id = told.instrument_id
    WHERE NOT list_contains(steps.path, told.instrument_id)
)
SELECT
    steps.root_id,
    steps.step,
    steps.instrument_id,
    own.doc_id,
    coalesce(own.ref, own.title)                 AS ref,
    own.instrument_type                          AS doc_type,
    coalesce(own.date, own.likely_date)          AS issued_date,
    own.issuer                                   AS unit,
    own.issuer_unit_id                           AS unit_id,
    units.level,
    units.province,
    units.district,
    told.relation,
    told.parent_id                               AS told_by_instrument_id,
    coalesce(above.ref, above.title)             AS told_by,
    above.issuer                                 AS told_by_unit,
    coalesce(own.date, own.likely_date) - coalesce(above.date, above.likely_date) AS days_from_above,
    coalesce(own.date, own.likely_date) - coalesce(root.date, root.likely_date)   AS days_from_start,
    steps.path
FROM steps
JOIN instruments AS own USING (instrument_id)
JOIN instruments AS root ON root.instrument_id = steps.root_id
LEFT JOIN told ON told.root_id = steps.root_id AND told.instrument_id = steps.instrument_id AND steps.step > 0
LEFT JOIN instruments AS above ON above.instrument_id = told.parent_id
LEFT JOIN units ON units.unit_id = own.issuer_unit_id
ORDER BY steps.root_id, steps.place;
COMMENT ON MACRO TABLE cascade IS 'A directive down the levels: one row a document that carries it on, who told its issuer, and the days each step took.';
