-- Deadlines: what must be done by whom and when; recurring terms expanded over any window.

-- Who told whom to do what, by when, on whose authority: one row a deadline.
CREATE VIEW obligations AS
SELECT
    deadlines.deadline_id,
    documents.doc_id,
    documents.source_path,
    documents.doc_type,
    documents.ref,
    documents.issued_date,
    documents.issuer                             AS told_by,
    deadlines.responsible                        AS who_must,
    deadlines.obligation                         AS what,
    deadlines.quote                              AS by_when,
    coalesce(deadlines.due_date, deadlines.counted_due_date) AS due_date,
    deadlines.recurrence,
    deadlines.report_to,
    (
        SELECT list(DISTINCT coalesce(citations.ref_repaired, citations.ref, citations.quote))
        FROM citations
        WHERE citations.doc_id = deadlines.doc_id AND citations.relation = 'căn cứ'
    )                                            AS on_authority_of,
    deadlines.page_no,
    deadlines.confidence
FROM deadlines
JOIN counted_documents AS documents USING (doc_id);
COMMENT ON VIEW obligations IS 'Who told whom to do what, by when, on whose authority; one row a deadline.';

-- A recurring term without a day is due at the end of its period: the month, the quarter, the half-year, the year; a
-- weekly one on Friday. It begins with the document and ends with the last year its subject names, where it names one.
CREATE VIEW deadline_terms AS
SELECT
    deadlines.deadline_id,
    deadlines.doc_id,
    coalesce(deadlines.due_date, deadlines.counted_due_date) AS due_on,
    deadlines.recurrence,
    regexp_extract(deadlines.recurrence, 'FREQ=([A-Z]+)', 1) AS frequency,
    coalesce(try_cast(regexp_extract(deadlines.recurrence, 'INTERVAL=(\d+)', 1) AS INTEGER), 1) AS every,
    try_cast(regexp_extract(deadlines.recurrence, 'BYMONTHDAY=(-?\d+)', 1) AS INTEGER) AS by_day,
    try_cast(regexp_extract(deadlines.recurrence, 'BYMONTH=(\d+)', 1) AS INTEGER) AS by_month,
    list_position(
        ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'], regexp_extract(deadlines.recurrence, 'BYDAY=([A-Z]{2})', 1)
    )                                            AS by_weekday,
    coalesce(
        documents.issued_date,
        make_date(documents.issued_year, coalesce(documents.issued_month, 1), 1)
    )                                            AS starts_on,
    make_date(
        list_max(list_transform(regexp_extract_all(documents.subject, '20\d\d'), lambda y: y::INTEGER)), 12, 31
    )                                            AS ends_on
FROM deadlines
JOIN counted_documents AS documents USING (doc_id);
COMMENT ON VIEW deadline_terms IS 'Each deadline as a day or as a rule taken apart: frequency, interval, day, month, weekday, first and last day it holds.';

CREATE MACRO occurrences_between(from_day, to_day, in_first_days := NULL) AS TABLE
WITH once AS (
    SELECT deadline_id, due_on, false AS is_recurring
    FROM deadline_terms
    WHERE due_on BETWEEN from_day::DATE AND to_day::DATE
),
rules AS (
    SELECT
        *,
        greatest(from_day::DATE, coalesce(starts_on, due_on) + 1) AS first_day,
        least(to_day::DATE, ends_on, first_day + in_first_days::INTEGER) AS last_day
    FROM deadline_terms
    WHERE recurrence IS NOT NULL AND coalesce(starts_on, due_on) IS NOT NULL
),
months AS (
    SELECT
        deadline_id, first_day, last_day, due_on,
        coalesce(by_day, CASE WHEN due_on IS NULL OR due_on = last_day(due_on) THEN -1 ELSE day(due_on) END)::INTEGER AS wanted,
        unnest(generate_series(date_trunc('month', first_day)::DATE, last_day, INTERVAL 1 MONTH))::DATE AS month_start,
        CASE frequency WHEN 'YEARLY' THEN 12 * every ELSE every END AS every,
        CASE
            WHEN by_month IS NOT NULL THEN by_month
            WHEN due_on IS NOT NULL THEN month(due_on)
            ELSE 12
        END                                      AS anchor_month,
        year(coalesce(due_on, starts_on))        AS anchor_year
    FROM rules
    WHERE frequency IN ('MONTHLY', 'YEARLY') AND first_day <= last_day
),
monthly AS (
    SELECT
        deadline_id, first_day, last_day,
        CASE
            WHEN wanted < 0 THEN last_day(month_start) + (wanted + 1)
            ELSE month_start + (least(wanted, day(last_day(month_start))) - 1)::INTEGER
        END                                      AS due_on
    FROM months
    WHERE (
            (year(month_start) - anchor_year) * 12 + month(month_start) - anchor_month
        ) % every = 0
),
daily AS (
    SELECT
        deadline_id, first_day, last_day,
        CASE frequency WHEN 'WEEKLY' THEN 7 * every ELSE every END AS period,
        coalesce(due_on, CASE frequency
            WHEN 'WEEKLY' THEN starts_on + ((coalesce(by_weekday, 5) - isodow(starts_on) + 7) % 7)::INTEGER
            ELSE starts_on
        END)                                     AS anchor,
        first_day + (((anchor - first_day) % period + period) % period)::INTEGER AS first_due
    FROM rules
    WHERE frequency IN ('DAILY', 'WEEKLY') AND first_day <= last_day
),
recurring AS (
    SELECT deadline_id, due_on FROM monthly WHERE due_on BETWEEN first_day AND last_day
    UNION ALL
    SELECT deadline_id, unnest(generate_series(first_due, last_day, to_days(period::INTEGER)))::DATE
    FROM daily
)
SELECT deadline_id, due_on, is_recurring FROM once
UNION ALL
SELECT deadline_id, due_on, true FROM recurring ANTI JOIN once USING (deadline_id, due_on);
COMMENT ON MACRO TABLE occurrences_between IS 'The days on which deadlines fall between two days, recurring ones expanded; with in_first_days only so many days after the first on which each may fall.';

CREATE MACRO deadlines_between(from_day, to_day) AS TABLE
SELECT
    occurrences.due_on,
    occurrences.is_recurring,
    deadlines.deadline_id,
    documents.doc_id,
    documents.ref,
    documents.doc_type,
    documents.subject,
    documents.issued_date,
    documents.issuer                             AS told_by,
    documents.issuer_unit_id                     AS told_by_unit_id,
    deadlines.responsible                        AS who_must,
    deadlines.report_to,
    deadlines.obligation                         AS what,
    deadlines.quote                              AS by_when,
    deadlines.recurrence,
    deadlines.due_time,
    deadlines.page_no,
    deadlines.confidence
FROM occurrences_between(from_day, to_day) AS occurrences
JOIN deadlines USING (deadline_id)
JOIN counted_documents AS documents USING (doc_id)
ORDER BY occurrences.due_on, documents.doc_id, deadlines.char_start;
COMMENT ON MACRO TABLE deadlines_between IS 'What is due between two days, for whom and to whom; recurring terms give one row an occurrence.';

-- Who of the units told must meet a term: those that its words name (`Phòng Nội vụ`; `các xã` is all communes told); all
-- of them where it says no one or `các đơn vị`. A name that is none of them stands alone, without a unit.
CREATE VIEW deadline_units AS
WITH told AS (
    SELECT
        deadlines.deadline_id,
        addressed_units.unit_id,
        units.kind,
        units.level,
        starts_with(lower(units.name), lower(deadlines.responsible)) OR unit_names.unit_id IS NOT NULL AS is_named
    FROM deadlines
    JOIN documents USING (doc_id)
    JOIN addressed_units USING (doc_id)
    JOIN units ON units.unit_id = addressed_units.unit_id
    LEFT JOIN (SELECT DISTINCT unit_id, spelling FROM unit_names) AS unit_names
        ON unit_names.unit_id = addressed_units.unit_id AND unit_names.spelling = deadlines.responsible
    WHERE addressed_units.unit_id IS DISTINCT FROM documents.issuer_unit_id
),
meant AS (
    SELECT
        deadline_id,
        bool_or(is_named)                        AS any_named
    FROM told
    GROUP BY deadline_id
)
SELECT deadlines.deadline_id, told.unit_id
FROM deadlines
LEFT JOIN meant USING (deadline_id)
LEFT JOIN told
    ON told.deadline_id = deadlines.deadline_id
    AND CASE
        WHEN meant.any_named THEN told.is_named
        WHEN deadlines.responsible IS NULL THEN true
        WHEN regexp_matches(lower(deadlines.responsible), '(^| )các (xã|phường|thị trấn)') THEN told.level = 'xã'
        WHEN regexp_matches(lower(deadlines.responsible), '(^| )các (huyện|quận|thị xã)') THEN told.level = 'huyện'
        WHEN regexp_matches(lower(deadlines.responsible), '(^| )các (nhà )?trường') THEN told.kind = 'trường'
        WHEN regexp_matches(lower(deadlines.responsible), '(^| )các sở') THEN told.kind = 'sở'
        ELSE regexp_matches(lower(deadlines.responsible), '(^| )(các|mọi|những|từng|đơn vị|thủ trưởng)( |$)')
    END;
COMMENT ON VIEW deadline_units IS 'The units that must meet a deadline, of those its document is sent to; unit_id NULL where none of them is meant.';

CREATE MACRO overdue(on_day) AS TABLE
WITH due AS (
    SELECT
        deadlines.*, documents.ref, documents.issuer, documents.issued_date,
        coalesce(deadlines.due_date, deadlines.counted_due_date) AS due_on,
        instruments.instrument_id
    FROM deadlines
    JOIN counted_documents AS documents USING (doc_id)
    LEFT JOIN instruments USING (doc_id)
    WHERE coalesce(deadlines.due_date, deadlines.counted_due_date) < on_day::DATE
),
answers AS (
    SELECT DISTINCT edges.instrument_id, documents.issuer_unit_id AS unit_id
    FROM edges
    JOIN documents ON documents.doc_id = edges.citing_doc_id
    WHERE edges.counted AND coalesce(documents.issued_date <= on_day::DATE, true)
)
SELECT
    due.due_on,
    on_day::DATE - due.due_on                    AS days_late,
    deadline_units.unit_id,
    units.name                                   AS unit,
    due.deadline_id,
    due.doc_id,
    due.ref,
    due.issuer                                   AS told_by,
    due.responsible                              AS who_must,
    due.report_to,
    due.obligation                               AS what,
    due.quote                                    AS by_when,
    due.page_no,
    due.confidence
FROM due
JOIN deadline_units USING (deadline_id)
LEFT JOIN units ON units.unit_id = deadline_units.unit_id
ANTI JOIN answers ON answers.instrument_id = due.instrument_id AND answers.unit_id = deadline_units.unit_id
ORDER BY due.due_on DESC, due.doc_id, unit;
COMMENT ON MACRO TABLE overdue IS 'Terms that had passed on a day, one row a unit that must meet them and had issued nothing citing the document until then; unit is NULL where the document names no single unit.';

CREATE VIEW obligations_by_unit AS
SELECT
    deadline_units.unit_id,
    any_value(units.name)                        AS unit,
    coalesce(deadlines.responsible, '(không nêu)') AS who_must,
    documents.issuer_unit_id                     AS told_by_unit_id,
    any_value(documents.issuer)                  AS told_by,
    count(*)                                     AS n_deadlines,
    count(*) FILTER (deadlines.recurrence IS NOT NULL) AS n_recurring,
    count(DISTINCT deadlines.doc_id)             AS n_documents,
    min(coalesce(deadlines.due_date, deadlines.counted_due_date)) AS first_due,
    max(coalesce(deadlines.due_date, deadlines.counted_due_date)) AS last_due
FROM deadlines
JOIN counted_documents AS documents USING (doc_id)
JOIN deadline_units USING (deadline_id)
LEFT JOIN units ON units.unit_id = deadline_units.unit_id
GROUP BY deadline_units.unit_id, coalesce(deadlines.responsible, '(không nêu)'), documents.issuer_unit_id;
COMMENT ON VIEW obligations_by_unit IS 'How many terms each unit is given by each other unit; unit is NULL where the words name no unit that was told.';
