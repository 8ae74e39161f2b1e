from __future__ import annotations

from extractors.context import Found
from extractors.reading import Reading
from extractors.records import Section


def segment_reading(reading: Reading) -> Found[Section]:
    return Found(())
