"""The signature block of a sample document."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from pipeline.sample.letterhead import Office
from pipeline.sample.phrase import Answer
from pipeline.sample.vocabulary import person, pick

_COPY_MARKS = ("(Đã ký)", "Đã ký", "(đã ký và đóng dấu)")


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Printed lines above the name, the name's own line, the answer, and the mark of a copy (`(Đã ký)`)."""

    titles: tuple[str, ...]
    name_line: str
    answer: Answer
    copy_mark: str | None = None


def signature(random: Random, issuer: Office, *, collective: bool = True) -> SignatureBlock:
    """A block after Nghị định 30/2020/NĐ-CP, điều 13: TM., KT., TL., Q. or the head alone.

    `collective` False leaves out the body that a head signs for (a Chủ tịch deciding in his own right).
    """
    body = issuer.collective if issuer.party or (collective and random.random() < 0.8) else None
    titles, answer = _party(random, issuer) if issuer.party else _state(random, issuer, body)
    name = person(random)
    learned = issuer.level in ("trung ương", "sở", "trường")
    honorific = pick(random, "people", "honorifics") if learned and random.random() < 0.25 else None
    printed = f"{honorific} {name}" if honorific else name
    mark = random.choice(_COPY_MARKS) if random.random() < 0.08 else None
    return SignatureBlock(titles, printed, {"name": name, **answer, "honorific": honorific}, mark)


def _party(random: Random, issuer: Office) -> tuple[tuple[str, ...], Answer]:
    body = issuer.collective or issuer.name
    position = random.choice((issuer.head, issuer.deputy))
    mark = random.choice(("T/M", "T/M", "TM."))
    return (f"{mark} {body.upper()}", position.upper()), _answer("TM", body, position)


def _state(random: Random, issuer: Office, body: str | None) -> tuple[tuple[str, ...], Answer]:
    """Of two authority lines the one nearest to the name is the answer."""
    head, deputy, form = issuer.head, issuer.deputy, random.random()
    for_body = (f"TM. {body.upper()}",) if body else ()
    if form < 0.4:
        return (*for_body, head.upper()), _answer("TM" if body else None, body, head)
    if form < 0.85:
        return (*for_body, f"KT. {head.upper()}", deputy.upper()), _answer("KT", head, deputy)
    if form < 0.95 and issuer.level in ("tỉnh", "huyện", "sở", "trung ương"):
        return (f"TL. {head.upper()}", "CHÁNH VĂN PHÒNG"), _answer("TL", head, "Chánh Văn phòng")
    if form < 0.97 and issuer.level in ("tỉnh", "sở"):
        return (f"TUQ. {head.upper()}", "CHÁNH VĂN PHÒNG"), _answer("TUQ", head, "Chánh Văn phòng")
    if body is None and issuer.level in ("sở", "trường", "phòng"):
        return (f"Q. {head.upper()}",), _answer("Q", None, head)
    return (head.upper(),), _answer(None, None, head)


def _answer(authority: str | None, on_behalf_of: str | None, position: str) -> Answer:
    return {"position": position, "authority": authority, "on_behalf_of": on_behalf_of}
