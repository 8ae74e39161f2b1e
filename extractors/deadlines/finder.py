"""Deadlines: when something that the document asks for must be done, by whom, and to whom it goes.

Most dates of a document are no deadlines (dates of instruments, of events, of periods reported on, of coming into
force). Time words count when the sentence asks for something, in the way each form of words needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import regex

from extractors.context import Context, Found
from extractors.dates import is_possible
from extractors.deadlines.binding import LIKELY, binds
from extractors.deadlines.obligations import (
    actor_after,
    actor_before,
    asked_actor,
    doer_after,
    lone_actor,
    receiver,
    told_actor,
)
from extractors.deadlines.plan_tables import PlannedTask, planned_tasks
from extractors.deadlines.said_times import REACH, SaidTime, enclosing, said_times, without_bullet
from extractors.deadlines.times import TimeWords
from extractors.deadlines.working_days import end_of_term
from extractors.reading import Reading, tidy
from extractors.records import Deadline, Finding, Section
from extractors.text.paragraphs import lines_of
from extractors.text.sentences import sentences

_REPORTING = frozenset({"báo cáo", "biên bản"})
_MORE_TIMES = regex.compile(
    r"(?:\)|\s{0,3}[,;]?\s{0,3}(?:và\s+)?(?:một|hằng|hàng|6\s+tháng|quý|năm)?\s{0,3}(?:năm|tháng|quý)?\s{0,3}\([^()\n]{0,80}\)){1,6}"
)
_YEAR_OF_SUBJECT = regex.compile(r"(?<!học\s)(?<!\p{L})năm\s+(\d{4})(?!\s?[-–]\s?\d)")
_SHORTLY_PAST = 62
_EARLIER = regex.compile(
    r"(?<!\p{L})(?:có|đã|ban\s+hành|gửi)\s+(?:(?:có|ban\s+hành|gửi)\s+)?"
    r"(?:[Cc]ông\s+văn|[Vv]ăn\s+bản|[Tt]hông\s+báo|[Kk]ế\s+hoạch|[Cc]hỉ\s+thị|[Hh]ướng\s+dẫn|[Cc]ông\s+điện)(?!\p{L})"
)
_LONG_OVER = 400


def find_deadlines(reading: Reading, context: Context | None = None) -> Found[Deadline]:
    """The deadlines of `reading` in reading order.

    `context` gives the year that a date without one inherits, the document's type and its outline; without it dates
    without a year keep `due_date` None.
    """
    deadlines: list[Deadline] = []
    findings: list[Finding] = []
    sections = context.sections if context is not None else ()
    lead_in = _lead_in(reading.flow, sections)
    reports = context is not None and context.header.doc_type in _REPORTING
    tasks = [] if reports else list(planned_tasks(reading))
    planned = {task.words.start for task in tasks}
    for said in said_times(reading.flow, sections, reports):
        if said.words.start in planned:
            continue
        confidence = binds(said)
        if not confidence or _is_over(said.words, context) or _is_retold(said, context):
            continue
        deadlines.append(_deadline(said, confidence, context, lead_in))
        findings.extend(_impossible(said))
    deadlines.extend(_planned(task, reading.text, context) for task in tasks)
    return Found(tuple(sorted(deadlines, key=lambda row: row.start)), tuple(findings))


def _deadline(said: SaidTime, confidence: float, context: Context | None, lead_in: str | None) -> Deadline:
    responsible = _responsible(said, context, lead_in)
    behind = said.after.split(";", 1)[0]
    to = receiver(said.before, behind) or _receiver_in_next(said, responsible)
    if to is not None and responsible is not None and to.lower() == responsible.lower():
        to = None
    quote = said.text[said.words.start : said.words.end]
    sentence = f"{said.before}{quote}{said.after}"
    return _row(said.words, confidence, context, quote=quote, obligation=sentence, responsible=responsible, to=to)


def _receiver_in_next(said: SaidTime, responsible: str | None) -> str | None:
    """The receiver that the next sentence tells when it goes on with the same actor."""
    if responsible is None or not said.opens:
        return None
    following = next(sentences(said.text, said.end, min(said.line.end, said.end + REACH)), None)
    text = said.text[slice(*following)] if following else ""
    return receiver(text, "") if text.startswith(responsible) else None


def _planned(task: PlannedTask, text: str, context: Context | None) -> Deadline:
    quote = text[task.words.start : task.words.end]
    to = receiver(task.task, "")
    return _row(task.words, LIKELY, context, quote=quote, obligation=task.task, responsible=task.doer, to=to)


def _row(
    words: TimeWords,
    confidence: float,
    context: Context | None,
    *,
    quote: str,
    obligation: str,
    responsible: str | None,
    to: str | None,
) -> Deadline:
    due, certainty = _due_date(words, context)
    return Deadline(
        kind=words.kind,
        due_date=due if words.kind in ("date", "period") else None,
        due_time=words.when.time if words.when is not None else None,
        qualifier=words.qualifier,
        recurrence=words.recurrence,
        duration=words.duration,
        working_days=words.working_days,
        counted_due_date=_counted(words, context),
        obligation=tidy(obligation),
        responsible=responsible,
        report_to=to,
        quote=tidy(quote),
        start=words.start,
        end=words.end,
        confidence=round(confidence * certainty * (1.0 if responsible else 0.95), 2),
    )


def _is_over(words: TimeWords, context: Context | None) -> bool:
    """Whether the time was over long before the document was issued, so that nothing can be asked for by then."""
    due = words.when.last_day() if words.when is not None else None
    issued = context.header.issued_year if context is not None else None
    return due is not None and issued is not None and (date(issued, 1, 1) - due).days > _LONG_OVER


def _is_retold(said: SaidTime, context: Context | None) -> bool:
    """Whether the term is one that an earlier document set, and over: `… có Công văn số …, trong đó yêu cầu …`."""
    due = said.words.when.last_day() if said.words.when is not None else None
    issued = context.header.issued_date if context is not None else None
    return due is not None and issued is not None and due < issued and _EARLIER.search(said.before) is not None


def _impossible(said: SaidTime) -> list[Finding]:
    """What to point out about a date that no calendar has."""
    words = said.words
    if words.when is None or words.when.day is None or words.when.month is None:
        return []
    if is_possible(words.when.year, words.when.month, words.when.day):
        return []
    quote = tidy(said.text[words.start : words.end])
    return [Finding("impossible_date", "warning", f"Thời hạn “{quote}” không có trong lịch", words.start, words.end)]


def _due_date(words: TimeWords, context: Context | None) -> tuple[date | None, float]:
    """The last day and how sure its year is.

    A date without a year is the next one after the document's; of a document about the coming year (`Kế hoạch … năm
    2022`, issued in December 2021) that year's; a day shortly past, of a document about its own year, stays in it.
    """
    when = words.when
    if when is None:
        return None, 1.0
    if when.year is not None:
        return when.last_day(), 1.0
    header = context.header if context is not None else None
    if header is None or header.issued_year is None:
        return None, 1.0
    about = _YEAR_OF_SUBJECT.findall(header.subject or "")
    if about == [str(header.issued_year + 1)]:
        return when.last_day(header.issued_year + 1), 0.8
    due = when.last_day(header.issued_year)
    if (
        due is None
        or header.issued_month is None
        or (due.month, due.day) >= (header.issued_month, header.issued_day or 1)
    ):
        return due, 0.95
    issued = date(header.issued_year, header.issued_month, header.issued_day or 1)
    if about == [str(header.issued_year)] and (issued - due).days <= _SHORTLY_PAST:
        return due, 0.6
    return when.last_day(header.issued_year + 1), 0.7


def _counted(words: TimeWords, context: Context | None) -> date | None:
    """The last day of a term whose start is known: a written date, or the document's own."""
    if words.duration is None or words.runs_from is None:
        return None
    issued = context.header.issued_date if context is not None else None
    return end_of_term(words.duration, bool(words.working_days), words.runs_from, issued)


def _responsible(said: SaidTime, context: Context | None, lead_in: str | None) -> str | None:
    before = said.before
    nearest = actor_before(before) if not said.opens else None
    if nearest is None:
        nearest = doer_after(said.after) or actor_after(_skip_times(said)) or _actor_around(said)
    if nearest is not None:
        return nearest
    for start, end in reversed(list(sentences(said.text, max(said.line.start, said.start - REACH), said.start))):
        actor = actor_before(said.text[start:end])
        if actor is not None:
            return actor
    if context is not None:
        for section in enclosing(said.section, context.sections):
            actor = _actor_of_heading(section.title) if section.title else None
            if actor is not None:
                return actor
    return lead_in


def _actor_of_heading(title: str) -> str | None:
    return lone_actor(title) or asked_actor(title) or actor_after(title)


def _skip_times(said: SaidTime) -> str:
    """What follows the time words and any further ones in brackets or a list."""
    rest = said.after
    skipped = _MORE_TIMES.match(rest)
    return rest[skipped.end() :] if skipped else rest


def _actor_around(said: SaidTime) -> str | None:
    """The actor right before time words that stand between it and its verb."""
    return actor_after(f"{without_bullet(said.before).rstrip()} {said.after.lstrip()}") if said.before.strip() else None


def _lead_in(flow: str, sections: Sequence[Section]) -> str | None:
    """Whom the paragraphs before the first label ask."""
    first = next((section for section in sections if section.label is not None), None)
    head = next((section for section in sections if section.zone in ("preamble", "body")), None)
    if head is None:
        return None
    end = first.start if first is not None else head.end
    found = None
    for line in lines_of(flow[head.start : end]):
        found = asked_actor(line.text) or found
    return found or told_actor(flow)
