"""Rules and durations in words."""

from __future__ import annotations

import pytest

from pipeline.wording import duration_in_words, recurrence_in_words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=DAILY", "hằng ngày"),
        ("FREQ=WEEKLY", "hằng tuần"),
        ("FREQ=WEEKLY;BYDAY=FR", "hằng tuần, thứ Sáu"),
        ("FREQ=MONTHLY;BYMONTHDAY=25", "hằng tháng, ngày 25"),
        ("FREQ=MONTHLY;INTERVAL=3", "hằng quý"),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", "hằng quý, ngày cuối"),
        ("FREQ=MONTHLY;INTERVAL=6", "6 tháng một lần"),
        ("FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=12", "hằng năm, ngày 12 tháng 7"),
        ("FREQ=YEARLY;INTERVAL=5", "5 năm một lần"),
        ("FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO", "FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO"),
        ("FREQ=MONTHLY;BYDAY=1MO", "FREQ=MONTHLY;BYDAY=1MO"),
        ("hằng tháng", "hằng tháng"),
    ],
)
def test_a_rule_in_words(rule: str, words: str) -> None:
    assert recurrence_in_words(rule) == words


@pytest.mark.parametrize(
    ("duration", "working_days", "words"),
    [
        ("P30D", False, "30 ngày"),
        ("P05D", True, "5 ngày làm việc"),
        ("P2W", False, "2 tuần"),
        ("P3M", False, "3 tháng"),
        ("PT24H", False, "24 giờ"),
        ("PT30M", False, "30 phút"),
        ("P1Y6M", False, "P1Y6M"),
    ],
)
def test_a_duration_in_words(duration: str, working_days: bool, words: str) -> None:
    assert duration_in_words(duration, working_days=working_days) == words
