"""Whether time words bind: a term to do something, or only the date of an event, a report, of coming into force.

Each form of words has its own test; what it needs is a sentence, item or heading that asks.
"""

from __future__ import annotations

import regex

from extractors.deadlines.obligations import actor_after, asks, cue, doer_after
from extractors.deadlines.said_times import SaidTime, without_bullet
from extractors.deadlines.times import When

_ASKING = regex.compile(r"(?<!\p{L})(?:[Yy]êu\s+cầu|[Đđ]ề\s+nghị|[Gg]iao)(?!\p{L})")
_REVIEWS = regex.compile(r"(?<!(?:hội\s+nghị|lễ|đã)\s+)(?:sơ|tổng)\s+kết\s*$", regex.I)
_SUPPORTS = regex.compile(r"(?<!\p{L})hỗ\s+trợ(?!\p{L})")
_ENDS_OR_AIMS = regex.compile(r"\s*(?:$|[.;,]|(?:để|nhằm)(?!\p{L}))")
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
_TERM_WORD = regex.compile(r"(?<!\p{L})[Hh]ạn\s+(?:cuối|chót|nộp|gửi|đăng\s+ký)(?:\s+cùng)?(?:\s+là)?\s*$")
_AIMS = regex.compile(r"(?<!\p{L})(?:[Pp]hấn\s+đấu|[Mm]ục\s+tiêu|[Đđ]ịnh\s+hướng)(?!\p{L})")
_REPORTS = regex.compile(r"(?<!\p{L})(?:báo\s+cáo|gửi|gởi|nộp)(?!\p{L})")
_LASTS = regex.compile(r"thời\s+gian")
_LONGEST_LABEL = 120
_LONGEST_TASK = 90
_SURE, LIKELY, _FAIR, _DOUBTFUL = 0.95, 0.88, 0.75, 0.6


def binds(said: SaidTime) -> float:
    """How likely the time words are a deadline; 0 when they are none."""
    if said.looks_back and (said.words.recurrence is not None or _ASKING.search(said.before) is None):
        return 0.0
    words = said.words
    if words.qualifier is None and said.before.count("“") > said.before.count("”"):
        return 0.0
    if words.qualifier not in ("chậm nhất",) and cue("not_a_term").search(said.clause):
        return 0.0
    if words.anchor == "bracket":
        return _SURE if asks(said.before) or asks(said.after) else 0.0
    if words.anchor in ("each", "times", "end of"):
        return _binds_recurring(said)
    if words.anchor in ("term", "same day") or words.duration is not None:
        return _binds_term(said)
    if words.anchor == "bare":
        return _binds_bare(said)
    if words.anchor == "since":
        return _binds_range(said)
    return _binds_qualified(said)


def _asks(said: SaidTime) -> bool:
    if asks(said.before) or cue("asks_firmly").match(said.after.lstrip(" ,")):
        return True
    return (said.opens or not said.before.strip()) and asks(said.after)


_ROUND = regex.compile(r"(?i:đợt|lần|vòng|giai\s+đoạn)\s+(?:\d{1,2}|[IVX]{1,4})(?:\s+\([^()\n]{1,40}\))?")


def _label(said: SaidTime) -> str | None:
    """The words before a colon right in front of the time words."""
    head = said.before.rstrip()
    if head.endswith("dự kiến"):
        head = head.removesuffix("dự kiến").rstrip()
    if not head.endswith(":"):
        return None
    return _STOP.split(head[:-1][-_LONGEST_LABEL:])[-1].strip()


def _is_labelled(said: SaidTime) -> bool:
    """Whether a label such as `Thời gian hoàn thành:` stands in front."""
    label = _label(said)
    if label is None or _LASTING.search(label):
        return False
    if said.section is not None and said.section.title and _ROUND.fullmatch(without_bullet(label)):
        label = said.section.title
    return cue("task_labels").search(label) is not None or _is_task(label)


def _is_task(label: str) -> bool:
    """Whether an item of a plan is its task and, after a colon, its time: `- Thu thập số liệu: từ … đến …`."""
    item = without_bullet(label)
    return len(item) < _LONGEST_TASK and cue("asks").match(item) is not None and cue("events").search(item) is None


def _is_event(said: SaidTime) -> bool:
    label = _label(said)
    return label is not None and cue("event_labels").search(label) is not None


def _binds_qualified(said: SaidTime) -> float:
    words = said.words
    if _is_event(said):
        return 0.0
    if _is_labelled(said):
        return _SURE
    firm = cue("asks_firmly")
    written = said.text[words.start : words.start + 5].lower()
    if written.startswith("đến ") and not written.startswith("đến h"):
        is_term = _SETS_AN_END.search(said.clause) is not None
        return _FAIR if is_term else 0.0
    if words.qualifier in ("vào", "trong"):
        if words.when is not None and not words.when.is_day and words.when.month is None and words.when.quarter is None:
            return _FAIR if _FINISHING.search(said.clause) or _REVIEWS.search(said.clause) else 0.0
        near = firm.search(said.clause) or (words.qualifier == "vào" and firm.search(said.before))
        begins = said.opens or not said.clause.strip()
        ahead = begins and firm.search(said.after[:200])
        if near or ahead or _REVIEWS.search(said.clause):
            return LIKELY
        if _ENDS_OR_AIMS.match(said.after) is None or _ASKING.search(said.before) is None:
            return 0.0
        return _FAIR if asks(said.clause) or _SUPPORTS.search(said.clause) else 0.0
    if words.qualifier == "đến hết" and words.when is not None and not words.when.is_day:
        finishing = _FINISHING.search(said.clause) or (said.opens and _FINISHING.search(said.after))
        return _FAIR if finishing else 0.0
    if words.when is not None and not words.when.is_day and not _is_month_or_quarter(words.when):
        return _FAIR if _FINISHING.search(said.clause) and not _AIMS.search(said.clause) else 0.0
    return _SURE if _asks(said) else (_FAIR if words.qualifier == "chậm nhất" else 0.0)


def _binds_range(said: SaidTime) -> float:
    if _is_event(said):
        return 0.0
    if _is_labelled(said):
        return _SURE
    if said.words.recurrence is not None:
        return LIKELY if _asks(said) else 0.0
    if said.opens and said.after.lstrip()[:1] in (":", "-", "–") and asks(said.after):
        return LIKELY
    return _FAIR if cue("asks_firmly").search(said.clause) else 0.0


def _binds_bare(said: SaidTime) -> float:
    words = said.words
    if _is_event(said):
        return 0.0
    if _is_labelled(said):
        return LIKELY
    if words.recurrence is not None:
        return _FAIR if cue("asks_firmly").search(said.before) else 0.0
    vague_end = words.when is not None and words.when.part is not None and _FINISHING.search(said.clause)
    if vague_end or _TERM_WORD.search(said.clause):
        return _FAIR
    plans = said.after.lstrip()[:1] in (":",) and asks(said.after)
    return _FAIR if said.opens and plans and words.when is not None and _is_month_or_quarter(words.when) else 0.0


def _is_month_or_quarter(when: When) -> bool:
    return when.month is not None or when.quarter is not None


def _binds_term(said: SaidTime) -> float:
    words = said.words
    head = said.before
    if words.runs_from is not None and words.qualifier is None and _is_labelled(said):
        return LIKELY
    if _PAST.match(said.after) or (words.qualifier is None and _LASTING.search(head[-80:])):
        return 0.0
    lasting = words.duration is not None and words.duration.endswith("Y")
    if lasting and words.runs_from is None:
        return 0.0
    if words.runs_from is None and words.qualifier is None and not _NAMES_A_TERM.search(head[-90:]):
        return 0.0
    opens_clause = said.opens or (words.qualifier == "chậm nhất" and said.before.endswith(", "))
    in_clause = asks(said.clause) or (opens_clause and asks(said.after))
    if not (asks(said.before) or asks(said.after)) or (words.runs_from is None and not in_clause):
        return 0.0
    if words.runs_from is None and _LASTS.search(said.text, words.start, words.end):
        return 0.0
    return LIKELY if words.runs_from is not None else _FAIR


def _binds_recurring(said: SaidTime) -> float:
    words = said.words
    written = said.text[words.start : words.end].lower()
    asks_after = asks(said.after[:160])
    asks_before = said.asks_before
    if "ngoài việc" in said.clause or _STATES.match(said.after):
        return _FAIR if words.anchor == "times" and _AT_LEAST.search(said.before) else 0.0
    if words.anchor == "times" or "lần" in written or "buổi" in written:
        bound = _AT_LEAST.search(said.before)
        asked = asks_before or (said.opens and asks_after)
        return _FAIR if bound or asked or doer_after(said.after) else 0.0
    starts_clause = said.opens or _ENDS_CLAUSE.search(said.before[-12:]) is not None
    if written.startswith("định"):
        return _SURE if asks_after or asks_before else 0.0
    if words.anchor == "end of":
        if said.opens:
            return LIKELY if asks_after and actor_after(said.after) else 0.0
        return _FAIR if cue("asks").match(said.after.lstrip()) else 0.0
    if starts_clause:
        return LIKELY if asks_after and not _is_condition(said) else 0.0
    trailing = said.after.lstrip()[:1] in ("", ".", ";", ",", "(")
    yearly = words.recurrence == "FREQ=YEARLY" and _REPORTS.search(said.clause) is None
    subject = actor_after(without_bullet(said.before))
    if trailing and not yearly and subject and asks_before and not _ATTRIBUTE_OF.search(said.clause):
        return _DOUBTFUL
    return 0.0


def _is_condition(said: SaidTime) -> bool:
    return _CONDITION.match(said.before) is not None
