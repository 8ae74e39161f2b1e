"""Terms that a sample document sets, each with its answer."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pipeline.sample.phrase import Answer, Phrase, joined

_HALF_YEARLY = "FREQ=MONTHLY;INTERVAL=6"


@dataclass(frozen=True, slots=True)
class Duty:
    """Who owes something, and to whom it is reported; None where the sentence does not say."""

    responsible: str | None
    report_to: str | None


def term(random: Random, issued: date, duty: Duty) -> Phrase:
    """Time words of any kind that come due after `issued`."""
    kind = random.choices(_TERMS, weights=_WEIGHTS)[0]
    return kind(random, issued, duty)


def single_day(random: Random, issued: date, duty: Duty) -> Phrase:
    """`trước ngày 15/5/2022`, `chậm nhất ngày 25/11`, `trước 16 giờ 00 ngày 10/8/2020` …"""
    due = issued + timedelta(days=random.randrange(4, 120))
    written = f"{due.day:02d}/{due.month}/{due.year}" if due.month > 2 else f"{due.day:02d}/{due.month:02d}/{due.year}"
    form = random.randrange(10)
    if form <= 2:
        quote, qualifier = f"trước ngày {written}", "trước"
    elif form == 3:
        quote, qualifier = f"chậm nhất {random.choice(('', 'là '))}ngày {written}", "chậm nhất"
    elif form == 4:
        quote, qualifier = f"đến hết ngày {written}", "đến hết"
    elif form == 5:
        month = f"{due.month:02d}" if due.month <= 2 else str(due.month)
        quote, qualifier = f"trước ngày {due.day:02d} tháng {month} năm {due.year}", "trước"
    elif form == 6:
        quote, qualifier = f"trước {random.randrange(9, 18):02d} giờ 00 ngày {written}", "trước"
    elif form == 7:
        quote, qualifier = f"trong ngày {written}", "trong"
    elif form == 8:
        quote, qualifier = f"chậm nhất đến hết ngày {written}", "chậm nhất"
    else:
        in_year = due.year == issued.year
        quote, qualifier = f"trước ngày {due.day:02d}/{due.month}" + ("" if in_year else f"/{due.year}"), "trước"
    return _phrase(quote, "date", duty, due=due, qualifier=qualifier)


def within_period(random: Random, issued: date, duty: Duty) -> Phrase:
    """`trong tháng 6/2022`, `trong quý II năm 2024`."""
    month = issued + timedelta(days=random.randrange(32, 150))
    if random.random() < 0.2 and month.year == issued.year:
        due = month.replace(day=monthrange(month.year, month.month)[1])
        return _phrase(f"trong tháng {month.month}", "period", duty, due=due, qualifier="trong")
    if random.random() < 0.6:
        due = month.replace(day=monthrange(month.year, month.month)[1])
        between = random.choice(("/", " năm "))
        number = f"{month.month:02d}" if month.month <= 2 else str(month.month)
        return _phrase(f"trong tháng {number}{between}{month.year}", "period", duty, due=due, qualifier="trong")
    quarter = (month.month - 1) // 3 + 1
    due = date(month.year, quarter * 3, monthrange(month.year, quarter * 3)[1])
    quote = f"trong quý {('I', 'II', 'III', 'IV')[quarter - 1]}{random.choice(('/', ' năm '))}{month.year}"
    return _phrase(quote, "period", duty, due=due, qualifier="trong")


def from_to(random: Random, issued: date, duty: Duty) -> Phrase:
    """`từ ngày 05/6/2023 đến ngày 14/6/2023`."""
    begin = issued + timedelta(days=random.randrange(5, 60))
    due = begin + timedelta(days=random.randrange(5, 40))
    quote = f"từ ngày {begin.day:02d}/{begin.month:02d}/{begin.year} đến ngày {due.day:02d}/{due.month:02d}/{due.year}"
    return _phrase(quote, "period", duty, due=due, qualifier="từ…đến")


def recurring(random: Random, _issued: date, duty: Duty) -> Phrase:
    """`định kỳ 6 tháng, năm`, `trước ngày 25 hằng tháng` …"""
    day, month = random.randrange(10, 29), random.randrange(3, 13)
    quote, rule, qualifier = random.choice(
        (
            ("định kỳ 6 tháng, năm", _HALF_YEARLY, None),
            ("định kỳ 6 tháng", _HALF_YEARLY, None),
            ("định kỳ hằng quý", "FREQ=MONTHLY;INTERVAL=3", None),
            ("định kỳ hằng tháng", "FREQ=MONTHLY", None),
            ("hằng năm", "FREQ=YEARLY", None),
            ("hằng tuần", "FREQ=WEEKLY", None),
            ("hàng quý", "FREQ=MONTHLY;INTERVAL=3", None),
            (f"trước ngày {day}/{month} hằng năm", f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}", "trước"),
            (f"trước ngày {day} tháng {month} hàng năm", f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}", "trước"),
            (f"trước ngày {day} hằng tháng", f"FREQ=MONTHLY;BYMONTHDAY={day}", "trước"),
        )
    )
    return _phrase(quote, "recurring", duty, qualifier=qualifier, recurrence=rule)


def relative(random: Random, _issued: date, duty: Duty) -> Phrase:
    """`trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản này`."""
    days, working = random.choice((3, 5, 7, 10, 15, 20, 30)), random.random() < 0.6
    unit = "ngày làm việc" if working else "ngày"
    head, qualifier = random.choice(
        (("trong thời hạn", "trong"), ("trong vòng", "trong"), ("chậm nhất", "chậm nhất"), ("trong", "trong"))
    )
    comma = "," if random.random() < 0.4 else ""
    event = random.choice(("nhận được văn bản", "nhận đủ hồ sơ", "kết thúc đợt kiểm tra", "ký"))
    quote = f"{head} {days:02d} {unit}{comma} kể từ ngày {event}"
    phrase = _phrase(quote, "relative", duty, qualifier=qualifier, duration=f"P{days}D")
    phrase.deadlines[0]["working_days"] = working
    return phrase


def bare_month(random: Random, issued: date, duty: Duty) -> Phrase:
    """`tháng 3 năm 2025` beside a task: a period without a qualifier."""
    month = issued + timedelta(days=random.randrange(32, 150))
    due = month.replace(day=monthrange(month.year, month.month)[1])
    number = f"{month.month:02d}" if month.month <= 2 else str(month.month)
    return _phrase(f"tháng {number}{random.choice(('/', ' năm '))}{month.year}", "period", duty, due=due)


def half_and_whole_year(issued: date, duty: Duty) -> Phrase:
    """`định kỳ 6 tháng (trước ngày 15/6/2022), năm (trước ngày 15/12/2022)`: two terms, each with a day."""
    year = issued.year if issued.month < 6 else issued.year + 1
    half, whole = (
        _phrase(
            f"trước ngày 15/{month}/{year}", "date", duty, due=date(year, month, 15), qualifier="trước", recurrence=rule
        )
        for month, rule in ((6, _HALF_YEARLY), (12, "FREQ=YEARLY"))
    )
    return joined("định kỳ 6 tháng (", half, "), năm (", whole, ")")


def _phrase(
    quote: str,
    kind: str,
    duty: Duty,
    *,
    due: date | None = None,
    qualifier: str | None = None,
    recurrence: str | None = None,
    duration: str | None = None,
) -> Phrase:
    answer: Answer = {
        "quote": quote,
        "kind": kind,
        "due_date": due.isoformat() if due else None,
        "qualifier": qualifier,
        "recurrence": recurrence,
        "duration": duration,
        "responsible": duty.responsible,
        "report_to": duty.report_to,
    }
    return Phrase(quote, (), (answer,))


_TERMS: tuple[Callable[[Random, date, Duty], Phrase], ...] = (single_day, within_period, from_to, recurring, relative)
_WEIGHTS = (5, 2, 1, 2, 2)
