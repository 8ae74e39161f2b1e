"""Dates that the members of a list share: `cùng ngày …` for all, `lần lượt ngày …, …` one each, in order."""

from __future__ import annotations

import re
from functools import cache

from extractors.citations.mention import Mention
from extractors.dates import WrittenDate, date_at


def share_dates(flow: str, mentions: list[Mention]) -> None:
    """Give the members of each list in `mentions` (in reading order) the dates that the words after it share out."""
    if "cùng ngày" not in flow and "lần lượt" not in flow:
        return
    for run in _runs(flow, mentions):
        last = run[-1]
        same = _same_day().match(flow, last.end)
        if same is not None:
            _share_one(run, date_at(flow, same.end()))
            continue
        in_turn = _in_turn().match(flow, last.end)
        if in_turn is not None:
            _share_in_turn(flow, run, in_turn.end())


def _runs(flow: str, mentions: list[Mention]) -> list[list[Mention]]:
    """The mentions that stand side by side, joined by a comma, a semicolon or `và` alone."""
    runs: list[list[Mention]] = []
    for mention in mentions:
        if runs and _joint().fullmatch(flow, runs[-1][-1].end, mention.start):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return [run for run in runs if len(run) > 1]


def _share_one(run: list[Mention], date: WrittenDate | None) -> None:
    if date is None or date.year is None:
        earlier = [mention.date for mention in run[:-1] if mention.date is not None]
        if run[-1].date is None and earlier:
            run[-1].date = earlier[-1]
        return
    for mention in run:
        mention.date = mention.date or date
    run[-1].end = date.end


def _share_in_turn(flow: str, run: list[Mention], pos: int) -> None:
    dates: list[WrittenDate] = []
    while len(dates) < len(run):
        date = date_at(flow, pos)
        if date is None:
            break
        dates.append(date)
        joint = _joint().match(flow, date.end)
        if joint is None:
            break
        pos = joint.end()
    if len(dates) != len(run):
        return
    for mention, date in zip(run, dates, strict=True):
        mention.date = date
    run[-1].end = dates[-1].end


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(r"\s{0,4}(?:[,;]\s{0,4}và|[,;]|và)\s{0,4}")


@cache
def _same_day() -> re.Pattern[str]:
    return re.compile(
        r"\s{0,4},?\s{0,4}(?:đều\s{1,4})?(?:được\s{1,4})?(?:ban hành\s{1,4}|ký\s{1,4})?cùng\s{1,4}(?=ngày)"
    )


@cache
def _in_turn() -> re.Pattern[str]:
    return re.compile(
        r"\s{0,4},?\s{0,4}(?:được\s{1,4})?(?:ban hành\s{1,4}|ký\s{1,4})?lần lượt\s{1,4}"
        r"(?:vào\s{1,4})?(?:các\s{1,4})?(?=ngày)"
    )
