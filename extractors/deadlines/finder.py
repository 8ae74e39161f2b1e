"""Deadlines: when something that the document asks for must be done, by whom, and to whom it goes.

Most dates of a document are no deadlines (dates of instruments, of events, of periods reported on, of coming into
force). Time words count when the sentence asks for something, in the way each form of words needs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import regex

from extractors.context import Context, Found
from extractors.dates import is_possible
from extractors.deadlines.obligations import (
    actor_after,
    actor_before,
    asked_actor,
    asks,
    cue,
    doer_after,
    lone_actor,
    receiver,
    told_actor,
)
from extractors.deadlines.plan_tables import PlannedTask, planned_tasks
from extractors.deadlines.time_words import find_time_words
from extractors.deadlines.times import TimeWords, When
from extractors.deadlines.working_days import end_of_term
from extractors.reading import Reading, tidy
from extractors.records import Deadline, Finding, Section
from extractors.text.paragraphs import Line, lines_of
from extractors.text.sentences import sentences

_SILENT_ZONES = frozenset({"header", "title", "recipients", "signature"})
_REPORTING = frozenset({"báo cáo", "biên bản"})
_FORWARD_ROLES = frozenset({"nhiệm vụ giải pháp", "phương hướng", "kiến nghị", "tổ chức thực hiện"})
_ASKING = regex.compile(r"(?<!\p{L})(?:[Yy]êu\s+cầu|[Đđ]ề\s+nghị|[Gg]iao)(?!\p{L})")
_BULLET = regex.compile(r"^\W*(?:\(?[\p{L}\d.]{1,6}[.)]\s+)?")
_ITEM = regex.compile(r"\s*(?:[-+*•–—]\s*)?(?:\(?[\p{L}\d]{1,3}[.)]\s*)?$")
_FINISHING = regex.compile(r"(?<!\p{L})(?:hoàn\s+thành|hoàn\s+tất|hoàn\s+thiện|xong|kết\s+thúc)(?!\p{L})", regex.I)
_ATTRIBUTE_OF = regex.compile(
    r"(?:kế\s+hoạch|kinh\s+phí|thông\s+tin|lịch|họp|sinh\s+hoạt|dự\s+toán|lương|chương\s+trình|công\s+nghệ|số\s+liệu|chế\s+độ)\s*(?:\p{L}+\s+){0,6}$",
    regex.I,
)
_LASTING = regex.compile(
    r"giấy\s+phép|hợp\s+đồng|hiệu\s+lực|bảo\s+hành|thuê|sử\s+dụng|lưu|bổ\s+nhiệm|nhiệm\s+kỳ|đình\s+chỉ|tước|phạt|cho\s+vay|đào\s+tạo|bảo\s+quản|[ủu][ỷy]\s+quyền|cách\s+chức|tạm\s+(?:giữ|giam)",
    regex.I,
)
_PAST = regex.compile(r"^\s*(?:qua|liên\s+tục|gần\s+đây|liên\s+tiếp|vừa\s+qua|trở\s+lên|đầu|tới)(?!\p{L})")
_STOP = regex.compile(r"[.;:\n]")
_SETS_AN_END = regex.compile(r"(?<!\p{L})(?:hạn|nhận|đăng\s+ký|nộp|gia\s+hạn)(?!\p{L})")
_NAMES_A_TERM = regex.compile(r"(?<!\p{L})(?:thời\s+hạn|thời\s+gian|trong)(?!\p{L})", regex.I)
_STATES = regex.compile(r"\s+(?:có|trễ|được|sẽ)(?!\p{L})")
_AT_LEAST = regex.compile(r"[Tt]ối\s+thiểu|[Íí]t\s+nhất|(?<!\p{L})phải(?!\p{L})")
_ENDS_CLAUSE = regex.compile(r"(?:[,;:]|(?<!\p{L})(?:và|giao))\s*$")
_CONDITION = regex.compile(r"\W*(?:Nếu|Khi|Trường\s+hợp)(?!\p{L})")
_MORE_TIMES = regex.compile(
    r"(?:\)|\s{0,3}[,;]?\s{0,3}(?:và\s+)?(?:một|hằng|hàng|6\s+tháng|quý|năm)?\s{0,3}(?:năm|tháng|quý)?\s{0,3}\([^()\n]{0,80}\)){1,6}"
)
_TERM_WORD = regex.compile(r"(?<!\p{L})[Hh]ạn\s+(?:cuối|chót|nộp|gửi|đăng\s+ký)(?:\s+cùng)?(?:\s+là)?\s*$")
_AIMS = regex.compile(r"(?<!\p{L})(?:[Pp]hấn\s+đấu|[Mm]ục\s+tiêu|[Đđ]ịnh\s+hướng)(?!\p{L})")
_REPORTS = regex.compile(r"(?<!\p{L})(?:báo\s+cáo|gửi|gởi|nộp)(?!\p{L})")
_LASTS = regex.compile(r"thời\s+gian")
_YEAR_OF_SUBJECT = regex.compile(r"(?<!học\s)(?<!\p{L})năm\s+(\d{4})(?!\s?[-–]\s?\d)")
_SHORTLY_PAST = 62
_EARLIER = regex.compile(
    r"(?<!\p{L})(?:có|đã|ban\s+hành|gửi)\s+(?:(?:có|ban\s+hành|gửi)\s+)?"
    r"(?:[Cc]ông\s+văn|[Vv]ăn\s+bản|[Tt]hông\s+báo|[Kk]ế\s+hoạch|[Cc]hỉ\s+thị|[Hh]ướng\s+dẫn|[Cc]ông\s+điện)(?!\p{L})"
)
_LONGEST_LABEL = 120
_LONGEST_TASK = 90
_LONG_OVER = 400
_REACH = 2000
_SURE, _LIKELY, _FAIR, _DOUBTFUL = 0.95, 0.88, 0.75, 0.6


@dataclass(slots=True)
class _Place:
    """Where time words stand: their paragraph, sentence and section.

    `before` and `after` are what the sentence says around the time words, `clause` is the clause in front of them.
    """

    text: str
    line: Line
    start: int
    end: int
    words: TimeWords
    section: Section | None
    looks_back: bool
    before: str = field(init=False)
    after: str = field(init=False)
    clause: str = field(init=False)

    def __post_init__(self) -> None:
        words = self.words
        self.before = self.text[max(self.start, words.start - _REACH) : words.start]
        self.after = self.text[words.end : min(self.end, words.end + _REACH)]
        self.clause = _last_clause(self.before)

    @property
    def asks_before(self) -> bool:
        """Whether the sentence asks for something in front of the time words."""
        return asks(self.before)

    @property
    def opens(self) -> bool:
        """Whether the time words open the sentence or item."""
        return _ITEM.match(self.before) is not None


def _last_clause(words: str) -> str:
    at = len(words)
    while at >= 0:
        at = max(words.rfind(",", 0, at), words.rfind(";", 0, at), words.rfind(":", 0, at))
        if words[at + 1 : at + 2].isspace():
            break
    return words[at + 1 :]


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
    for place in _places(reading.flow, sections, reports):
        if place.words.start in planned:
            continue
        confidence = _binds(place)
        if not confidence or _is_over(place.words, context) or _is_retold(place, context):
            continue
        deadlines.append(_deadline(place, confidence, context, lead_in))
        findings.extend(_impossible(place))
    deadlines.extend(_planned(task, reading.text, context) for task in tasks)
    return Found(tuple(sorted(deadlines, key=lambda row: row.start)), tuple(findings))


def _places(flow: str, sections: Sequence[Section], reports: bool) -> Iterator[_Place]:
    """The time words of the zones that may ask for something, each with its paragraph, sentence and section."""
    starts = [section.start for section in sections]
    for line, found in _by_paragraph(flow):
        section = sections[max(bisect_right(starts, line.start) - 1, 0)] if sections else None
        if section is not None and section.zone in _SILENT_ZONES:
            continue
        looks_back = reports and not any(around.role in _FORWARD_ROLES for around in _enclosing(section, sections))
        spans = list(sentences(flow, line.start, line.end))
        at = 0
        for words in _shared_words(found, flow):
            while at + 1 < len(spans) and spans[at][1] <= words.start:
                at += 1
            start, end = spans[at]
            yield _Place(flow, line, start, max(end, words.end), words, section, looks_back)


def _by_paragraph(flow: str) -> Iterator[tuple[Line, list[TimeWords]]]:
    start, end = 0, -1
    found: list[TimeWords] = []
    for words in find_time_words(flow):
        if words.start >= end:
            if found:
                yield Line(start, end, flow[start:end]), found
            found = []
            start, end = flow.rfind("\n", 0, words.start) + 1, flow.find("\n", words.start)
            end = len(flow) if end < 0 else end
        found.append(words)
    if found:
        yield Line(start, end, flow[start:end]), found


def _shared_words(found: list[TimeWords], flow: str) -> list[TimeWords]:
    """`trước ngày 15/6 và 15/12 hằng năm`: the first `trước` and the last `hằng năm` go for both dates."""
    for i in range(1, len(found)):
        joined = flow[found[i - 1].end : found[i].start].strip() == "và"
        if joined and found[i].anchor == "bare" and found[i - 1].anchor == "qualified":
            found[i] = replace(found[i], qualifier=found[i - 1].qualifier, anchor="qualified")
    for i in range(len(found) - 2, -1, -1):
        words, after = found[i], found[i + 1]
        when = words.when
        yearly = after.recurrence is not None and after.recurrence.startswith("FREQ=YEARLY;BYMONTH=")
        lacks_year = when is not None and when.year is None and when.is_day and words.recurrence is None
        if when is not None and yearly and lacks_year and words.qualifier == after.qualifier:
            rule = f"FREQ=YEARLY;BYMONTH={when.month};BYMONTHDAY={when.day}"
            found[i] = replace(words, recurrence=rule)
    return found


def _binds(place: _Place) -> float:
    """How likely the time words are a deadline; 0 when they are none."""
    if place.looks_back and (place.words.recurrence is not None or _ASKING.search(place.before) is None):
        return 0.0
    words = place.words
    if words.qualifier is None and place.before.count("“") > place.before.count("”"):
        return 0.0
    if words.qualifier not in ("chậm nhất",) and cue("not_a_term").search(place.clause):
        return 0.0
    if words.anchor == "bracket":
        return _SURE if asks(place.before) or asks(place.after) else 0.0
    if words.anchor in ("each", "times", "end of"):
        return _binds_recurring(place)
    if words.anchor in ("term", "same day") or words.duration is not None:
        return _binds_term(place)
    if words.anchor == "bare":
        return _binds_bare(place)
    if words.anchor == "since":
        return _binds_range(place)
    return _binds_qualified(place)


def _asks(place: _Place) -> bool:
    if asks(place.before) or cue("asks_firmly").match(place.after.lstrip(" ,")):
        return True
    return (place.opens or not place.before.strip()) and asks(place.after)


def _label(place: _Place) -> str | None:
    """The words before a colon right in front of the time words."""
    head = place.before.rstrip()
    if head.endswith("dự kiến"):
        head = head.removesuffix("dự kiến").rstrip()
    if not head.endswith(":"):
        return None
    return _STOP.split(head[:-1][-_LONGEST_LABEL:])[-1].strip()


def _is_labelled(place: _Place) -> bool:
    """Whether a label such as `Thời gian hoàn thành:` stands in front."""
    label = _label(place)
    if label is None or _LASTING.search(label):
        return False
    return cue("task_labels").search(label) is not None or _is_task(label)


def _is_task(label: str) -> bool:
    """Whether an item of a plan is its task and, after a colon, its time: `- Thu thập số liệu: từ … đến …`."""
    item = _BULLET.sub("", label)
    return len(item) < _LONGEST_TASK and cue("asks").match(item) is not None and cue("events").search(item) is None


def _is_event(place: _Place) -> bool:
    label = _label(place)
    return label is not None and cue("event_labels").search(label) is not None


def _binds_qualified(place: _Place) -> float:
    words = place.words
    if _is_event(place):
        return 0.0
    if _is_labelled(place):
        return _SURE
    firm = cue("asks_firmly")
    written = place.text[words.start : words.start + 5].lower()
    if written.startswith("đến ") and not written.startswith("đến h"):
        is_term = _SETS_AN_END.search(place.clause) is not None
        return _FAIR if is_term else 0.0
    if words.qualifier in ("vào", "trong"):
        if words.when is not None and not words.when.is_day and words.when.month is None and words.when.quarter is None:
            return _FAIR if _FINISHING.search(place.clause) else 0.0
        near = firm.search(place.clause) or (words.qualifier == "vào" and firm.search(place.before))
        begins = place.opens or not place.clause.strip()
        ahead = begins and firm.search(place.after[:200])
        if near or ahead:
            return _LIKELY
        ends = place.after.strip()[:1] in ("", ".", ";", ",")
        return _FAIR if ends and _ASKING.search(place.before) and asks(place.clause) else 0.0
    if words.qualifier == "đến hết" and words.when is not None and not words.when.is_day:
        finishing = _FINISHING.search(place.clause) or (place.opens and _FINISHING.search(place.after))
        return _FAIR if finishing else 0.0
    if words.when is not None and not words.when.is_day and not _is_month_or_quarter(words.when):
        return _FAIR if _FINISHING.search(place.clause) and not _AIMS.search(place.clause) else 0.0
    return _SURE if _asks(place) else (_FAIR if words.qualifier == "chậm nhất" else 0.0)


def _binds_range(place: _Place) -> float:
    if _is_event(place):
        return 0.0
    if _is_labelled(place):
        return _SURE
    if place.words.recurrence is not None:
        return _LIKELY if _asks(place) else 0.0
    if place.opens and place.after.lstrip()[:1] in (":", "-", "–") and asks(place.after):
        return _LIKELY
    return _FAIR if cue("asks_firmly").search(place.clause) else 0.0


def _binds_bare(place: _Place) -> float:
    words = place.words
    if _is_event(place):
        return 0.0
    if _is_labelled(place):
        return _LIKELY
    if words.recurrence is not None:
        return _FAIR if cue("asks_firmly").search(place.before) else 0.0
    vague_end = words.when is not None and words.when.part is not None and _FINISHING.search(place.clause)
    if vague_end or _TERM_WORD.search(place.clause):
        return _FAIR
    plans = place.after.lstrip()[:1] in (":",) and asks(place.after)
    return _FAIR if place.opens and plans and words.when is not None and _is_month_or_quarter(words.when) else 0.0


def _is_month_or_quarter(when: When) -> bool:
    return when.month is not None or when.quarter is not None


def _binds_term(place: _Place) -> float:
    words = place.words
    head = place.before
    if words.runs_from is not None and words.qualifier is None and _is_labelled(place):
        return _LIKELY
    if _PAST.match(place.after) or (words.qualifier is None and _LASTING.search(head[-80:])):
        return 0.0
    lasting = words.duration is not None and words.duration.endswith("Y")
    if lasting and words.runs_from is None:
        return 0.0
    if words.runs_from is None and words.qualifier is None and not _NAMES_A_TERM.search(head[-90:]):
        return 0.0
    in_clause = asks(place.clause) or (place.opens and asks(place.after))
    if not (asks(place.before) or asks(place.after)) or (words.runs_from is None and not in_clause):
        return 0.0
    if words.runs_from is None and _LASTS.search(place.text, words.start, words.end):
        return 0.0
    return _LIKELY if words.runs_from is not None else _FAIR


def _binds_recurring(place: _Place) -> float:
    words = place.words
    written = place.text[words.start : words.end].lower()
    asks_after = asks(place.after[:160])
    asks_before = place.asks_before
    if "ngoài việc" in place.clause or _STATES.match(place.after):
        return _FAIR if words.anchor == "times" and _AT_LEAST.search(place.before) else 0.0
    if words.anchor == "times" or "lần" in written or "buổi" in written:
        bound = _AT_LEAST.search(place.before)
        asked = asks_before or (place.opens and asks_after)
        return _FAIR if bound or asked or doer_after(place.after) else 0.0
    starts_clause = place.opens or _ENDS_CLAUSE.search(place.before[-12:]) is not None
    if written.startswith("định"):
        return _SURE if asks_after or asks_before else 0.0
    if words.anchor == "end of":
        if place.opens:
            return _LIKELY if asks_after and actor_after(place.after) else 0.0
        return _FAIR if cue("asks").match(place.after.lstrip()) else 0.0
    if starts_clause:
        return _LIKELY if asks_after and not _is_condition(place) else 0.0
    trailing = place.after.lstrip()[:1] in ("", ".", ";", ",", "(")
    yearly = words.recurrence == "FREQ=YEARLY" and _REPORTS.search(place.clause) is None
    subject = actor_after(_BULLET.sub("", place.before))
    if trailing and not yearly and subject and asks_before and not _ATTRIBUTE_OF.search(place.clause):
        return _DOUBTFUL
    return 0.0


def _is_condition(place: _Place) -> bool:
    return _CONDITION.match(place.before) is not None


def _deadline(place: _Place, confidence: float, context: Context | None, lead_in: str | None) -> Deadline:
    responsible = _responsible(place, context, lead_in)
    to = receiver(place.before, place.after) or _receiver_in_next(place, responsible)
    if to is not None and responsible is not None and to.lower() == responsible.lower():
        to = None
    quote = place.text[place.words.start : place.words.end]
    sentence = f"{place.before}{quote}{place.after}"
    return _row(place.words, confidence, context, quote=quote, obligation=sentence, responsible=responsible, to=to)


def _receiver_in_next(place: _Place, responsible: str | None) -> str | None:
    """The receiver that the next sentence tells when it goes on with the same actor."""
    if responsible is None or not place.opens:
        return None
    following = next(sentences(place.text, place.end, min(place.line.end, place.end + _REACH)), None)
    text = place.text[slice(*following)] if following else ""
    return receiver(text, "") if text.startswith(responsible) else None


def _planned(task: PlannedTask, text: str, context: Context | None) -> Deadline:
    quote = text[task.words.start : task.words.end]
    to = receiver(task.task, "")
    return _row(task.words, _LIKELY, context, quote=quote, obligation=task.task, responsible=task.doer, to=to)


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


def _is_retold(place: _Place, context: Context | None) -> bool:
    """Whether the term is one that an earlier document set, and over: `… có Công văn số …, trong đó yêu cầu …`."""
    due = place.words.when.last_day() if place.words.when is not None else None
    issued = context.header.issued_date if context is not None else None
    return due is not None and issued is not None and due < issued and _EARLIER.search(place.before) is not None


def _impossible(place: _Place) -> list[Finding]:
    """What to point out about a date that no calendar has."""
    words = place.words
    if words.when is None or words.when.day is None or words.when.month is None:
        return []
    if is_possible(words.when.year, words.when.month, words.when.day):
        return []
    quote = tidy(place.text[words.start : words.end])
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


def _responsible(place: _Place, context: Context | None, lead_in: str | None) -> str | None:
    before = place.before
    nearest = actor_before(before) if not place.opens else None
    if nearest is None:
        nearest = doer_after(place.after) or actor_after(_skip_times(place)) or _actor_around(place)
    if nearest is not None:
        return nearest
    for start, end in reversed(list(sentences(place.text, max(place.line.start, place.start - _REACH), place.start))):
        actor = actor_before(place.text[start:end])
        if actor is not None:
            return actor
    if context is not None:
        for section in _enclosing(place.section, context.sections):
            actor = _actor_of_heading(section.title) if section.title else None
            if actor is not None:
                return actor
    return lead_in


def _actor_of_heading(title: str) -> str | None:
    return lone_actor(title) or asked_actor(title) or actor_after(title)


def _skip_times(place: _Place) -> str:
    """What follows the time words and any further ones in brackets or a list."""
    rest = place.after
    skipped = _MORE_TIMES.match(rest)
    return rest[skipped.end() :] if skipped else rest


def _actor_around(place: _Place) -> str | None:
    """The actor right before time words that stand between it and its verb."""
    return (
        actor_after(f"{_BULLET.sub('', place.before).rstrip()} {place.after.lstrip()}")
        if place.before.strip()
        else None
    )


def _enclosing(section: Section | None, sections: Sequence[Section]) -> Iterator[Section]:
    """`section` and those around it, inside out."""
    around = section
    while around is not None and around.label is not None:
        yield around
        around = sections[around.parent] if around.parent is not None else None


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
