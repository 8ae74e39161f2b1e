-- Rows of an invented corpus as the stages would have written them, made in bulk: getvariable('documents') documents,
-- ten citations each. Chance comes from hashes, so that the same size gives the same rows.

CREATE MACRO chance(i, salt, n) AS (hash(i, salt) % n)::INTEGER;
CREATE MACRO share(i, salt) AS (hash(i, salt) % 1000003)::DOUBLE / 1000003;
CREATE MACRO sha(i) AS sha256('document ' || i);
CREATE MACRO known_as(kind, i) AS kind || left(md5(kind || i), 16);

-- 20 ministries; 63 provinces with 5 sở each; 630 districts with 2 phòng, 10 communes and 10 schools each.
CREATE TABLE places AS
SELECT 'm' AS rank, i AS no, NULL AS province, NULL AS district, i AS own, NULL AS above FROM range(20) t(i)
UNION ALL SELECT 'p', i, i, NULL, 20 + i, NULL FROM range(63) t(i)
UNION ALL SELECT 's', i, i % 63, NULL, 83 + i, 20 + i % 63 FROM range(315) t(i)
UNION ALL SELECT 'd', i, i % 63, i, 398 + i, 20 + i % 63 FROM range(630) t(i)
UNION ALL SELECT 'o', i, i % 630 % 63, i % 630, 1028 + i, 398 + i % 630 FROM range(1260) t(i)
UNION ALL SELECT 'c', i, i % 630 % 63, i % 630, 2288 + i, 398 + i % 630 FROM range(6300) t(i)
UNION ALL SELECT 't', i, i % 630 % 63, i % 630, 8588 + i, 1028 + i % 630 FROM range(6300) t(i);

INSERT INTO units BY NAME
SELECT
    known_as('u', own) AS unit_id,
    CASE rank
        WHEN 'm' THEN 'Bộ Thứ ' || no
        WHEN 'p' THEN 'Ủy ban nhân dân tỉnh Tỉnh ' || province
        WHEN 's' THEN 'Sở Thứ ' || no // 63 || ' tỉnh Tỉnh ' || province
        WHEN 'd' THEN 'Ủy ban nhân dân huyện Huyện ' || district
        WHEN 'o' THEN 'Phòng Thứ ' || no // 630 || ' huyện Huyện ' || district
        WHEN 'c' THEN 'Ủy ban nhân dân xã Xã ' || no
        ELSE 'Trường Tiểu học Số ' || no
    END AS name,
    CASE rank
        WHEN 'm' THEN 'bộ' WHEN 's' THEN 'sở' WHEN 'o' THEN 'phòng' WHEN 't' THEN 'trường' ELSE 'ủy ban nhân dân'
    END AS kind,
    CASE rank
        WHEN 'm' THEN 'trung ương' WHEN 'p' THEN 'tỉnh' WHEN 's' THEN 'tỉnh' WHEN 'c' THEN 'xã'
        WHEN 't' THEN 'đơn vị sự nghiệp' ELSE 'huyện'
    END AS level,
    'nhà nước' AS system,
    known_as('u', above) AS parent_id,
    'Tỉnh ' || province AS province,
    'Huyện ' || district AS district
FROM places;

CREATE TABLE papers AS
WITH drawn AS (
    SELECT
        i,
        CASE
            WHEN chance(i, 'level', 100) < 3 THEN floor(20 * share(i, 'unit'))
            WHEN chance(i, 'level', 100) < 10 THEN 20 + floor(63 * share(i, 'unit'))
            WHEN chance(i, 'level', 100) < 25 THEN 83 + floor(315 * share(i, 'unit'))
            WHEN chance(i, 'level', 100) < 45 THEN 398 + floor(630 * share(i, 'unit'))
            WHEN chance(i, 'level', 100) < 60 THEN 1028 + floor(1260 * share(i, 'unit'))
            WHEN chance(i, 'level', 100) < 80 THEN 2288 + floor(6300 * share(i, 'unit') ** 2)
            ELSE 8588 + floor(6300 * share(i, 'unit') ** 2)
        END::INTEGER AS own,
        DATE '2015-01-05' + chance(i, 'day', 4300) AS day,
        chance(i, 'type', 6) AS type
    FROM range(getvariable('documents')) t(i)
)
SELECT
    *,
    ['kế hoạch', 'quyết định', 'công văn', 'báo cáo', 'thông báo', 'chỉ thị'][type + 1] AS doc_type,
    ['KH', 'QĐ', 'CV', 'BC', 'TB', 'CT'][type + 1] AS code,
    row_number() OVER of_series + row_number() OVER of_series // 12 AS number,
    row_number() OVER (PARTITION BY own ORDER BY day, i) - 1 AS place_in_unit,
    count(*) OVER (PARTITION BY own) AS of_unit
FROM drawn
WINDOW of_series AS (PARTITION BY own, year(day), type ORDER BY day, i);

CREATE TABLE cited AS
WITH wanted AS (
    SELECT
        j, i AS doc, papers.own, papers.day, places.province, places.above,
        chance(j, 'target', 100) AS target
    FROM range(getvariable('documents') * 10) t(j)
    JOIN papers ON papers.i = chance(j, 'doc', getvariable('documents'))
    JOIN places USING (own)
)
SELECT
    j, doc, wanted.day,
    CASE
        WHEN held.i IS NOT NULL THEN known_as('i', 'document ' || held.i)
        WHEN target >= 80 THEN known_as('i', 'local ' || coalesce(province, 99) || ' ' || chance(j, 'local', 1500))
        ELSE known_as('i', 'central ' || floor(5000 * share(j, 'central') ** 3)::INTEGER)
    END AS instrument_id
FROM wanted
LEFT JOIN papers AS held
    ON target BETWEEN 55 AND 79 AND held.own = CASE WHEN target < 70 THEN coalesce(above, wanted.own) ELSE wanted.own END
    AND held.place_in_unit = chance(j, 'held', 40) AND held.day < wanted.day;

INSERT INTO instruments BY NAME
WITH every AS (
    SELECT
        known_as('i', 'document ' || i) AS instrument_id, number || '/' || code || '-' || own AS ref, doc_type AS instrument_type,
        number::VARCHAR AS number, code || '-' || own AS symbol, day AS date, known_as('u', own) AS issuer_unit_id, sha(i) AS doc_id
    FROM papers
    UNION ALL
    SELECT
        known_as('i', 'central ' || k), (k % 180 + 1) || '/' || (2005 + k % 20) || '/NĐ-CP-' || k // 180, 'nghị định',
        (k % 180 + 1)::VARCHAR, 'NĐ-CP', make_date(2005 + k % 20, 1 + k % 12, 1 + k % 28), known_as('u', k % 20), NULL
    FROM range(5000) t(k)
    UNION ALL
    SELECT
        known_as('i', 'local ' || p || ' ' || k), (k + 1) || '/QĐ-UBND', 'quyết định',
        (k + 1)::VARCHAR, 'QĐ-UBND', DATE '2014-01-01' + chance(k, 'local day', 4000), known_as('u', 20 + p % 63), NULL
    FROM range(100) provinces(p), range(1500) t(k)
)
SELECT
    every.*, year(date) AS year, units.name AS issuer, 'về việc thứ ' || left(md5(instrument_id), 6) AS title,
    coalesce(n, 0) AS n_citations, coalesce(n_documents, 0) AS n_citing_documents,
    -- One in twenty was replaced five years later.
    CASE WHEN chance(instrument_id, 'replaced', 20) = 0 THEN date + 1825 END AS replaced_on
FROM every
LEFT JOIN units ON units.unit_id = every.issuer_unit_id
LEFT JOIN (SELECT instrument_id, count(*) AS n, count(DISTINCT doc) AS n_documents FROM cited GROUP BY 1) USING (instrument_id)
WHERE n > 0 OR doc_id IS NOT NULL;

CREATE TABLE sentences AS
SELECT s, string_agg(getvariable('syllables')[1 + floor(len(getvariable('syllables')) * share(s * 40 + w, 'word') ** 2)::INTEGER], ' ' ORDER BY w)
    || '.' AS sentence
FROM range(5000) t(s), range(22) u(w)
GROUP BY s;

CREATE TABLE lines AS
WITH every AS (
    SELECT
        doc, row_number() OVER (PARTITION BY doc ORDER BY j) AS line, j,
        ['Căn cứ ', 'Thực hiện ', 'Theo '][1 + chance(j, 'relation', 3)] AS lead,
        instruments.instrument_type || ' số ' || instruments.ref || ' ngày ' || strftime(instruments.date, '%d/%m/%Y')
            || ' của ' || instruments.issuer AS quote,
        ' ' || instruments.title || ';' AS rest,
        cited.instrument_id
    FROM cited
    JOIN instruments USING (instrument_id)
    UNION ALL
    SELECT i, 1000 + k, NULL, sentence, '', '', NULL
    FROM range(getvariable('documents')) t(i), range(24) u(k)
    JOIN sentences ON s = chance(i * 24 + k, 'sentence', 5000)
)
SELECT
    *,
    length(lead || quote || rest) AS size,
    sum(length(lead || quote || rest) + 1) OVER (PARTITION BY doc ORDER BY line) - length(lead || quote || rest) - 1 AS start,
    row_number() OVER (PARTITION BY doc ORDER BY line) - 1 AS place
FROM every;

INSERT INTO documents BY NAME
SELECT
    sha(i) AS doc_id, 'van-ban/' || i || '.docx' AS source_path, 'docx' AS file_format, 'born_digital' AS media, 2 AS n_pages,
    text, 0.97 AS text_quality, doc_type, number::VARCHAR AS number, code || '-' || own AS symbol,
    number || '/' || code || '-' || own AS ref, day AS issued_date, year(day) AS issued_year, month(day) AS issued_month,
    day(day) AS issued_day, units.name AS issuer, unit_id AS issuer_unit_id, sentence AS subject, 0.95 AS header_confidence
FROM papers
JOIN units ON units.unit_id = known_as('u', own)
JOIN sentences ON s = chance(i, 'subject', 5000)
JOIN (SELECT doc AS i, string_agg(lead || quote || rest, chr(10) ORDER BY line) AS text FROM lines GROUP BY doc) USING (i)
ORDER BY doc_id;

INSERT INTO document_copies BY NAME SELECT doc_id, source_path FROM documents;
INSERT INTO pages BY NAME
SELECT doc_id, page_no::INTEGER AS page_no, (page_no - 1) * 1500 AS char_start, page_no * 1500 AS char_end, 'text_layer' AS source
FROM documents, range(1, 3) t(page_no) ORDER BY doc_id, page_no;
INSERT INTO blocks BY NAME
SELECT
    sha(doc) AS doc_id, place AS block_no, start AS char_start, start + size AS char_end, 1 + least(1, start // 1500) AS page_no,
    'paragraph' AS kind
FROM lines ORDER BY doc_id, block_no;
INSERT INTO header_evidence BY NAME
SELECT doc_id, field, 0 AS char_start, 20 AS char_end
FROM documents, unnest(['ref', 'issued_date', 'issuer', 'subject', 'doc_type', 'place']) t(field) ORDER BY doc_id;
INSERT INTO sections BY NAME
SELECT
    doc_id, left(doc_id, 16) || '-s' || printf('%04d', k) AS section_id,
    CASE WHEN k > 4 THEN left(doc_id, 16) || '-s0003' END AS parent_id, CASE WHEN k > 4 THEN 1 ELSE 0 END AS level, 'body' AS zone,
    CASE WHEN k > 4 THEN (k - 4)::VARCHAR END AS label, substr(text, 1 + k * 90, 80) AS title, k * 90 AS char_start, (k + 1) * 90 AS char_end
FROM documents, range(12) t(k) ORDER BY doc_id, k;
INSERT INTO citations BY NAME
SELECT
    sha(doc) AS doc_id, left(sha(doc), 16) || '-c' || printf('%04d', place) AS citation_id,
    left(sha(doc), 16) || '-s' || printf('%04d', least(11, start // 90)) AS section_id,
    instrument_id, 'numbered' AS kind, instruments.instrument_type, instruments.number, instruments.symbol, instruments.ref,
    -- One mention in four hundred gives another day.
    instruments.date + (chance(j, 'slip', 400) = 0)::INTEGER AS date, year(instruments.date) AS date_year,
    month(instruments.date) AS date_month, day(instruments.date) AS date_day, instruments.issuer, instruments.issuer_unit_id,
    instruments.title,
    CASE WHEN chance(j, 'replaces', 300) = 0 THEN 'thay thế' ELSE ['căn cứ', 'thực hiện', 'theo'][1 + chance(j, 'relation', 3)] END AS relation,
    quote, start + length(lead) AS char_start, start + length(lead) + length(quote) AS char_end,
    1 + least(1, start // 1500) AS page_no, 0.97 AS confidence
FROM lines
JOIN instruments USING (instrument_id)
ORDER BY doc_id, char_start;
INSERT INTO deadlines BY NAME
SELECT
    sha(i) AS doc_id, left(sha(i), 16) || '-d' || printf('%04d', k) AS deadline_id,
    left(sha(i), 16) || '-s0005' AS section_id, CASE k WHEN 0 THEN 'date' ELSE 'recurring' END AS kind,
    CASE k WHEN 0 THEN day + 10 + chance(i, 'due', 90) END AS due_date,
    CASE k WHEN 1 THEN ['FREQ=MONTHLY', 'FREQ=MONTHLY;INTERVAL=3', 'FREQ=YEARLY', 'FREQ=MONTHLY;INTERVAL=6', 'FREQ=WEEKLY'][1 + chance(i, 'rule', 5)] END AS recurrence,
    sentence AS obligation, 'các đơn vị trực thuộc' AS responsible, issuer AS report_to, 'trước ngày' AS quote,
    1800 AS char_start, 1810 AS char_end, 2 AS page_no, 0.9 AS confidence
FROM papers JOIN documents ON documents.doc_id = sha(i), range(2) t(k)
JOIN sentences ON s = chance(i, 'obligation', 5000)
ORDER BY doc_id, k;
INSERT INTO document_variants BY NAME
SELECT
    sha(i) AS doc_id, sha(i - (i % 50 = 1)::INTEGER) AS variant_group, i % 50 <> 1 AS is_best, CASE WHEN i % 50 < 2 THEN 2 ELSE 1 END AS n_variants
FROM papers ORDER BY doc_id;
INSERT INTO people BY NAME
SELECT
    known_as('p', own || '-' || signer) AS person_id, 'Người Ký ' || own || '-' || signer AS name, known_as('u', own) AS unit_id,
    1 AS n_documents
FROM places, range(4) t(signer);
INSERT INTO instrument_conflicts BY NAME
SELECT
    instrument_id, 'date' AS field, date::VARCHAR AS value, count(DISTINCT doc_id) AS n_documents, count(*) AS n_mentions,
    false AS held
FROM citations
WHERE instrument_id IN (SELECT instrument_id FROM citations GROUP BY instrument_id HAVING min(date) < max(date))
GROUP BY instrument_id, date;
INSERT INTO signatories BY NAME
SELECT
    sha(i) AS doc_id, 1 AS ordinal, known_as('p', own || '-' || chance(i, 'signer', 4)) AS person_id, 'Người Ký ' || own || '-' || chance(i, 'signer', 4) AS name, 'Phó Chủ tịch' AS position,
    ['KT', 'TM', NULL, 'TL'][1 + chance(i, 'authority', 4)] AS authority, 0.97 AS confidence
FROM papers ORDER BY doc_id;
INSERT INTO recipients BY NAME
SELECT
    sha(papers.i) AS doc_id, row_number() OVER (PARTITION BY papers.i ORDER BY below.own) AS ordinal, 'nơi nhận' AS role,
    units.name, units.unit_id, 0.95 AS confidence
FROM papers
JOIN places AS below ON below.above = papers.own
JOIN units ON units.unit_id = known_as('u', below.own)
WHERE chance(papers.i * 7 + below.own, 'told', 3) = 0
UNION ALL
SELECT sha(i), 100 + k, ['nơi nhận', 'nơi nhận', 'lưu'][k + 1], ['Như trên', 'Các phòng', 'VT'][k + 1], NULL, 0.95
FROM papers, range(3) t(k)
ORDER BY doc_id, ordinal;
INSERT INTO findings BY NAME
SELECT sha(i) AS doc_id, 'section_gap' AS kind, 'warning' AS severity, 'Thiếu mục ' || i % 9 AS message
FROM papers WHERE i % 2 = 0 ORDER BY doc_id;
