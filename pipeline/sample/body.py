"""The text between the header and the recipients: căn cứ, outline, tasks, decisions, each with its answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from pipeline.sample.citations import (
    Instrument,
    blank_number,
    congress,
    damaged,
    dated,
    decree,
    enclosed,
    instrument,
    joint_circular,
    law,
    law_list,
    number_alone,
    numbered,
    pinpoint,
    proposal,
    shared_type,
    short_form,
    two_of_one_issuer,
)
from pipeline.sample.deadlines import Duty, bare_month, half_and_whole_year, term
from pipeline.sample.letterhead import Office
from pipeline.sample.phrase import Answer, Phrase, capitalised, joined
from pipeline.sample.vocabulary import pick, vocabulary

ROMAN = ("I", "II", "III", "IV", "V", "VI")
_TITLE_LENGTH = 200
_PAPERS = ("Đơn đề nghị;", "Bản sao giấy tờ tùy thân;", "Bảng kê thiết bị;", "Biên bản nghiệm thu.")
_LAST_JOINT_CIRCULARS = date(2016, 7, 1)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its label as printed (`I.`, `1.`, `a)`, `Điều 1.`), its outline level (0: no section).

    `below` sets the heading on the line under its label (`Chương I` / `QUY ĐỊNH CHUNG`).
    """

    phrase: Phrase
    label: str = ""
    level: int = 0
    role: str | None = None
    bold: bool = False
    centred: bool = False
    below: bool = False

    @property
    def text(self) -> str:
        """The paragraph as printed."""
        return f"{self.label}{chr(10) if self.below else ' '}{self.phrase.text}" if self.label else self.phrase.text

    @property
    def section(self) -> Answer | None:
        """The gold row of a labelled paragraph: its first sentence, cut at a word at 200 characters."""
        if not self.level:
            return None
        title = " ".join(self.phrase.text.split(". ")[0].split()).removesuffix("./.").removesuffix(".")
        if len(title) > _TITLE_LENGTH:
            title = title[: title.rindex(" ", 0, _TITLE_LENGTH + 1)]
        return {"label": self.label.rstrip(".)-/"), "level": self.level, "title": title, "role": self.role}


@dataclass(frozen=True, slots=True)
class Setting:
    """What the whole document shares: its day, its issuer, its matter."""

    random: Random
    day: date
    issuer: Office
    topic: str

    @property
    def year(self) -> int:
        return self.day.year


def plain(*parts: str | Phrase, bold: bool = False, centred: bool = False) -> Paragraph:
    """A paragraph without a label."""
    return Paragraph(joined(*parts), bold=bold, centred=centred)


def bases(s: Setting, count: int) -> list[Paragraph]:
    """`Căn cứ …;` paragraphs, laws first, none of them twice."""
    cited: list[Phrase] = []
    while len(cited) < count:
        basis = law(s.random, s.day, "căn cứ") if not cited and s.random.random() < 0.8 else _basis(s)
        if all(basis.citations[0]["quote"] != earlier.citations[0]["quote"] for earlier in cited):
            cited.append(basis)
    return [plain("Căn cứ ", basis, ";") for basis in cited]


def _basis(s: Setting) -> Phrase:
    roll = s.random.random()
    if roll < 0.12:
        return law(s.random, s.day, "căn cứ", pinpoint=pinpoint(s.random))
    if roll < 0.18:
        return damaged(s.random, s.day, "căn cứ")
    if roll < 0.22 and s.day < _LAST_JOINT_CIRCULARS:
        return joint_circular(s.random, s.day, "căn cứ")
    return numbered(s.random, instrument(s.random, s.day), "căn cứ")


def proposal_line(s: Setting) -> Paragraph:
    """`Theo đề nghị của Trưởng phòng … tại Tờ trình số …`."""
    proposer, code = _proposer(s.issuer)
    return plain(proposal(s.random, s.day, proposer, code), ".")


def _proposer(issuer: Office) -> tuple[str, str]:
    if issuer.level == "tỉnh":
        return "Giám đốc Sở Nội vụ", "SNV"
    if issuer.level == "huyện":
        return "Trưởng phòng Phòng Nội vụ", "PNV"
    if issuer.level == "trung ương":
        return "Chánh Văn phòng Bộ", "VP"
    return "Trưởng Ban Chỉ đạo", "BCĐ"


def _neighbour(issuer: Office) -> str:
    """An office above that writes plans and letters itself."""
    return "Bộ Nội vụ" if issuer.level in ("tỉnh", "trung ương") else issuer.superior


def opening(s: Setting, ending: str, *, cited: Instrument | None = None) -> Paragraph:
    """`Thực hiện … về …, Sở … đề nghị …:`, the preamble of most documents."""
    roll = s.random.random()
    speaker = _upper_first(s.issuer.spoken)
    if cited is None and roll < 0.12:
        what = number_alone(s.random, s.day, _neighbour(s.issuer), "thực hiện")
    elif cited is None and roll < 0.18:
        what = dated(s.random, s.day, _neighbour(s.issuer), "thực hiện")
    else:
        what = numbered(s.random, cited or instrument(s.random, s.day), "thực hiện")
    if roll > 0.9:
        what = two_of_one_issuer(s.random, s.day, "thực hiện")
    elif s.random.random() < 0.25:
        what = joined(numbered(s.random, instrument(s.random, s.day), "thực hiện"), "; ", what)
    return plain("Thực hiện ", what, f", {speaker} {ending}")


def task(s: Setting, *, with_term: bool | None = None) -> Phrase:
    """One or two sentences that ask for something; half of them by a day."""
    random = s.random
    action, manner = pick(random, "tasks", "actions"), pick(random, "tasks", "manners")
    parts: list[str | Phrase] = []
    ask = random.random() < 0.5 if with_term is None else with_term
    unit = random.choice(s.issuer.units_below)
    addressed = random.random() < 0.6 or ask
    if addressed:
        parts.append(f"{_upper_first(unit)} {action}, {manner}")
    else:
        parts.append(f"{_upper_first(action)}, {manner}")
    if random.random() < 0.3:
        parts += [" theo ", _point_of_law(s)]
    parts.append(".")
    if ask:
        parts += [" ", _duty_sentence(s, unit)]
    elif random.random() < 0.25:
        parts += [" ", _obedience(s)]
    return joined(*parts)


def _point_of_law(s: Setting) -> Phrase:
    where = pinpoint(s.random)
    roll = s.random.random()
    if roll < 0.5:
        return joined("quy định tại ", short_form(s.random, decree(s.random, s.day), "theo", pinpoint=where))
    if roll < 0.7:
        return joined("quy định tại ", law(s.random, s.day, "theo", pinpoint=where))
    if roll < 0.8:
        return blank_number(s.random, s.day, s.issuer, "theo")
    return numbered(s.random, instrument(s.random, s.day), "theo", with_title=False)


def _obedience(s: Setting) -> Phrase:
    roll = s.random.random()
    if roll < 0.15:
        return Phrase(pick(s.random, "tasks", "no_citations"))
    if roll < 0.3:
        return joined("Rà soát quy chế ", enclosed(s.random, s.day), ".")
    if roll < 0.5:
        return joined("Tiếp tục thực hiện ", congress(s.random, s.day, "thực hiện"), ".")
    if roll < 0.75:
        return joined("Tuyên truyền, phổ biến ", law_list(s.random, s.day, "thực hiện"), ".")
    return joined("Tổ chức thực hiện ", shared_type(s.random, s.day, "thực hiện"), ".")


def _duty_sentence(s: Setting, unit: str) -> Phrase:
    """A sentence with a term; who must and to whom are the words of the sentence itself."""
    random, boss = s.random, s.issuer.spoken
    who = _upper_first(unit)
    roll = random.random()
    if roll < 0.1:
        return joined("Thời gian hoàn thành: ", bare_month(random, s.day, Duty(who, None)), ".")
    if roll < 0.4:
        return joined(f"{who} báo cáo kết quả về {boss} ", term(random, s.day, Duty(who, boss)), ".")
    if roll < 0.6:
        return joined(f"Giao {unit} hoàn thành và báo cáo {boss} ", term(random, s.day, Duty(unit, boss)), ".")
    if roll < 0.8:
        return joined(f"{who} hoàn thành việc này ", term(random, s.day, Duty(who, None)), ".")
    if roll < 0.85:
        return joined(f"{who} báo cáo {boss} ", half_and_whole_year(s.day, Duty(who, boss)), ".")
    when = capitalised(term(random, s.day, Duty(unit, boss)))
    return joined(when, f", {unit} gửi báo cáo về {boss}.")


def outline(s: Setting, tops: Sequence[tuple[str, str]], *, dash: bool) -> list[Paragraph]:
    """`I. …` headings with `1.` and `a)` below them; `tops` are (title, role)."""
    paragraphs: list[Paragraph] = []
    after = "-" if dash else "."
    for roman, (title, role) in zip(ROMAN, tops, strict=False):
        paragraphs.append(Paragraph(Phrase(title), f"{roman}{after}", 1, role, bold=True))
        paragraphs += _below(s, role)
    return paragraphs


def _below(s: Setting, role: str) -> list[Paragraph]:
    random = s.random
    if role == "mục đích yêu cầu":
        return [
            Paragraph(Phrase("Mục đích"), "1.", 2, bold=True),
            plain(f"- {pick(random, 'tasks', 'aims')}."),
            Paragraph(Phrase("Yêu cầu"), "2.", 2, bold=True),
            plain(f"- {pick(random, 'tasks', 'demands')}."),
        ]
    if role in ("kết quả", "tình hình chung"):
        done = [result.replace("{year}", str(s.year)) for result in _several(random, "results", 2, 4)]
        return [_numbered(i, 2, Phrase(f"{text}.")) for i, text in enumerate(done, 1)]
    if role in ("hạn chế", "nguyên nhân"):
        return [plain(f"- {text}.") for text in _several(random, "limits", 1, 2)]
    if role == "kiến nghị":
        return [plain(f"{_upper_first(s.issuer.spoken)} kiến nghị {s.issuer.superior} xem xét bố trí thêm kinh phí.")]
    if role == "tổ chức thực hiện":
        return [_numbered(i, 2, task(s)) for i in range(1, random.randrange(3, 5))]
    return (
        _lettered(s) if random.random() < 0.35 else [_numbered(i, 2, task(s)) for i in range(1, random.randrange(3, 6))]
    )


def _lettered(s: Setting) -> list[Paragraph]:
    paragraphs: list[Paragraph] = []
    for i, topic in enumerate(s.random.sample(vocabulary()["topics"]["names"], 2), 1):
        paragraphs.append(Paragraph(Phrase(f"Về {topic}"), f"{i}.", 2, bold=True))
        paragraphs += [Paragraph(task(s), f"{letter})", 3) for letter in "abcd"[: s.random.randrange(2, 5)]]
    return paragraphs


def _numbered(i: int, level: int, phrase: Phrase) -> Paragraph:
    return Paragraph(phrase, f"{i}.", level)


def tasks(s: Setting, least: int, most: int) -> list[Paragraph]:
    """Numbered tasks of a document without headings."""
    return [_numbered(i, 1, task(s)) for i in range(1, s.random.randrange(least, most + 1) + 1)]


def chapters(s: Setting) -> list[Paragraph]:
    """Chương, điều, khoản and điểm of a normative document."""
    paragraphs: list[Paragraph] = []
    headings = ("QUY ĐỊNH CHUNG", "QUY ĐỊNH CỤ THỂ", "TỔ CHỨC THỰC HIỆN")
    roles = ("khác", "nội dung", "tổ chức thực hiện")
    article = 0
    for roman, heading, role in zip(ROMAN, headings, roles, strict=False):
        paragraphs.append(Paragraph(Phrase(heading), f"Chương {roman}", 1, role, bold=True, centred=True, below=True))
        for _ in range(s.random.randrange(1, 4)):
            article += 1
            paragraphs += _article(s, article)
    return paragraphs


def _article(s: Setting, number: int) -> list[Paragraph]:
    topic = pick(s.random, "topics", "names")
    heading = Paragraph(Phrase(f"Yêu cầu về {topic}"), f"Điều {number}.", 2, bold=True)
    if s.random.random() < 0.3:
        return [heading, plain(f"Việc {topic} phải có người chịu trách nhiệm.")]
    clauses = [_numbered(i, 3, task(s)) for i in range(1, s.random.randrange(2, 4))]
    if s.random.random() < 0.5:
        last = Paragraph(Phrase("Hồ sơ gồm có:"), f"{len(clauses) + 1}.", 3)
        points = [Paragraph(Phrase(text), f"{letter})", 4) for letter, text in zip("abcd", _PAPERS, strict=True)]
        clauses += [last, *points]
    return [heading, *clauses]


def articles(s: Setting, doc_type: str) -> list[Paragraph]:
    """Điều 1 to the last: the decision, what it repeals, who carries it out."""
    own = doc_type[:1].upper() + doc_type[1:]
    first = joined(f"Ban hành kèm theo {own} này Quy chế về {s.topic}.")
    second = joined(f"{own} này có hiệu lực thi hành kể từ ngày ký.")
    roll = s.random.random()
    if roll < 0.4:
        old = numbered(
            s.random, instrument(s.random, s.day, local=True), "thay thế", with_title=s.random.random() < 0.6
        )
        second = joined(f"{own} này có hiệu lực thi hành kể từ ngày ký và thay thế ", old, ".")
    elif roll < 0.55:
        old = numbered(s.random, instrument(s.random, s.day, local=True), "bãi bỏ", with_title=False)
        second = joined(f"{own} này có hiệu lực thi hành kể từ ngày ký. Bãi bỏ ", old, ".")
    elif roll < 0.7:
        where = pinpoint(s.random)
        old = numbered(s.random, instrument(s.random, s.day, local=True), "sửa đổi", with_title=False, pinpoint=where)
        first = joined("Sửa đổi ", old, ".")
    units = ", ".join(s.issuer.units_below)
    last = joined(f"{_upper_first(units)} và các cá nhân có liên quan chịu trách nhiệm thi hành {own} này./.")
    return [Paragraph(phrase, f"Điều {i}.", 1) for i, phrase in enumerate((first, second, last), 1)]


def _several(random: Random, name: str, least: int, most: int) -> list[str]:
    words: list[str] = vocabulary()["tasks"][name]
    return random.sample(words, random.randrange(least, most + 1))


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
