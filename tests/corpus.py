"""Where the real documents stand, when they are there: in a folder beside the project, for tests only."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
CORPUS = SHARED / "corpus"
DOCUMENTS = CORPUS / "documents"
ANSWERS = CORPUS / "gold"
LEGAL_SENTENCES = CORPUS / "vnlegaltext-val.jsonl"
GAZETTE = CORPUS / "congbao-80.jsonl"
SCORER = SHARED / "eval" / "score.py"


def skip_without(path: Path) -> None:
    """Skip the calling test when `path` is not there."""
    if not path.exists():
        pytest.skip(f"the real documents ({path.name} in ../shared) are not beside this checkout")
