"""A warehouse of three invented documents, for tests of what reads warehouses."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from pipeline.warehouse.tables import tables
from pipeline.warehouse.views import DERIVED, create_views, derivation

PLAN = """ỦY BAN NHÂN DÂN XÃ SUỐI BẠC
Số: 12/KH-UBND
Suối Bạc, ngày 07 tháng 3 năm 2024
KẾ HOẠCH
Vệ sinh đường làng năm 2024
Căn cứ Quyết định số 45/QĐ-UBND ngày 20/02/2024 của UBND huyện Sông Lam về vệ sinh môi trường;
Thực hiện Công văn số 88/PTNMT ngày 01/3/2024 của Phòng Tài nguyên và Môi trường, UBND xã lập kế hoạch như sau:
I. MỤC ĐÍCH
Đường làng sạch, đẹp.
II. TỔ CHỨC THỰC HIỆN
Trưởng các thôn báo cáo kết quả về UBND xã trước ngày 20/4/2024.
Công chức văn phòng tổng hợp, báo cáo định kỳ hằng quý.
Nơi nhận:
- UBND huyện (để báo cáo);
- Trưởng các thôn (thực hiện);
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lò Văn Thử"""
DECISION = """ỦY BAN NHÂN DÂN HUYỆN SÔNG LAM
Số: 45/QĐ-UBND
Sông Lam, ngày 20 tháng 02 năm 2024
QUYẾT ĐỊNH
Về vệ sinh môi trường
Căn cứ Luật Bảo vệ môi trường số 72/2020/QH14 ngày 17/11/2020;
Điều 1. Phê duyệt đợt vệ sinh môi trường.
Điều 2. Các xã báo cáo Phòng Tài nguyên và Môi trường trước ngày 30/4/2024.
Nơi nhận:
- Như trên;
- Lưu: VT.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Đinh Thị Mẫu"""
LETTER = """PHÒNG TÀI NGUYÊN VÀ MÔI TRƯỜNG
Số: 88/PTNMT
Sông Lam, ngày 01 tháng 3 năm 2024
V/v ra quân vệ sinh môi trường
Kính gửi: UBND các xã.
Căn cứ Quyết định 45/QĐ-UBND ngày 20/02/2024 của UBND huyện, Phòng đề nghị các xã ra quân trong tháng 3/2024."""

NAMES = ("ke-hoach", "quyet-dinh", "cong-van")
DOC_IDS = tuple(hashlib.sha256(name.encode()).hexdigest() for name in NAMES)
_PLAN, _DECISION, _LETTER = DOC_IDS
_ISSUERS = ("u-xa", "u-huyen", "u-phong")
_MEDIA = ("born_digital", "born_digital", "scanned")
_TEXTS = dict(zip(DOC_IDS, (PLAN, DECISION, LETTER), strict=True))


def build(path: Path) -> Path:
    """Write the warehouse and return its path."""
    with duckdb.connect(str(path)) as connection:
        for table in tables().values():
            connection.execute(table.create_statement)
        for name, rows in _rows().items():
            for row in rows:
                columns = ", ".join(f'"{column}"' for column in row)
                marks = ", ".join("?" * len(row))
                connection.execute(f"INSERT INTO {name} ({columns}) VALUES ({marks})", list(row.values()))
    return path


def build_with_views(path: Path) -> Path:
    """Write the warehouse with its derived tables, views and macros."""
    build(path)
    with duckdb.connect(str(path)) as connection:
        create_views(connection)
        for name in DERIVED:
            connection.execute(derivation(name))
    return path


def _rows() -> dict[str, list[dict[str, Any]]]:
    return {
        "units": [
            _unit("u-xa", "Ủy ban nhân dân xã Suối Bạc", "xã", "u-huyen"),
            _unit("u-huyen", "Ủy ban nhân dân huyện Sông Lam", "huyện", None),
            _unit("u-phong", "Phòng Tài nguyên và Môi trường huyện Sông Lam", "huyện", "u-huyen"),
        ],
        "documents": [
            _document(0, "kế hoạch", "12/KH-UBND", date(2024, 3, 7), "Vệ sinh đường làng năm 2024"),
            _document(1, "quyết định", "45/QĐ-UBND", date(2024, 2, 20), "Về vệ sinh môi trường"),
            _document(2, "công văn", "88/PTNMT", date(2024, 3, 1), "ra quân vệ sinh môi trường"),
        ],
        "pages": [
            {"doc_id": d, "page_no": 1, "char_start": 0, "char_end": len(_TEXTS[d]), "source": "text_layer"}
            for d in DOC_IDS
        ],
        "sections": [
            _section(_PLAN, 1, "I", "MỤC ĐÍCH", "mục đích yêu cầu"),
            _section(_PLAN, 2, "II", "TỔ CHỨC THỰC HIỆN", "tổ chức thực hiện"),
            _section(_DECISION, 1, "Điều 1", "Phê duyệt đợt vệ sinh môi trường", None),
        ],
        "instruments": [
            _instrument("i-45", "45/QĐ-UBND", "quyết định", unit="u-huyen", doc_id=_DECISION, n=2),
            _instrument("i-88", "88/PTNMT", "công văn", unit="u-phong", doc_id=_LETTER, n=1),
            _instrument("i-luat", "72/2020/QH14", "luật", unit=None, doc_id=None, n=1),
        ],
        "citations": [
            _citation(_PLAN, 1, "Quyết định số 45/QĐ-UBND ngày 20/02/2024 của UBND huyện Sông Lam", "i-45", "căn cứ"),
            _citation(
                _PLAN, 2, "Công văn số 88/PTNMT ngày 01/3/2024 của Phòng Tài nguyên và Môi trường", "i-88", "thực hiện"
            ),
            _citation(_DECISION, 1, "Luật Bảo vệ môi trường số 72/2020/QH14 ngày 17/11/2020", "i-luat", "căn cứ"),
            _citation(_LETTER, 1, "Quyết định 45/QĐ-UBND ngày 20/02/2024 của UBND huyện", "i-45", "căn cứ"),
        ],
        "deadlines": [
            _deadline(_PLAN, 1, "trước ngày 20/4/2024", "Trưởng các thôn", "UBND xã", due_date=date(2024, 4, 20)),
            _deadline(
                _PLAN, 2, "định kỳ hằng quý", "Công chức văn phòng", None, recurrence="FREQ=MONTHLY;INTERVAL=3"
            ),
            _deadline(
                _DECISION, 1, "trước ngày 30/4/2024", "Các xã", "Phòng Tài nguyên và Môi trường",
                due_date=date(2024, 4, 30),
            ),
            _deadline(_LETTER, 1, "trong tháng 3/2024", "các xã", None, due_date=date(2024, 3, 31)),
        ],
        "signatories": [
            _signatory(_PLAN, "Lò Văn Thử", "Chủ tịch", "TM", "Ủy ban nhân dân"),
            _signatory(_DECISION, "Đinh Thị Mẫu", "Phó Chủ tịch", "KT", "Chủ tịch"),
        ],
        "recipients": [
            _recipient(_PLAN, 1, "nơi nhận", "UBND huyện", "để báo cáo"),
            _recipient(_PLAN, 2, "nơi nhận", "Trưởng các thôn", "thực hiện"),
            _recipient(_PLAN, 3, "lưu", "VT", None),
            _recipient(_DECISION, 1, "nơi nhận", "Như trên", None),
            _recipient(_DECISION, 2, "lưu", "VT", None),
            _recipient(_LETTER, 1, "kính gửi", "UBND các xã", None),
        ],
        "findings": [
            {"doc_id": _LETTER, "kind": "no_signature", "severity": "warning", "message": "Không thấy chữ ký."},
        ],
        "quarantine": [
            {"source_path": "hong.pdf", "stage": "ingest", "error": "damaged", "message": "tệp bị cắt cụt"},
        ],
    }  # fmt: skip


def _unit(unit_id: str, name: str, level: str, parent: str | None) -> dict[str, Any]:
    return {"unit_id": unit_id, "name": name, "level": level, "system": "nhà nước", "parent_id": parent}


def _document(at: int, doc_type: str, ref: str, issued: date, subject: str) -> dict[str, Any]:
    number, _, symbol = ref.partition("/")
    lines = _TEXTS[DOC_IDS[at]].split("\n")
    return {
        "doc_id": DOC_IDS[at], "source_path": f"xa/{NAMES[at]}.pdf", "file_format": "pdf", "media": _MEDIA[at],
        "n_pages": 1, "text": _TEXTS[DOC_IDS[at]], "text_quality": 0.95, "doc_type": doc_type, "number": number,
        "symbol": symbol, "ref": ref, "issued_date": issued, "issued_year": issued.year, "issued_month": issued.month,
        "issued_day": issued.day, "place": lines[2].partition(",")[0], "issuer": lines[0].capitalize(),
        "issuer_unit_id": _ISSUERS[at], "subject": subject,
    }  # fmt: skip


def _span(doc_id: str, words: str) -> dict[str, Any]:
    start = _TEXTS[doc_id].index(words)
    return {"doc_id": doc_id, "char_start": start, "char_end": start + len(words)}


def _section(doc_id: str, at: int, label: str, title: str, role: str | None) -> dict[str, Any]:
    return {
        **_span(doc_id, title), "section_id": f"{doc_id[:8]}-s{at}", "level": 1, "zone": "body", "label": label,
        "title": title, "role": role,
    }  # fmt: skip


def _instrument(
    instrument_id: str, ref: str, kind: str, *, unit: str | None, doc_id: str | None, n: int
) -> dict[str, Any]:
    return {
        "instrument_id": instrument_id, "ref": ref, "instrument_type": kind, "issuer_unit_id": unit, "doc_id": doc_id,
        "n_citations": n, "n_citing_documents": n,
    }  # fmt: skip


def _citation(doc_id: str, at: int, quote: str, instrument: str, relation: str) -> dict[str, Any]:
    ref = next(word for word in quote.split() if "/" in word)
    day, month, year = quote.partition("ngày ")[2].partition(" ")[0].split("/")
    number, _, symbol = ref.partition("/")
    return {
        **_span(doc_id, quote), "citation_id": f"{doc_id[:8]}-c{at}", "instrument_id": instrument, "kind": "numbered",
        "instrument_type": " ".join(quote.split()[: 1 if quote.startswith("Luật") else 2]).lower(), "number": number,
        "symbol": symbol, "ref": ref, "date": date(int(year), int(month), int(day)), "date_year": int(year),
        "date_month": int(month), "date_day": int(day), "issuer": quote.partition(" của ")[2] or None,
        "relation": relation, "quote": quote, "confidence": 0.9,
    }  # fmt: skip


def _deadline(
    doc_id: str, at: int, quote: str, responsible: str, report_to: str | None, *, due_date: date | None = None,
    recurrence: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    kind = "recurring" if recurrence else "period" if quote.startswith("trong") else "date"
    obligation = next(line for line in _TEXTS[doc_id].split("\n") if quote in line)
    return {
        **_span(doc_id, quote), "deadline_id": f"{doc_id[:8]}-d{at}", "kind": kind, "due_date": due_date,
        "qualifier": None if recurrence else quote.partition(" ")[0], "recurrence": recurrence,
        "responsible": responsible,
        "report_to": report_to, "obligation": obligation, "quote": quote, "confidence": 0.8,
    }  # fmt: skip


def _signatory(doc_id: str, name: str, position: str, authority: str, on_behalf_of: str) -> dict[str, Any]:
    return {
        **_span(doc_id, name), "ordinal": 1, "name": name, "position": position, "authority": authority,
        "on_behalf_of": on_behalf_of, "confidence": 0.95,
    }  # fmt: skip


def _recipient(doc_id: str, ordinal: int, role: str, name: str, purpose: str | None) -> dict[str, Any]:
    return {
        **_span(doc_id, name), "ordinal": ordinal, "role": role, "name": name, "purpose": purpose,
        "refers_to_addressees": name == "Như trên", "confidence": 0.9,
    }  # fmt: skip


def texts() -> Iterable[tuple[str, str]]:
    """Name and text of each document."""
    return zip(NAMES, _TEXTS.values(), strict=True)
