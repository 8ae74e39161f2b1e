"""One row a signer within a unit."""

from __future__ import annotations

from datetime import date

from pipeline.resolution.people import People


def test_a_person_over_time() -> None:
    people = People()
    first = people.person_id("Lò Văn Thử", "u1", doc_id="a", signed=date(2019, 3, 1), position="Phó Chủ tịch")
    again = people.person_id("LÒ VĂN THỬ", "u1", doc_id="b", signed=date(2022, 3, 1), position="Chủ tịch")
    twice = people.person_id("Lò Văn Thử", "u1", doc_id="b", signed=date(2022, 3, 1), position="Chủ tịch")
    other = people.person_id("Lò Văn Thử", "u2", doc_id="c")
    assert first == again == twice != other
    rows = {row["person_id"]: row for row in people.rows()}
    assert rows[first] == {
        "person_id": first, "name": "Lò Văn Thử", "unit_id": "u1", "first_signed": date(2019, 3, 1),
        "last_signed": date(2022, 3, 1), "n_documents": 2, "positions": ["Phó Chủ tịch", "Chủ tịch"],
    }  # fmt: skip
    assert (rows[other]["first_signed"], rows[other]["positions"]) == (None, [])


def test_without_an_issuer_nobody_is_known_twice() -> None:
    people = People()
    assert people.person_id("Lò Văn Thử", None, doc_id="a") != people.person_id("Lò Văn Thử", None, doc_id="b")
    assert people.person_id("Lò Văn Thử", None, doc_id="a") == people.person_id("Lò Văn Thử", None, doc_id="a")
