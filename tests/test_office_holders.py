"""Signers that a seal hides, known from other documents of the same unit and time."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.resolution.office_holders import OfficeHolders, inferred_rows, title_in

Row = dict[str, Any]

TEXT = "Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"
PLACE = {"char_start": TEXT.index("TM."), "char_end": len(TEXT)}


def _header(doc_id: str, year: int) -> Row:
    return {"doc_id": doc_id, "issued_year": year, "doc_type": "kế hoạch", "ref": f"{doc_id}/KH-UBND"}


def _signed(doc_id: str, name: str, position: str = "Chủ tịch", **told: Any) -> Row:
    return {"doc_id": doc_id, "name": name, "position": position, "authority": None, "confidence": 0.9, **told}


@pytest.mark.parametrize(
    ("signed", "expected"),
    [
        ([_signed("7", "Lò Văn Thử")], "Lò Văn Thử"),
        ([_signed("7", "Lò Văn Thử"), _signed("8", "Lò Văn Thử")], "Lò Văn Thử"),
        ([_signed("7", "Lò Văn Thử"), _signed("8", "Vi Thị Mẫu")], None),
        ([_signed("7", "Lò Văn Thử", authority="KT")], None),
        ([_signed("7", "Lò Văn Thử", "Phó Chủ tịch")], None),
        ([_signed("7", "Lò Văn Thử", "Bí thư")], None),
        ([_signed("7", "Lò Văn Thử", confidence=0.3)], None),
        ([_signed("old", "Lò Văn Thử")], None),
        ([_signed("else", "Lò Văn Thử")], None),
    ],
)
def test_the_one_holder_of_the_office_at_that_time_signed(signed: list[Row], expected: str | None) -> None:
    headers = {h["doc_id"]: h for h in map(_header, ("9", "7", "8", "old", "else"), (2024, 2023, 2025, 2019, 2024))}
    issuers = dict.fromkeys(headers, "u-xa") | {"else": "u-huyen"}
    holders = OfficeHolders(signed, headers, issuers)
    found = list(inferred_rows([{"doc_id": "9", **PLACE}], {"9": TEXT}, holders))
    assert [row["name"] for row, _ in found] == ([expected] if expected else [])
    for row, finding in found:
        assert (row["position"], row["authority"], row["on_behalf_of"]) == ("Chủ tịch", "TM", "Ủy ban nhân dân")
        assert row["confidence"] < 0.5
        assert (finding["kind"], finding["char_start"]) == ("signer_from_other_documents", PLACE["char_start"])
        assert "7/KH-UBND" in finding["message"]


@pytest.mark.parametrize(
    ("below", "inferred"),
    [("\n; 1 Mẫu", True), ("\n-\nLò Vãn Th", True), ("\n'1ô Bá Tâm", False), ("\n- PHỤ LỤC", True)],
)
def test_what_is_read_of_another_name_speaks_against_the_holder(below: str, inferred: bool) -> None:
    headers = {h["doc_id"]: h for h in map(_header, ("9", "7"), (2024, 2023))}
    holders = OfficeHolders([_signed("7", "Lò Văn Thử")], headers, dict.fromkeys(headers, "u-xa"))
    assert len(list(inferred_rows([{"doc_id": "9", **PLACE}], {"9": TEXT + below}, holders))) == inferred


@pytest.mark.parametrize(
    "text", ["KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "PHÓ GIÁM ĐỐC", "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG", "Nơi nhận"]
)
def test_one_who_signs_for_another_is_not_inferred(text: str) -> None:
    assert title_in(text) is None
