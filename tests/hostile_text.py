"""How the cost of reading grows with a hostile text: ratios of CPU time, the best of three, so that a busy machine does
not count."""

from __future__ import annotations

import time
from collections.abc import Callable

_PARTS = 8
_SLACK = 2.5
_TOO_SHORT_TO_MEASURE = 0.1


def seconds(read: Callable[[str], object], text: str) -> float:
    """CPU seconds of one reading, the best of three."""
    times = []
    for _ in range(3):
        began = time.process_time()
        read(text)
        times.append(time.process_time() - began)
    return min(times)


def assert_linear(read: Callable[[str], object], text: str) -> None:
    """Eight times the text may take eight times as long, with some slack; a quadratic reader takes 64 times."""
    part, whole = seconds(read, text[: len(text) // _PARTS]), seconds(read, text)
    assert whole < _SLACK * _PARTS * part + _TOO_SHORT_TO_MEASURE, f"{part:.3f} s → {whole:.3f} s"
