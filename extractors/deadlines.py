from __future__ import annotations

from extractors.context import Context, Found
from extractors.reading import Reading
from extractors.records import Deadline


def find_deadlines(reading: Reading, context: Context | None = None) -> Found[Deadline]:
    return Found(())
