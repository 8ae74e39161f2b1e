"""Deadlines, held to a table of invented sentences, to properties and to the clock."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import extract_deadlines
from extractors.context import Context
from extractors.deadlines import find_deadlines
from extractors.deadlines.obligations import actor_after, actor_before, cue, lone_actor, receiver
from extractors.deadlines.time_words import find_time_words
from extractors.deadlines.working_days import end_of_term
from extractors.grammar import table
from extractors.outline import segment_reading
from extractors.reading import Block, Reading, normalise
from extractors.records import Deadline, Finding, Header
from extractors.text.sentences import first_sentence, sentences
from tests.hostile_text import assert_linear, seconds

DEADLINES = Path(__file__).with_name("tables") / "deadlines.txt"
ISSUED = date(2024, 3, 5)


def context(reading: Reading, doc_type: str, issued: date | None = ISSUED) -> Context:
    header = Header(doc_type=doc_type)
    if issued is not None:
        header = Header(
            doc_type=doc_type,
            issued_date=issued,
            issued_year=issued.year,
            issued_month=issued.month,
            issued_day=issued.day,
        )
    return Context(header, segment_reading(reading).records)


def deadlines(text: str, doc_type: str = "công văn", issued: date | None = ISSUED) -> tuple[Deadline, ...]:
    reading = Reading.of(normalise(text)[0])
    return find_deadlines(reading, context(reading, doc_type, issued)).records


def findings(text: str) -> tuple[Finding, ...]:
    reading = Reading.of(normalise(text)[0])
    return find_deadlines(reading, context(reading, "công văn")).findings


def shown(row: Deadline) -> str:
    fields = {
        "quote": row.quote,
        "kind": row.kind,
        "due": row.due_date,
        "time": row.due_time,
        "by": row.qualifier,
        "every": row.recurrence,
        "within": row.duration,
        "working": row.working_days or None,
        "counted": row.counted_due_date,
        "who": row.responsible,
        "to": row.report_to,
    }
    return " | ".join(f"{name}={value}" for name, value in fields.items() if value is not None)


def rows() -> list[tuple[str, str, list[str]]]:
    lines = DEADLINES.read_text(encoding="utf-8").split("\n\n", 1)[1].splitlines()
    cases: list[tuple[str, str, list[str]]] = []
    for line in lines:
        if line.startswith("  => "):
            cases[-1][2].append(line.removeprefix("  => "))
            continue
        typed = re.match(r"\[([^\]]+)\] (.*)", line)
        doc_type, text = (typed[1], typed[2]) if typed else ("công văn", line)
        cases.append((doc_type, text.replace("\\n", "\n"), []))
    return cases


@pytest.mark.parametrize(
    ("doc_type", "text", "expected"), rows(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_deadline(doc_type: str, text: str, expected: list[str]) -> None:
    assert [shown(row) for row in deadlines(text, doc_type)] == expected


def test_there_are_sentences_enough() -> None:
    assert len(rows()) >= 80
    assert sum(not expected for *_, expected in rows()) >= 30


def test_a_year_left_out_is_the_documents() -> None:
    sure, next_year = deadlines("Các phòng báo cáo trước ngày 25/11."), deadlines("Các phòng báo cáo trước ngày 10/01.")
    assert (sure[0].due_date, next_year[0].due_date) == (date(2024, 11, 25), date(2025, 1, 10))
    assert next_year[0].confidence < sure[0].confidence
    assert deadlines("Các phòng báo cáo trước ngày 25/11.", issued=None)[0].due_date is None


def test_an_impossible_date_is_kept_and_pointed_out() -> None:
    text = "Các phòng báo cáo trước ngày 31/02/2024."
    assert [(row.quote, row.due_date) for row in deadlines(text)] == [("trước ngày 31/02/2024", None)]
    assert [finding.kind for finding in findings(text)] == ["impossible_date"]


def table_of(rows: list[list[str]]) -> Reading:
    text, blocks = "", []
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            blocks.append(Block(len(text), len(text) + len(cell), 1, "cell", row=i, column=j + 1))
            text += cell + "\n"
    return Reading.of(text, blocks)


PLAN = [
    ["STT", "Nội dung công việc", "Đơn vị chủ trì", "Thời gian hoàn thành"],
    ["1", "Rà soát văn bản", "Phòng Pháp chế", "Tháng 3/2024"],
    ["2", "Báo cáo kết quả về Sở Mẫu", "Văn phòng", "Trước 30/6/2024"],
    ["3", "Tuyên truyền", "Các phòng", "Thường xuyên"],
    ["4", "Tổng kết", "", "Tháng 11 - 12/2024"],
    ["5", "Giao ban", "Văn phòng", "Hằng tháng"],
]


def test_plan_table_gives_a_deadline_a_row() -> None:
    found = find_deadlines(table_of(PLAN)).records
    assert [(d.quote, d.due_date, d.recurrence, d.responsible, d.report_to, d.obligation) for d in found] == [
        ("Tháng 3/2024", date(2024, 3, 31), None, "Phòng Pháp chế", None, "Rà soát văn bản"),
        ("Trước 30/6/2024", date(2024, 6, 30), None, "Văn phòng", "Sở Mẫu", "Báo cáo kết quả về Sở Mẫu"),
        ("Tháng 11 - 12/2024", date(2024, 12, 31), None, None, None, "Tổng kết"),
        ("Hằng tháng", None, "FREQ=MONTHLY", "Văn phòng", None, "Giao ban"),
    ]


def test_programme_of_an_event_gives_none() -> None:
    rows = [["Thời gian", "Nội dung", "Địa điểm"], ["Ngày 03/4/2024", "Khai mạc", "Hội trường A"]]
    assert find_deadlines(table_of(rows)).records == ()


@pytest.mark.parametrize("row", table("deadlines")["columns"], ids=lambda row: row["column"])
def test_column_headings_hold_to_their_examples(row: dict[str, list[str]]) -> None:
    pattern = regex.compile(str(row["words"]), regex.I)
    assert all(pattern.match(example) for example in row["examples"])
    assert not any(pattern.match(example) for example in row["not"])


def test_obligation_is_the_sentence() -> None:
    text = "Sở Mẫu rà soát. Các phòng gửi báo cáo trước ngày 05/4/2024. Văn phòng tổng hợp."
    assert deadlines(text)[0].obligation == "Các phòng gửi báo cáo trước ngày 05/4/2024."


def test_zones_that_ask_nothing_are_silent() -> None:
    text = "Nơi nhận:\n- Sở Mẫu (báo cáo trước ngày 05/4/2024);\n- Lưu: VT.\nGIÁM ĐỐC\nLê Văn Mẫu"
    assert deadlines("Các phòng rà soát.\n" + text) == ()


def test_works_on_bare_text() -> None:
    found = extract_deadlines("Đề nghị các phòng gửi báo cáo về Văn phòng trước ngày 05/4/2024.")
    assert [(row.due_date, row.responsible, row.report_to) for row in found] == [
        (date(2024, 4, 5), "các phòng", "Văn phòng")
    ]
    assert find_deadlines(Reading.of("Các phòng nộp hồ sơ trước ngày 05/4/2024.")).records[0].due_date == date(
        2024, 4, 5
    )


@pytest.mark.parametrize(
    ("duration", "working", "runs_from", "expected"),
    [
        ("P5D", True, "ngày 25/4/2024", date(2024, 5, 7)),
        ("P5D", False, "ngày 25/4/2024", date(2024, 4, 30)),
        ("P1M", False, "ngày 31/01/2024", date(2024, 2, 29)),
        ("P2W", False, "ngày 01/3/2024", date(2024, 3, 15)),
        ("P1Y", False, "ngày 29/02/2024", date(2025, 2, 28)),
        ("P10D", False, "ngày ký", date(2024, 3, 15)),
        ("P10D", False, "ngày ký ban hành Quyết định này", date(2024, 3, 15)),
        ("P10D", False, "ngày nhận được hồ sơ", None),
        ("PT24H", False, "ngày ký", None),
    ],
)
def test_end_of_term(duration: str, working: bool, runs_from: str, expected: date | None) -> None:
    assert end_of_term(duration, working, runs_from, ISSUED) == expected


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Giao Sở Mẫu chủ trì, phối hợp với Sở Thử và các đơn vị liên quan rà soát, ", "Sở Mẫu"),
        ("Phòng Tổ chức - Hành chính lập danh sách ", "Phòng Tổ chức - Hành chính"),
        ("Ban Chỉ đạo huyện kiểm tra, các xã báo cáo ", "các xã"),
        ("Hiệu trưởng có trách nhiệm gửi hồ sơ ", "Hiệu trưởng"),
        ("Cuộc vận động “Hội viên, đoàn viên thi đua làm theo” được phát động ", None),
        ("Việc báo cáo thực hiện ", None),
    ],
)
def test_actor_before(text: str, actor: str | None) -> None:
    assert actor_before(text) == actor


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        (", các xã hoàn thành việc thanh lý", "các xã"),
        (": Ban Biên tập tổng hợp, báo cáo", "Ban Biên tập"),
        (", Ủy ban nhân dân tỉnh, thành phố xem xét", "Ủy ban nhân dân tỉnh, thành phố"),
        (" để tổng hợp.", None),
    ],
)
def test_actor_after(text: str, actor: str | None) -> None:
    assert actor_after(text) == actor


@pytest.mark.parametrize(
    ("title", "actor"),
    [
        ("Phòng Tài chính", "Phòng Tài chính"),
        ("Cục Thuế tỉnh: Theo dõi", "Cục Thuế tỉnh"),
        ("PHÒNG ĐÀO TẠO", "PHÒNG ĐÀO TẠO"),
        ("PHƯƠNG ÁN TRIỂN KHAI", None),
        ("Rà soát hồ sơ", None),
    ],
)
def test_heading_that_is_an_actor(title: str, actor: str | None) -> None:
    assert lone_actor(title) == actor


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("gửi báo cáo về Sở Mẫu ", " để tổng hợp", "Sở Mẫu"),
        ("báo cáo Ủy ban nhân dân tỉnh ", "", "Ủy ban nhân dân tỉnh"),
        ("", ", các xã gửi số liệu cho Chi cục Thống kê để tổng hợp", "Chi cục Thống kê"),
        ("hoàn thành công trình ", "", None),
        (
            "gửi Ủy ban nhân dân tỉnh, thành phố trực thuộc trung ương báo cáo ",
            "",
            "Ủy ban nhân dân tỉnh, thành phố trực thuộc trung ương",
        ),
    ],
)
def test_receiver(before: str, after: str, expected: str | None) -> None:
    assert receiver(before, after) == expected


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Rà soát hồ sơ. Báo cáo kết quả.", "Rà soát hồ sơ"),
        ("Họp tại TP. Mẫu với PGS.TS. Thử. Kết thúc.", "Họp tại TP. Mẫu với PGS.TS. Thử"),
        ("Đúng quy định./.", "Đúng quy định"),
        ("Theo mẫu ABC-02. Phòng tổng hợp.", "Theo mẫu ABC-02"),
        ("Còn nhiều việc...", "Còn nhiều việc..."),
        ("", ""),
    ],
)
def test_first_sentence(text: str, first: str) -> None:
    assert first_sentence(text) == first


@given(st.text(alphabet="aB .…?!\n“”TP1", max_size=80))
def test_sentences_cover_all_words(text: str) -> None:
    spans = list(sentences(text))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    left = "".join(c for i, c in enumerate(text) if not any(start <= i < end for start, end in spans))
    assert not left.strip()


WORDS = st.sampled_from(
    [
        "Các phòng",
        "gửi báo cáo",
        "về Sở Mẫu",
        "trước ngày 15/7/2024",
        "trong quý II/2024",
        "định kỳ 6 tháng, năm",
        "hằng tháng",
        "từ ngày 10 đến 15 hàng tháng",
        "trong thời hạn 05 ngày làm việc kể từ ngày ký",
        "ngày 31/02/2024",
        "(trước ngày 15/6)",
        "cuối tháng",
        "Thời gian hoàn thành:",
        "hoàn thành",
        ".",
        ";",
        ",",
        "\n",
        "1.",
        "“",
        ")",
    ]
)
SENTENCES = st.lists(WORDS, max_size=20).map(" ".join)


@given(SENTENCES | st.text(max_size=150))
@settings(max_examples=300, deadline=None)
def test_spans_hold_and_nothing_raises(text: str) -> None:
    normal = normalise(text)[0]
    found = deadlines(normal)
    assert [row.start for row in found] == sorted(row.start for row in found)
    for row in found:
        assert 0 <= row.start < row.end <= len(normal)
        assert row.quote == " ".join(normal[row.start : row.end].split())
        assert 0 <= row.confidence <= 1
    extract_deadlines(text)


@given(SENTENCES)
@settings(max_examples=100, deadline=None)
def test_decomposed_text_reads_the_same(text: str) -> None:
    def fields(found: list[Deadline]) -> list[tuple[object, ...]]:
        return [(row.quote, row.due_date, row.recurrence, row.responsible, row.report_to) for row in found]

    assert fields(extract_deadlines(unicodedata.normalize("NFD", text))) == fields(extract_deadlines(text))


@pytest.mark.parametrize("name", ["qualifiers", "asks", "asks_firmly", "not_a_term", "event_labels", "task_labels"])
def test_cues_hold_to_their_examples(name: str) -> None:
    for row in table("deadlines")[name]:
        pattern = regex.compile(rf"(?<!\p{{L}})(?:{row['words']})(?!\p{{L}})", regex.I)
        assert all(pattern.search(example) for example in row["examples"])
        assert not any(pattern.search(example) for example in row.get("not", []))


@pytest.mark.parametrize("name", ["actors", "actor_verbs", "receivers", "after_receiver"])
def test_words_hold_to_their_examples(name: str) -> None:
    for row in table("deadlines")[name]:
        assert all(regex.search(row["words"], f"{example} ") for example in row["examples"])


PLANS_IN_TEXT = {
    "a cell a line": (
        "TIẾN ĐỘ\nTT\nNội dung công việc\nThời gian hoàn thành\nĐơn vị chủ trì\n1\nXây dựng kế hoạch\nTháng 9/2024\n"
        "Văn phòng\n2\nTổ chức kiểm tra\nTrước ngày 15/10/2024\nPhòng Nội vụ\nIV. TỔ CHỨC THỰC HIỆN\n"
    ),
    "bars": (
        "| STT | Nội dung | Thời gian thực hiện | Người thực hiện |\n| --- | --- | --- | --- |\n"
        "| 1 | Xây dựng kế hoạch | Tháng 9/2024 | Văn phòng |\n"
        "| 2 | Tổ chức kiểm tra | Trước ngày 15/10/2024 | Phòng Nội vụ |\n"
    ),
}


@pytest.mark.parametrize("text", PLANS_IN_TEXT.values(), ids=PLANS_IN_TEXT)
def test_plans_in_bare_text(text: str) -> None:
    assert [(row.quote, row.due_date, row.responsible, row.obligation) for row in deadlines(text, "kế hoạch")] == [
        ("Tháng 9/2024", date(2024, 9, 30), "Văn phòng", "Xây dựng kế hoạch"),
        ("Trước ngày 15/10/2024", date(2024, 10, 15), "Phòng Nội vụ", "Tổ chức kiểm tra"),
    ]


def test_a_list_of_people_is_no_plan() -> None:
    assert deadlines("TT\nHọ và tên\nNgày sinh\nĐơn vị\n1\nNguyễn Văn An\n15/10/1990\nPhòng Nội vụ\n", "kế hoạch") == ()


HOSTILE = [
    "STT\nNội dung\nThời gian\n1\n" * 4_000,
    "| a | b | c |\n" * 7_000,
    "trước ngày " * 9_000,
    "từ ngày 1 đến " * 7_000,
    "định kỳ 6 tháng (" * 6_000,
    "trong thời hạn 05 ngày kể từ ngày " * 3_000,
    "hằng năm, " * 10_000,
    "gửi Sở " * 14_000,
    "báo cáo về Sở Mẫu, " * 5_000,
    "1" * 100_000,
    "( " * 50_000,
    "Các phòng, " * 9_000,
    "phối hợp với các phòng, " * 4_000,
    "ngày 01, " * 11_000,
    "trước ngày 15/7/2024 báo cáo " * 3_400,
    "A" * 100_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("name", ["asks", "asks_firmly", "not_a_term", "event_labels", "task_labels"])
def test_every_cue_is_fast_on_hostile_text(name: str, text: str) -> None:
    pattern = cue(name)
    assert seconds(pattern.search, text[:2000]) < 0.1


@pytest.mark.parametrize("text", [h[:20_000] for h in HOSTILE], ids=range(len(HOSTILE)))
def test_time_words_of_hostile_text_in_linear_time(text: str) -> None:
    assert_linear(lambda part: list(find_time_words(part)), text)


@pytest.mark.parametrize("text", [h[:20_000] for h in HOSTILE], ids=range(len(HOSTILE)))
def test_deadlines_of_hostile_text(text: str) -> None:
    assert_linear(deadlines, text)
