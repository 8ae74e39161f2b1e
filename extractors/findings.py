from __future__ import annotations

from extractors.reading import Reading
from extractors.records import Extraction


def check_document(reading: Reading, found: Extraction) -> Extraction:
    return found
