"""Web pages: encodings, blocks, tables as layout and as data, what is not printed, old fonts."""

from __future__ import annotations

import base64
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from pipeline.limits import Limits
from pipeline.sources.registry import read_file
from pipeline.sources.source import SourceDocument

HEAD = """<table border="0" width="100%"><tr>
<td align="center"><p>UBND HUYỆN AN BÌNH<br><b>PHÒNG NỘI VỤ</b></p><p>Số: 17/KH-PNV</p></td>
<td align="center"><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</b>
<p><i>An Bình, ngày 05 tháng 3 năm 2021</i></p></td></tr></table>"""


def read(tmp_path: Path, page: str | bytes, name: str = "a.html") -> SourceDocument:
    path = tmp_path / name
    path.write_bytes(page.encode() if isinstance(page, str) else page)
    return read_file(path, Limits())


def test_letterhead_reads_column_by_column(tmp_path: Path) -> None:
    document = read(tmp_path, f"<html><body>{HEAD}<h2 align=center>KẾ HOẠCH</h2></body></html>")
    assert document.file_format == "html"
    assert document.text.split("\n") == [
        "UBND HUYỆN AN BÌNH", "PHÒNG NỘI VỤ", "Số: 17/KH-PNV", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "An Bình, ngày 05 tháng 3 năm 2021", "KẾ HOẠCH",
    ]  # fmt: skip
    title = document.blocks[-1]
    assert (title.bold, title.centred) == (True, True)


def test_data_table_with_merged_cells(tmp_path: Path) -> None:
    page = """<table border=1><tr><th>TT</th><th>Nhiệm vụ</th><th>Thời hạn</th></tr>
    <tr><td rowspan=2>1</td><td>Rà soát</td><td>15/3/2021</td></tr>
    <tr><td>Báo cáo</td><td>20/3/2021</td></tr></table>"""
    document = read(tmp_path, f"<html>{page}</html>")
    cells = [(document.text[b.start : b.end], b.row, b.column) for b in document.blocks]
    assert cells[3:] == [("1", 1, 1), ("Rà soát", 1, 2), ("15/3/2021", 1, 3), ("Báo cáo", 2, 2), ("20/3/2021", 2, 3)]
    assert {b.kind for b in document.blocks} == {"cell"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>một\n  hai</p>ba<div>bốn</div>", ["một hai", "ba", "bốn"]),
        ("<p>Căn cứ <b>Luật</b> số<sup>1</sup></p>", ["Căn cứ Luật số1"]),
        ("<ol type=I><li>Mục đích</li><li>Yêu cầu<ol type=a><li>rõ</li></ol></li></ol>",
         ["I. Mục đích", "II. Yêu cầu", "a) rõ"]),
        ("<ol start=3><li>ba</li><li value=7>bảy</li></ol><ul><li>gạch</li></ul>", ["3. ba", "7. bảy", "- gạch"]),
        ("<script>var x='ẩn'</script><style>p{}</style><p>hiện</p><nav>Trang chủ</nav><p hidden>ẩn</p>", ["hiện"]),
        ("<p style='display:none'>ẩn</p><span style='mso-hide:all'>ẩn</span><!-- ẩn --><p>hiện</p>", ["hiện"]),
        ("<select><option>ẩn</select><p>&nbsp;Điều&nbsp;1.&#160;Phạm vi</p>", ["Điều 1. Phạm vi"]),
        ("<pre>dòng một\n  dòng hai</pre>", ["dòng một", "dòng hai"]),
        ("<font face='.VnTime'>Céng hoµ x· héi</font> <font face='Times'>mới</font>", ["Cộng hoà xã hội mới"]),
        ("<table><tr><td>Nội dung trong bảng một cột</td></tr></table>", ["Nội dung trong bảng một cột"]),
        ("<p>thẻ <b>không đóng<p>đoạn sau</div>", ["thẻ không đóng", "đoạn sau"]),
    ],
)  # fmt: skip
def test_body(tmp_path: Path, body: str, expected: list[str]) -> None:
    assert read(tmp_path, f"<html><body>{body}</body></html>").text.split("\n") == expected


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><p>Sở Nội vụ báo cáo</p></body></html>".encode(),
        b"\xef\xbb\xbf" + "<html><p>Sở Nội vụ báo cáo</p></html>".encode(),
        "<html><p>Sở Nội vụ báo cáo</p></html>".encode("utf-16"),
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="x"><body><p>Sở Nội vụ báo cáo</p></body></html>'.encode(),
    ],
)
def test_encodings(tmp_path: Path, page: bytes) -> None:
    assert read(tmp_path, page).text == "Sở Nội vụ báo cáo"


def test_a_web_archive_called_doc(tmp_path: Path) -> None:
    page = "<html><body><p>Số: 7/BC-ABC</p><p>Báo cáo</p></body></html>".encode()
    archive = (
        b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\n'
        b'Content-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: base64\n\n'
    )
    document = read(tmp_path, archive + base64.encodebytes(page) + b"\n--x--\n", "a.doc")
    assert (document.file_format, document.text) == ("html", "Số: 7/BC-ABC\nBáo cáo")


def test_a_page_of_thousands_of_nested_tags_ends(tmp_path: Path) -> None:
    document = read(tmp_path, "<html><body><p>đầu trang</p>" + "<div>" * 5_000 + "sâu" + "</div>" * 5_000)
    assert document.text.startswith("đầu trang")


def test_a_page_fetches_nothing(tmp_path: Path) -> None:
    asked: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Server) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        page = (
            f'<!DOCTYPE html SYSTEM "{address}/d.dtd"><html><head><link rel=stylesheet href="{address}/c.css"></head>'
            f'<body><p>Nội dung công việc</p><img src="{address}/i.png"><iframe src="{address}/f"></iframe>'
        )
        assert read(tmp_path, page).text == "Nội dung công việc"
        server.shutdown()
    assert asked == []
