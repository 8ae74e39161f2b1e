"""Records → rows: ids, pages, enclosing sections, and confidence on scanned pages."""

from __future__ import annotations

from extractors import extract
from extractors.reading import Block, Reading
from extractors.records import Section
from pipeline.rows import PageStart, Places, block_of, extraction_rows, section_rows, sections_of, source_rows
from pipeline.sources.source import Page, SourceDocument

DOC_ID = "ab" * 32
TEXT = (
    "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;\nTheo Quyết định số 8/QĐ-UBND ngày 02/01/2024.\n"
)
SECOND = TEXT.index("\n") + 1


def rows(ocr_confidence: float | None) -> list[dict[str, object]]:
    pages = [PageStart(0, 1, None), PageStart(SECOND, 2, ocr_confidence)]
    found = extract(Reading.of(TEXT))
    return extraction_rows(DOC_ID, found, Places.of(DOC_ID, pages, found.sections))["citations"]


def test_ids_and_pages() -> None:
    first, second = rows(None)
    assert (first["citation_id"], second["citation_id"]) == (f"{DOC_ID[:20]}-c0000", f"{DOC_ID[:20]}-c0001")
    assert (first["page_no"], second["page_no"]) == (1, 2)
    assert TEXT[first["char_start"] : first["char_end"]] == first["quote"]  # type: ignore[misc]


def test_a_row_on_a_scanned_page_is_only_as_sure_as_its_ocr() -> None:
    typed, scanned = rows(None), rows(0.8)
    assert scanned[0]["confidence"] == typed[0]["confidence"]
    assert scanned[1]["confidence"] == round(typed[1]["confidence"] * 0.8, 4)  # type: ignore[operator]


def test_sections_survive_the_way_through_rows() -> None:
    sections = (
        Section(0, "body", None, None, None, None, 0, 90),
        Section(1, "body", "I", "MỤC ĐÍCH", "mục đích yêu cầu", 0, 0, 40),
        Section(2, "body", "1", "Nâng cao", None, 1, 10, 40),
    )
    assert sections_of(section_rows(DOC_ID, sections)) == sections
    places = Places.of(DOC_ID, [], sections)
    assert [places.section(at) for at in (5, 20, 60, 95)] == [
        f"{DOC_ID[:20]}-s0001",
        f"{DOC_ID[:20]}-s0002",
        f"{DOC_ID[:20]}-s0000",
        None,
    ]


def test_blocks_survive_the_way_through_rows() -> None:
    blocks = (
        Block(0, 5, 1, "line", (1.0, 2.0, 3.0, 4.0), 1, None, True, None),
        Block(6, 9, 2, "cell", None, 2, 3, None, False),
    )
    source = SourceDocument("pdf", "born_digital", "x" * 9, blocks, (Page(1, 0, 5, "text_layer"),), 1.0)
    assert tuple(block_of(row) for row in source_rows(DOC_ID, source)["blocks"]) == blocks
