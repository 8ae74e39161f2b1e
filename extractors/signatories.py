from __future__ import annotations

from extractors.context import Context, Found
from extractors.reading import Reading
from extractors.records import Signatory


def find_signatories(reading: Reading, context: Context | None = None) -> Found[Signatory]:
    return Found(())
