-- Series of numbers: each unit numbers each type of document anew every year.

CREATE VIEW series_numbers AS
SELECT DISTINCT ON (unit_id, year, doc_type, number)
    issuer_unit_id                               AS unit_id,
    year,
    instrument_type                              AS doc_type,
    try_cast(regexp_extract(number, '^\d+') AS INTEGER) AS number,
    ref,
    doc_id
FROM instruments
WHERE issuer_unit_id IS NOT NULL AND year IS NOT NULL AND instrument_type IS NOT NULL
    AND try_cast(regexp_extract(number, '^\d+') AS INTEGER) > 0
ORDER BY unit_id, year, doc_type, try_cast(regexp_extract(number, '^\d+') AS INTEGER), doc_id NULLS LAST;
COMMENT ON VIEW series_numbers IS 'Numbers of a unit''s yearly series that are known: from its own documents (doc_id) or only from citations of them (doc_id NULL).';

CREATE VIEW series AS
SELECT
    unit_id,
    any_value(units.name)                        AS unit,
    year,
    doc_type,
    max(number)                                  AS last_number,
    count(*)                                     AS n_known,
    count(series_numbers.doc_id)                 AS n_held,
    max(number) - count(*)                       AS n_missing
FROM series_numbers
JOIN units USING (unit_id)
GROUP BY unit_id, year, doc_type;
COMMENT ON VIEW series IS 'Each yearly series of a unit: its highest known number, how many numbers are known, held as documents, and missing.';

CREATE VIEW series_runs AS
SELECT
    numbers.unit_id,
    units.name                                   AS unit,
    numbers.year,
    numbers.doc_type,
    coalesce(lag(numbers.number) OVER one_series, 0) + 1 AS gap_from,
    numbers.number - 1                           AS gap_to,
    numbers.number - coalesce(lag(numbers.number) OVER one_series, 0) - 1 AS n_missing,
    numbers.ref                                  AS next_known
FROM series_numbers AS numbers
JOIN units USING (unit_id)
WINDOW one_series AS (PARTITION BY numbers.unit_id, numbers.year, numbers.doc_type ORDER BY numbers.number);
COMMENT ON VIEW series_runs IS 'Each known number of a series with the run of numbers missing before it (n_missing 0: none).';

CREATE MACRO series_gaps(of_unit := NULL, in_year := NULL, of_type := NULL) AS TABLE
SELECT *
FROM series_runs
WHERE series_runs.n_missing > 0
    AND (of_unit IS NULL OR series_runs.unit_id = of_unit OR lower(series_runs.unit) = lower(of_unit))
    AND (in_year IS NULL OR series_runs.year = in_year)
    AND (of_type IS NULL OR series_runs.doc_type = of_type)
ORDER BY series_runs.unit, series_runs.year, series_runs.doc_type, series_runs.gap_from;
COMMENT ON MACRO TABLE series_gaps IS 'Runs of numbers missing from a unit''s yearly series (unit by id or name), neither held nor cited by anyone.';
