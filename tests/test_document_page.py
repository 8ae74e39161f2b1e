"""vanban show: the page holds every place, runs no foreign script, and shows the pages where the file is at hand."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest
from lxml import html

from pipeline.cli import call
from pipeline.document_page.choosing import choose_document
from pipeline.document_page.contents import Mark, PlacedBlock, ShownDocument, ShownPage, read_document
from pipeline.document_page.page import document_page
from pipeline.errors import UsageError
from pipeline.warehouse.opening import open_warehouse
from tests import small_warehouse

PLAN, DECISION, LETTER = small_warehouse.DOC_IDS


@pytest.fixture
def db(small: Path) -> Path:
    return small


def shown(text: str, *marks: Mark, blocks: tuple[PlacedBlock, ...] = (), pages: tuple[ShownPage, ...] = ()) -> str:
    document = ShownDocument("0" * 64, "a.txt", "Thử", text, (), 0.5, (), blocks, pages, marks)
    return document_page(document, {1: "data:image/webp;base64,AAAA"} if pages else {})


def mark(mark_id: str, kind: str, start: int, end: int, title: str = "mục", **more: object) -> Mark:
    return Mark(mark_id, kind, start, end, title, (("Trường", "giá trị"),), **more)  # type: ignore[arg-type]


def test_every_row_of_the_warehouse_is_marked_at_its_words(db: Path) -> None:
    with open_warehouse(db) as connection:
        for doc_id in small_warehouse.DOC_IDS:
            page = html.fromstring(document_page(read_document(connection, doc_id), {}))
            for table in ("citations", "deadlines", "signatories", "recipients"):
                wanted = connection.execute(
                    f"""SELECT substr(text, char_start + 1, char_end - char_start)
                    FROM {table} JOIN documents USING (doc_id) WHERE doc_id = ? ORDER BY char_start""",
                    [doc_id],
                ).fetchall()
                letter = table[0]
                ids = dict.fromkeys(
                    m for p in page.cssselect("[data-m]") for m in p.get("data-m").split() if m[0] == letter
                )
                words = ["".join(p.text_content() for p in page.cssselect(f'[data-m~="{i}"]')) for i in ids]
                assert words == [quote for (quote,) in wanted]
            text = "\n".join(line.text_content() for line in page.cssselect("#text .line")).replace("\xa0", "")
            assert text == connection.execute("SELECT text FROM documents WHERE doc_id = ?", [doc_id]).fetchall()[0][0]


def test_overlapping_marks_share_their_words() -> None:
    page = html.fromstring(shown("abcdefgh\nij", mark("c0", "citation", 0, 5), mark("f0", "finding", 3, 10)))
    pieces = [(p.get("data-m"), p.text_content()) for p in page.cssselect("span[data-m]")]
    assert pieces == [("c0", "abc"), ("c0 f0", "de"), ("f0", "fgh"), ("f0", "i")]
    assert [p.get("tabindex") for p in page.cssselect("span[data-m]")] == ["0", "0", None, None]


EVIL = '<script>alert(1)</script><img src=x onerror="alert(2)">\'"&amp;${title} $script'


def test_nothing_of_a_document_becomes_markup() -> None:
    page_source = shown(EVIL, mark("c0", "citation", 0, 20, EVIL), mark("f0", "finding", 10, len(EVIL), EVIL))
    page = html.fromstring(page_source)
    assert len(page.cssselect("script")) == 1
    assert page.cssselect("img") == []
    assert page.cssselect("#text .line")[0].text_content() == EVIL
    handlers = [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    assert handlers == []
    policy = page.cssselect('meta[http-equiv="Content-Security-Policy"]')[0].get("content")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_page_asks_nothing_of_the_network() -> None:
    page_source = shown("a", mark("c0", "citation", 0, 1))
    assert re.findall(r"""(?:src|href)=["'](?!#|data:)|url\(|@import|https?://""", page_source) == []


def test_doubtful_rows_are_told_apart_and_reviewed_ones_are_sure() -> None:
    page = html.fromstring(
        shown(
            "abcdef",
            mark("c0", "citation", 0, 1, confidence=0.89),
            mark("c1", "citation", 2, 3, confidence=0.95),
            mark("c2", "citation", 4, 5, confidence=0.5, reviewed=True),
        )
    )
    assert [item.get("data-of") for item in page.cssselect("[data-doubtful]")] == ["c0"]
    assert "Đã có người soát" in page.cssselect("#i-c2")[0].text_content()


def test_a_mark_stands_on_its_share_of_the_line_in_the_picture() -> None:
    blocks = (
        PlacedBlock(0, 10, 1, (100.0, 50.0, 200.0, 60.0), 0, None, False, False),
        PlacedBlock(11, 21, 1, (100.0, 70.0, 200.0, 80.0), 0, None, False, False),
    )
    page_source = shown(
        "0123456789\n0123456789",
        mark("c0", "citation", 5, 13),
        blocks=blocks,
        pages=(ShownPage(1, (300.0, 400.0), False),),
    )
    rects = [
        tuple(float(rect.get(name)) for name in ("x", "y", "width", "height"))
        for rect in html.fromstring(page_source).cssselect("rect")
    ]
    assert rects == [(149.0, 49.0, 52.0, 12.0), (99.0, 69.0, 22.0, 12.0)]


@pytest.mark.parametrize(
    ("name", "doc_id"),
    [
        ("xa/ke-hoach.pdf", PLAN),
        ("ke-hoach.pdf", PLAN),
        ("quyet-dinh", DECISION),
        (LETTER, LETTER),
        (LETTER[:8], LETTER),
        ("45/QĐ-UBND", DECISION),
        ("45 / qđ-ubnd", DECISION),
    ],
)
def test_a_document_is_named_by_path_id_or_ref(db: Path, name: str, doc_id: str) -> None:
    with open_warehouse(db) as connection:
        assert choose_document(connection, name) == doc_id


@pytest.mark.parametrize(
    ("name", "told"), [("xa/", "3 documents fit"), ("99/QĐ-X", "no document fits"), (__file__, "not in")]
)
def test_a_name_that_fits_none_or_many_is_refused(db: Path, name: str, told: str) -> None:
    with open_warehouse(db) as connection, pytest.raises(UsageError, match=told):
        choose_document(connection, name)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of one PDF with pages."""
    from pipeline import run

    folder = tmp_path_factory.mktemp("mau")
    (folder / "raw").mkdir()
    shutil.copy(Path(__file__).parent.parent / "data" / "raw" / "mau" / "mau07.pdf", folder / "raw")
    run(folder / "raw", folder / "out", workers=1)
    return folder


def show(sample: Path, *words: str) -> str:
    target = sample / "page.html"
    raw, db = str(sample / "raw"), str(sample / "out" / "vanban.duckdb")
    command = ["show", "mau07.pdf", "-o", str(target), "--db", db, "--raw", raw, *words]
    assert call(*command) == 0
    return target.read_text(encoding="utf-8")


def test_pages_are_shown_with_boxes_within_the_budget(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = html.fromstring(show(sample))
    assert len(page.cssselect("figure image")) == 2
    assert page.cssselect("figure rect.citation")
    assert page.cssselect("figure image")[0].get("href").startswith("data:image/webp;base64,")
    assert html.fromstring(show(sample, "--pictures", "0")).cssselect("figure") == []
    capsys.readouterr()
    assert "Không có ảnh trang" in show(sample, "--raw", str(sample / "nowhere"))
    assert "không thấy tệp gốc" in capsys.readouterr().out


@pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed")
def test_the_page_runs_in_a_browser_under_its_own_policy(sample: Path, tmp_path: Path) -> None:
    show(sample)
    told = subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}", "--dump-dom",
         (sample / "page.html").as_uri()],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert html.fromstring(told.stdout).get("data-ready") == ""


def test_a_warehouse_without_pages_or_views_is_enough(tmp_path: Path) -> None:
    db = small_warehouse.build(tmp_path / "vanban.duckdb")
    with duckdb.connect(str(db), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM blocks").fetchall() == [(0,)]
    target = tmp_path / "x.html"
    assert call("show", "88/PTNMT", "-o", str(target), "--db", str(db)) == 0
    assert "ra quân vệ sinh môi trường" in target.read_text(encoding="utf-8")
