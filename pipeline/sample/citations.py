"""Instruments that a sample document cites, each mention with its answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pipeline.sample.letterhead import Office
from pipeline.sample.phrase import Answer, Phrase, joined
from pipeline.sample.vocabulary import pick, vocabulary

_JOINT_ISSUERS = (
    ("TTLT-BNV-BTC", "Bộ Nội vụ, Bộ Tài chính"),
    ("TTLT-BGDĐT-BYT", "Bộ Giáo dục và Đào tạo, Bộ Y tế"),
)


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument to cite: `Nghị định`, `30`, `NĐ-CP`, `30/2020/NĐ-CP`, its day, issuer and title."""

    type_name: str
    number: str
    symbol: str
    ref: str
    day: date
    issuer: str
    title: str


@dataclass(frozen=True, slots=True)
class _Source:
    type_name: str
    code: str
    issuer: str
    verb: str
    with_year: bool = False
    party: bool = False
    highest: int = 180


_CENTRAL = (
    _Source("Nghị định", "NĐ-CP", "Chính phủ", "quy định về", with_year=True),
    _Source("Nghị quyết", "NQ-CP", "Chính phủ", "về"),
    _Source("Chỉ thị", "CT-TTg", "Thủ tướng Chính phủ", "về tăng cường"),
    _Source("Quyết định", "QĐ-TTg", "Thủ tướng Chính phủ", "phê duyệt Đề án đẩy mạnh", highest=2600),
    _Source("Công điện", "CĐ-TTg", "Thủ tướng Chính phủ", "về việc tập trung chỉ đạo"),
    _Source("Thông tư", "TT-BNV", "Bộ trưởng Bộ Nội vụ", "hướng dẫn", with_year=True),
    _Source("Thông tư", "TT-BTC", "Bộ Tài chính", "quy định", with_year=True),
    _Source("Công văn", "BNV-CCHC", "Bộ Nội vụ", "về việc", highest=2600),
    _Source("Nghị quyết", "NQ/TW", "Ban Chấp hành Trung ương", "về", party=True),
    _Source("Chỉ thị", "CT/TW", "Ban Bí thư", "về", party=True),
    _Source("Kết luận", "KL/TW", "Bộ Chính trị", "về", party=True),
    _Source("Quy định", "QĐ/TW", "Ban Bí thư", "về", party=True),
)
_LOCAL = (
    _Source("Kế hoạch", "KH-UBND", "Ủy ban nhân dân tỉnh", "về"),
    _Source("Quyết định", "QĐ-UBND", "Ủy ban nhân dân tỉnh", "ban hành Quy chế về", highest=2600),
    _Source("Quyết định", "QĐ-UBND", "Chủ tịch UBND tỉnh", "về việc kiện toàn Ban Chỉ đạo", highest=2600),
    _Source("Công văn", "UBND-NC", "UBND tỉnh", "về việc chấn chỉnh", highest=2600),
    _Source("Nghị quyết", "NQ-HĐND", "Hội đồng nhân dân tỉnh", "về"),
    _Source("Hướng dẫn", "HD-SNV", "Sở Nội vụ", "về"),
    _Source("Thông báo", "TB-VP", "Văn phòng Ủy ban nhân dân tỉnh", "về"),
    _Source("Nghị quyết", "NQ/TU", "Tỉnh ủy", "về", party=True),
    _Source("Chương trình", "CTr/TU", "Ban Thường vụ Tỉnh ủy", "về", party=True),
    _Source("Quyết định", "QĐ-UBND", "Ủy ban nhân dân tỉnh", "ban hành Quy định về", with_year=True),
)


def instrument(random: Random, before: date, *, local: bool | None = None) -> Instrument:
    """An invented instrument of the six years before `before`."""
    near = random.random() < 0.45 if local is None else local
    return _from(random, random.choice(_LOCAL if near else _CENTRAL), before)


def decree(random: Random, before: date) -> Instrument:
    """An invented nghị định or thông tư, whose articles can be pointed at."""
    return _from(random, random.choice(tuple(source for source in _CENTRAL if source.with_year)), before)


def _from(random: Random, source: _Source, before: date) -> Instrument:
    day = before - timedelta(days=random.randrange(5, 2100))
    number = f"{random.randrange(1, source.highest):02d}"
    if source.party:
        ref = f"{number}-{source.code}"
    elif source.with_year:
        ref = f"{number}/{day.year}/{source.code}"
    else:
        ref = f"{number}/{source.code}"
    return Instrument(
        source.type_name,
        number,
        source.code,
        ref,
        day,
        source.issuer,
        f"{source.verb} {pick(random, 'topics', 'names')}",
    )


def written_day(random: Random, day: date) -> str:
    """A day in one of the forms that documents use."""
    form = random.randrange(6)
    if form <= 1:
        return f"{day.day:02d}/{day.month}/{day.year}" if day.month > 2 else f"{day.day:02d}/{day.month:02d}/{day.year}"
    if form == 2:
        return f"{day.day:02d}/{day.month:02d}/{day.year}"
    if form == 3:
        return f"{day.day}/{day.month}/{day.year}"
    if form == 4:
        month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
        return f"{day.day:02d} tháng {month} năm {day.year}"
    return (
        f"{day.day:02d}.{day.month}.{day.year}"
        if random.random() < 0.2
        else f"{day.day:02d}-{day.month:02d}-{day.year}"
    )


def numbered(
    random: Random,
    cited: Instrument,
    relation: str,
    *,
    with_title: bool = True,
    pinpoint: str | None = None,
    issuer_in_front: bool = False,
) -> Phrase:
    """A full mention: type, number, day, issuer and, where asked for, the title behind it."""
    comma = "," if random.random() < 0.12 else ""
    so = "số " if random.random() < 0.88 else ""
    quote = f"{cited.type_name} {so}{cited.ref}{comma} ngày {written_day(random, cited.day)}"
    if not issuer_in_front:
        quote += f" của {cited.issuer}"
    answer = _answer(cited, quote, relation, day=cited.day, issuer=cited.issuer, pinpoint=pinpoint)
    head = f"{pinpoint} " if pinpoint else ""
    if not with_title:
        return Phrase(head + quote, (answer,))
    answer["title"] = cited.title
    if cited.type_name == "Nghị định" and random.random() < 0.3:
        law = random.choice(
            [row for row in vocabulary()["laws"] if date.fromisoformat(row["date"]) < cited.day] or [None]
        )
        if law is not None:
            answer["title"] = f"quy định chi tiết một số điều của {law['name']}"
            return Phrase(f"{head}{quote} {answer['title']}", (answer, _named(law["name"], "dẫn chiếu")))
    return Phrase(f"{head}{quote} {answer['title']}", (answer,))


def short_form(random: Random, cited: Instrument, relation: str, *, pinpoint: str | None = None) -> Phrase:
    """A mention by type and number alone."""
    quote = f"{cited.type_name} {'số ' if random.random() < 0.8 else ''}{cited.ref}"
    return Phrase(f"{pinpoint} {quote}" if pinpoint else quote, (_answer(cited, quote, relation, pinpoint=pinpoint),))


def pinpoint(random: Random) -> str:
    """`điểm a khoản 2 Điều 5` in one of its lengths."""
    article = f"Điều {random.randrange(1, 60)}"
    if random.random() < 0.35:
        return article
    clause = f"khoản {random.randrange(1, 7)} {article}"
    return f"điểm {random.choice('abcd')} {clause}" if random.random() < 0.4 else clause


def shared_type(random: Random, before: date, relation: str) -> Phrase:
    """A list under one type word: `các Nghị định số 01/2020/NĐ-CP và số 02/2020/NĐ-CP`."""
    source = random.choice(_CENTRAL)
    members = [_from(random, source, before) for _ in range(random.randrange(2, 4))]
    if len({member.ref for member in members}) < len(members):
        return short_form(random, members[0], relation)
    so = "số " if random.random() < 0.5 else ""
    quotes = [f"{source.type_name} số {members[0].ref}"] + [f"{so}{member.ref}" for member in members[1:]]
    text = f"các {', '.join(quotes[:-1])} và {quotes[-1]}"
    return Phrase(text, tuple(_answer(m, quote, relation) for m, quote in zip(members, quotes, strict=True)))


def two_of_one_issuer(random: Random, before: date, relation: str) -> Phrase:
    """`Quyết định số … ngày … và Kế hoạch số … ngày … của … về …`: issuer and title belong to the last alone."""
    first = numbered(random, instrument(random, before), relation, with_title=False, issuer_in_front=True)
    unowned = {**first.citations[0], "issuer": None}
    return joined(Phrase(first.text, (unowned,)), " và ", numbered(random, instrument(random, before), relation))


def joint_circular(random: Random, before: date, relation: str) -> Phrase:
    """`Thông tư liên tịch số 12/2014/TTLT-BNV-BTC ngày … của Bộ Nội vụ, Bộ Tài chính`."""
    day = before - timedelta(days=random.randrange(30, 1500))
    number = f"{random.randrange(1, 60):02d}"
    symbol, issuer = random.choice(_JOINT_ISSUERS)
    ref = f"{number}/{day.year}/{symbol}"
    cited = Instrument("Thông tư liên tịch", number, symbol, ref, day, issuer, "")
    return numbered(random, cited, relation, with_title=False)


def enclosed(random: Random, before: date) -> Phrase:
    """`(ban hành kèm theo Quyết định số …)`."""
    cited = instrument(random, before, local=True)
    return joined("(ban hành kèm theo ", numbered(random, cited, "dẫn chiếu", with_title=False), ")")


def law(random: Random, before: date, relation: str, *, pinpoint: str | None = None) -> Phrase:
    """A law by its name, with its day, its number or neither."""
    known = [row for row in vocabulary()["laws"] if date.fromisoformat(row["date"]) < before]
    row = random.choice(known)
    head = f"{pinpoint} " if pinpoint else ""
    name, day, form = row["name"], date.fromisoformat(row["date"]), random.random()
    if form < 0.3:
        quote = f"{name} ngày {written_day(random, day)}"
        return Phrase(head + quote, (_named(quote, relation, day=day, pinpoint=pinpoint),))
    if form < 0.45:
        number, _, symbol = row["ref"].split("/")
        quote = f"{name} số {row['ref']}"
        type_name = "Bộ luật" if name.startswith("Bộ luật") else "Luật"
        cited = Instrument(type_name, number, symbol, row["ref"], day, "Quốc hội", "")
        return Phrase(head + quote, (_answer(cited, quote, relation, pinpoint=pinpoint),))
    return Phrase(head + name, (_named(name, relation, pinpoint=pinpoint),))


def law_list(random: Random, before: date, relation: str) -> Phrase:
    """Several laws behind one word: `Luật Hộ tịch, Công chứng, Luật Đất đai`."""
    known = [
        row["name"]
        for row in vocabulary()["laws"]
        if date.fromisoformat(row["date"]) < before and row["name"].startswith("Luật ")
    ]
    names = random.sample(known, 3) if len(known) >= 3 else known
    return Phrase(", ".join(names), tuple(_named(name, relation) for name in names))


def congress(random: Random, before: date, relation: str) -> Phrase:
    """A congress resolution by its ordinal."""
    ordinal = "X" if before < date(2011, 2, 1) else "XI" if before < date(2016, 2, 1) else "XII"
    ordinal = "XIII" if before >= date(2021, 3, 1) else ordinal
    whole = "Đại hội đại biểu toàn quốc" if random.random() < 0.7 else "Đại hội"
    quote = f"Nghị quyết {whole} lần thứ {ordinal} của Đảng"
    answer = _named(quote, relation)
    answer["instrument_type"] = "nghị quyết"
    return Phrase(quote, (answer,))


def number_alone(random: Random, before: date, issuer: str, relation: str) -> Phrase:
    """`Kế hoạch số 06 ngày 06/01/2022 của Phòng …`: the symbol was not written."""
    day = before - timedelta(days=random.randrange(5, 300))
    number = f"{random.randrange(1, 90):02d}"
    cited = Instrument("Kế hoạch", number, "", number, day, issuer, "")
    quote = f"Kế hoạch số {number} ngày {written_day(random, day)} của {issuer}"
    answer = _answer(cited, quote, relation, day=day, issuer=issuer)
    return Phrase(quote, ({**answer, "symbol": None},))


def dated(random: Random, before: date, issuer: str, relation: str) -> Phrase:
    """`Nghị quyết ngày 05/3/2024 của …`: type, day and issuer without a number."""
    day = before - timedelta(days=random.randrange(5, 300))
    type_name = random.choice(("Nghị quyết", "Kế hoạch", "Công văn"))
    cited = Instrument(type_name, "", "", "", day, issuer, "")
    quote = f"{type_name} ngày {written_day(random, day)} của {issuer}"
    answer = _answer(cited, quote, relation, day=day, issuer=issuer)
    return Phrase(quote, ({**answer, "kind": "dated", "number": None, "symbol": None, "ref": None},))


def blank_number(random: Random, before: date, issuer: Office, relation: str) -> Phrase:
    """A mention whose number was never filled in: `Kế hoạch số     /KH-UBND ngày …`."""
    day = before - timedelta(days=random.randrange(5, 300))
    quote = f"Kế hoạch số     /KH-{issuer.code} ngày {written_day(random, day)} của {issuer.spoken}"
    symbol = f"KH-{issuer.code}"
    cited = Instrument("Kế hoạch", "", symbol, f"/{symbol}", day, issuer.spoken, "")
    answer = _answer(cited, quote, relation, day=day, issuer=issuer.spoken)
    return Phrase(quote, ({**answer, "number": None},))


def damaged(random: Random, before: date, relation: str) -> Phrase:
    """A symbol typed wrongly whose right form is certain: `33/CTTTg` for `33/CT-TTg`."""
    day = before - timedelta(days=random.randrange(30, 900))
    number = f"{random.randrange(1, 60):02d}"
    wrong, right, type_name = random.choice(
        (("CTTTg", "CT-TTg", "Chỉ thị"), ("QĐ-TTG", "QĐ-TTg", "Quyết định"), ("NĐ_CP", "NĐ-CP", "Nghị định"))
    )
    year = f"{day.year}/" if type_name == "Nghị định" else ""
    issuer = "Chính phủ" if type_name == "Nghị định" else "Thủ tướng Chính phủ"
    cited = Instrument(type_name, number, wrong, f"{number}/{year}{wrong}", day, issuer, "")
    quote = f"{type_name} số {cited.ref} ngày {written_day(random, day)} của {issuer}"
    answer = _answer(cited, quote, relation, day=day, issuer=issuer)
    return Phrase(quote, ({**answer, "ref_repaired": f"{number}/{year}{right}"},))


def proposal(random: Random, before: date, proposer: str, code: str) -> Phrase:
    """`Theo đề nghị của X tại Tờ trình số …`: the issuer stands in front of the quote."""
    day = before - timedelta(days=random.randrange(1, 20))
    number = str(random.randrange(11, 900))
    cited = Instrument("Tờ trình", number, f"TTr-{code}", f"{number}/TTr-{code}", day, proposer, "")
    return joined(
        f"Theo đề nghị của {proposer} tại ", numbered(random, cited, "theo", with_title=False, issuer_in_front=True)
    )


def _answer(
    cited: Instrument,
    quote: str,
    relation: str,
    *,
    day: date | None = None,
    issuer: str | None = None,
    pinpoint: str | None = None,
) -> Answer:
    return {
        "quote": quote,
        "kind": "numbered",
        "instrument_type": cited.type_name.lower(),
        "number": cited.number,
        "symbol": cited.symbol,
        "ref": cited.ref,
        "ref_repaired": None,
        "date": day.isoformat() if day else None,
        "issuer": issuer,
        "relation": relation,
        "pinpoint": pinpoint,
        "title": None,
    }


def _named(quote: str, relation: str, *, day: date | None = None, pinpoint: str | None = None) -> Answer:
    return {
        "quote": quote,
        "kind": "named",
        "instrument_type": "bộ luật" if quote.startswith("Bộ luật") else "luật",
        "number": None,
        "symbol": None,
        "ref": None,
        "ref_repaired": None,
        "date": day.isoformat() if day else None,
        "issuer": None,
        "relation": relation,
        "pinpoint": pinpoint,
        "title": None,
    }
