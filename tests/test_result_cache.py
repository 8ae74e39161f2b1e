"""What was worked out once is kept for one version of the code; a broken cache only costs time."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from pipeline.result_cache import ResultCache, code_version

RESULT = {
    "citations": [{"ref": "12/QĐ-UBND", "date": date(2024, 5, 6), "number": None, "confidence": 0.5}],
    "digital_signatures": [{"signed_at": datetime(2024, 5, 6, 7, 8, 9)}],
}


def test_round_trip_and_versions(tmp_path: Path) -> None:
    path = tmp_path / "a" / "cache.sqlite"
    cache = ResultCache(path, "1")
    cache.put("k", RESULT)
    cache.close(drop_other_versions=True)
    kept = ResultCache(path, "1")
    assert kept.get("k") == RESULT
    assert (kept.holds("k"), kept.holds("x")) == (True, False)
    newer = ResultCache(path, "2")
    assert newer.get("k") is None
    newer.close(drop_other_versions=True)
    assert ResultCache(path, "1").get("k") is None


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_a_broken_cache_is_only_a_lost_cache(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cache.sqlite"
    path.write_bytes(content)
    cache = ResultCache(path, "1")
    cache.put("k", RESULT)
    assert cache.get("k") in (None, RESULT)
    cache.close(drop_other_versions=True)


def test_code_version_tells_code_from_code() -> None:
    assert code_version(("extractors.reading",)) != code_version(("extractors.records",))
    assert code_version(("extractors",)) == code_version(("extractors",))
    assert code_version(("extractors.grammar.header",)) != code_version(("extractors.grammar.positions",))
    assert code_version(("extractors",), ("a",)) != code_version(("extractors",), ("b",))
