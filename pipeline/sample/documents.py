"""A whole sample document: planned by kind, then worded, with its answer key in the gold form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from pipeline.sample.body import (
    Paragraph,
    Setting,
    articles,
    bases,
    chapters,
    opening,
    outline,
    plain,
    proposal_line,
    tasks,
)
from pipeline.sample.letterhead import Letterhead, Level, Office, issue_day, letterhead, office
from pipeline.sample.phrase import Answer
from pipeline.sample.recipients import PrintedList, addressed_to, addressees, distribution
from pipeline.sample.signature import SignatureBlock, signature
from pipeline.sample.vocabulary import pick

_NOBODY = PrintedList((), ())
_LOST_HEADERS = 0.06


@dataclass(frozen=True, slots=True)
class SampleDocument:
    """The parts of a document in printed order. `title` is the type line and the trích yếu under it."""

    name: str
    head: Letterhead
    title: tuple[str, ...]
    addressed: PrintedList
    body: tuple[Paragraph, ...]
    recipients: PrintedList
    signatures: tuple[SignatureBlock, ...]
    doc_type: str
    subject: str
    urgency: str | None = None

    def gold(self) -> Answer:
        """The answer key (contract: one JSON object a document)."""
        return {
            "doc": self.name,
            "document": {
                "doc_type": self.doc_type,
                **self.head.answer,
                "subject": self.subject,
                "urgency": self.urgency,
                "secrecy": None,
            },
            "sections": [paragraph.section for paragraph in self.body if paragraph.level],
            "citations": [answer for paragraph in self.body for answer in paragraph.phrase.citations],
            "deadlines": [answer for paragraph in self.body for answer in paragraph.phrase.deadlines],
            "signatories": [block.answer for block in self.signatures],
            "recipients": [*self.addressed.answers, *self.recipients.answers],
            "notes": None,
        }


@dataclass(frozen=True, slots=True)
class SampleFile:
    """One file to write: its name with suffix, its bytes, and its answer (None for a file nobody can read)."""

    name: str
    content: bytes
    gold: Answer | None


@dataclass(frozen=True, slots=True)
class _Kind:
    doc_type: str
    type_code: str
    weight: int
    levels: tuple[Level, ...]
    plan: Callable[[Setting], _Plan]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a kind decides: the lines under the type, whom it addresses, its body, how it is signed."""

    subject: str
    body: list[Paragraph]
    addressed: PrintedList = _NOBODY
    last_article: int | None = None
    normative: bool = False
    collective: bool = True
    urgency: str | None = None


def sample_document(name: str, random: Random) -> SampleDocument:
    """One document of any kind, wholly decided by `random`."""
    kind = random.choices(_KINDS, weights=_WEIGHTS)[0]
    day = issue_day(random)
    issuer = office(random, random.choice(kind.levels), day)
    document = document_of(name, kind, random, day, issuer)
    can_lose = issuer.level in ("tỉnh", "huyện", "xã", "trường") and bool(document.title)
    return without_header(document) if can_lose and random.random() < _LOST_HEADERS else document


def without_header(document: SampleDocument) -> SampleDocument:
    """The document as a text export that lost the table at its head: issuer above and quốc hiệu are gone."""
    head = document.head
    return replace(document, head=replace(head, left=(), right=(), answer={**head.answer, "issuer_parent": None}))


def document_of_kind(name: str, doc_type: str, level: Level, day: date, random: Random) -> SampleDocument:
    """One document of the given type, level and day."""
    kind = next(kind for kind in _KINDS if kind.doc_type == doc_type and level in kind.levels)
    return document_of(name, kind, random, day, office(random, level, day))


def document_of(name: str, kind: _Kind, random: Random, day: date, issuer: Office) -> SampleDocument:
    setting = Setting(random, day, issuer, pick(random, "topics", "names"))
    plan = kind.plan(setting)
    is_letter = kind.doc_type == "công văn"
    head = letterhead(
        random, issuer, day, kind.type_code, normative=plan.normative, about=plan.subject if is_letter else None
    )
    title = () if is_letter else (kind.doc_type.upper(), plan.subject)
    return SampleDocument(
        name=name,
        head=head,
        title=title,
        addressed=plan.addressed,
        body=tuple(plan.body),
        recipients=distribution(
            random, issuer, has_addressees=bool(plan.addressed.lines), last_article=plan.last_article
        ),
        signatures=(signature(random, issuer, collective=plan.collective),),
        doc_type=kind.doc_type,
        subject=plan.subject,
        urgency=plan.urgency,
    )


def _spoken(s: Setting) -> str:
    return s.issuer.spoken[:1].upper() + s.issuer.spoken[1:]


def _letter(s: Setting) -> _Plan:
    ending = s.random.choice(
        (
            "đề nghị các đơn vị thực hiện một số nội dung sau:",
            "yêu cầu các đơn vị khẩn trương thực hiện những việc sau:",
        )
    )
    close = plain(f"{_spoken(s)} đề nghị các đơn vị quan tâm thực hiện./.")
    verb = s.random.choice(("triển khai", "tăng cường", "chấn chỉnh", "báo cáo kết quả"))
    subject = f"{verb} {s.topic} năm {s.year}"
    return _Plan(subject, [opening(s, ending), *tasks(s, 1, 4), close], addressees(s.random, s.issuer))


def _plan_of_work(s: Setting) -> _Plan:
    tops = [
        ("MỤC ĐÍCH, YÊU CẦU", "mục đích yêu cầu"),
        s.random.choice((("NỘI DUNG THỰC HIỆN", "nội dung"), ("NHIỆM VỤ, GIẢI PHÁP", "nhiệm vụ giải pháp"))),
        ("TỔ CHỨC THỰC HIỆN", "tổ chức thực hiện"),
    ]
    lead = opening(s, f"ban hành Kế hoạch về {s.topic} như sau:")
    if s.random.random() < 0.3:
        body = [*bases(s, 2), plain(f"{_spoken(s)} ban hành Kế hoạch về {s.topic} như sau:")]
    else:
        body = [lead]
    close = plain(f"Trên đây là Kế hoạch về {s.topic} của {s.issuer.spoken}./.")
    return _Plan(
        f"{s.topic[:1].upper()}{s.topic[1:]} năm {s.year}", [*body, *outline(s, tops, dash=s.issuer.party), close]
    )


def _report(s: Setting) -> _Plan:
    tops = [
        ("TÌNH HÌNH CHUNG", "tình hình chung"),
        ("KẾT QUẢ THỰC HIỆN", "kết quả"),
        ("HẠN CHẾ, TỒN TẠI", "hạn chế"),
        ("PHƯƠNG HƯỚNG, NHIỆM VỤ THỜI GIAN TỚI", "phương hướng"),
        ("KIẾN NGHỊ, ĐỀ XUẤT", "kiến nghị"),
    ]
    lead = opening(s, "báo cáo kết quả như sau:")
    close = plain(f"Trên đây là báo cáo của {s.issuer.spoken} về {s.topic}./.")
    to = addressed_to(s.issuer.superior) if s.random.random() < 0.5 else _NOBODY
    return _Plan(f"Kết quả {s.topic} năm {s.year}", [lead, *outline(s, tops, dash=s.issuer.party), close], to)


def _decision(s: Setting) -> _Plan:
    authority = (
        f"{s.issuer.head} {s.issuer.name}" if s.issuer.collective is None or s.random.random() < 0.5 else s.issuer.name
    )
    body = [
        plain(authority.upper(), bold=True, centred=True),
        *bases(s, s.random.randrange(2, 5)),
        proposal_line(s),
        plain("QUYẾT ĐỊNH:", bold=True, centred=True),
        *articles(s, "quyết định"),
    ]
    normative = s.issuer.level in ("tỉnh", "huyện") and s.random.random() < 0.3
    return _Plan(
        f"{s.random.choice(('Ban hành Quy chế về', 'Về việc ban hành Quy chế về'))} {s.topic}",
        body,
        last_article=3,
        normative=normative,
    )


def _directive(s: Setting) -> _Plan:
    lead = opening(s, "yêu cầu thực hiện tốt các nhiệm vụ sau:")
    close = plain("Trong quá trình thực hiện, nếu có khó khăn thì phản ánh về nơi ban hành để được hướng dẫn./.")
    return _Plan(f"Về việc tăng cường {s.topic}", [lead, *tasks(s, 3, 5), close])


def _notice(s: Setting) -> _Plan:
    lead = opening(s, "thông báo một số nội dung như sau:")
    close = plain(f"{_spoken(s)} thông báo để các đơn vị biết, thực hiện./.")
    return _Plan(f"Về {s.topic}", [lead, *tasks(s, 2, 4), close])


def _submission(s: Setting) -> _Plan:
    to = s.issuer.superior
    body = [
        *bases(s, 2),
        plain(f"{_spoken(s)} kính trình {to} xem xét Đề án về {s.topic} với các nội dung sau:"),
        *outline(
            s,
            [("SỰ CẦN THIẾT", "khác"), ("NỘI DUNG", "nội dung"), ("KIẾN NGHỊ", "kiến nghị")],
            dash=s.issuer.party,
        ),
        plain(f"{_spoken(s)} kính trình {to} xem xét, quyết định./."),
    ]
    return _Plan(f"Về việc phê duyệt Đề án về {s.topic}", body, addressed_to(to))


def _guidance(s: Setting) -> _Plan:
    lead = opening(s, f"hướng dẫn một số nội dung về {s.topic} như sau:")
    tops = [("NỘI DUNG", "nội dung"), ("TỔ CHỨC THỰC HIỆN", "tổ chức thực hiện")]
    close = plain("Trong quá trình thực hiện, nếu có vướng mắc thì trao đổi để được giải đáp./.")
    return _Plan(f"Một số nội dung về {s.topic}", [lead, *outline(s, tops, dash=s.issuer.party), close])


def _telegram(s: Setting) -> _Plan:
    lead = opening(s, "yêu cầu:")
    return _Plan(f"Về việc tập trung {s.topic}", [lead, *tasks(s, 2, 4)], urgency="hỏa tốc")


def _invitation(s: Setting) -> _Plan:
    when = s.day + timedelta(days=s.random.randrange(3, 12))
    body = [
        plain(f"{_spoken(s)} trân trọng kính mời các đại biểu dự cuộc họp về {s.topic}."),
        plain(f"- Thời gian: 08 giờ 00, ngày {when.day:02d}/{when.month:02d}/{when.year}."),
        plain("- Địa điểm: Phòng họp số 2."),
        plain("Rất mong các đại biểu đến dự đầy đủ, đúng giờ./."),
    ]
    return _Plan(f"Dự cuộc họp về {s.topic}", body)


def _party_paper(s: Setting) -> _Plan:
    lead = opening(s, f"ban hành văn bản này về {s.topic} với các nội dung sau:")
    tops = [
        ("TÌNH HÌNH", "tình hình chung"),
        ("NHIỆM VỤ, GIẢI PHÁP", "nhiệm vụ giải pháp"),
        ("TỔ CHỨC THỰC HIỆN", "tổ chức thực hiện"),
    ]
    return _Plan(f"về {s.topic}", [lead, *outline(s, tops, dash=True)])


def _circular(s: Setting) -> _Plan:
    body = [
        *bases(s, s.random.randrange(2, 5)),
        plain("Theo đề nghị của Chánh Văn phòng Bộ;"),
        plain(f"{s.issuer.head} {s.issuer.name} ban hành Thông tư quy định về {s.topic}."),
        *chapters(s),
    ]
    return _Plan(f"Quy định về {s.topic}", body, normative=True)


_STATE: tuple[Level, ...] = ("trung ương", "tỉnh", "sở", "huyện", "phòng", "xã", "trường")
_LOCAL: tuple[Level, ...] = ("tỉnh", "huyện", "xã")
_BELOW: tuple[Level, ...] = ("tỉnh", "sở", "huyện", "phòng", "xã", "trường")
_PARTY: tuple[Level, ...] = ("tỉnh ủy", "đảng ủy xã")
_KINDS = (
    _Kind("công văn", "", 26, (*_STATE, "tỉnh ủy"), _letter),
    _Kind("kế hoạch", "KH", 16, (*_BELOW, "tỉnh ủy", "đảng ủy xã"), _plan_of_work),
    _Kind("báo cáo", "BC", 12, (*_BELOW, "đảng ủy xã"), _report),
    _Kind("quyết định", "QĐ", 14, _STATE, _decision),
    _Kind("chỉ thị", "CT", 4, _LOCAL, _directive),
    _Kind("thông báo", "TB", 8, _BELOW, _notice),
    _Kind("tờ trình", "TTr", 6, ("tỉnh", "sở", "huyện", "phòng", "xã", "trường"), _submission),
    _Kind("hướng dẫn", "HD", 4, ("sở", "phòng"), _guidance),
    _Kind("công điện", "CĐ", 2, ("tỉnh",), _telegram),
    _Kind("giấy mời", "GM", 3, _BELOW, _invitation),
    _Kind("nghị quyết", "NQ", 3, _PARTY, _party_paper),
    _Kind("thông tư", "TT", 4, ("trung ương",), _circular),
    _Kind("kết luận", "KL", 2, ("tỉnh ủy",), _party_paper),
)
_WEIGHTS = tuple(kind.weight for kind in _KINDS)
