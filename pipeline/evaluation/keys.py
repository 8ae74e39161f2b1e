"""Under which names a row found and a row of the answers are the same, and how a field is compared.

Letters and tones count; case, blanks, quotation marks, outer punctuation and the two ways of placing a tone do not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

Value = str | int | float | bool | date | None
Row = Mapping[str, Value]

_QUOTES = re.compile("[“”\"'‘’]")
_DASHES = re.compile("[‐-―−]")
_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"\w")
_OUTER = " .;:,-–/"
_LEADING_ZEROS = re.compile(r"^0+(?=\d)")
_LAW_DATE = re.compile(r"[,\s]*(?:ngày|tháng|năm)\s+[\d/.\- ]+(?:tháng\s*\d+\s*)?(?:năm\s*\d{4})?$")
_TONE_PLACES = (("uỷ", "ủy"), ("hoà", "hòa"), ("toà", "tòa"), ("hoá", "hóa"))


def folded(value: Value) -> str:
    """`value` as text for comparison; "" for None."""
    if value is None:
        return ""
    text = unicodedata.normalize("NFC", str(value)).replace("Ð", "Đ").replace("*", "")
    text = _BLANKS.sub(" ", _DASHES.sub("-", _QUOTES.sub("", text))).casefold().strip(_OUTER)
    for old, new in _TONE_PLACES:
        text = text.replace(old, new)
    return re.sub(r"\boà\b", "òa", text)


def toneless(value: Value) -> str:
    """`folded` without tone marks and vowel signs, as a poor scan may read it; only letters, digits and blanks."""
    letters = unicodedata.normalize("NFD", folded(value).replace("đ", "d"))
    bare = "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    return " ".join(bare.split())


def same_number(left: Value, right: Value) -> bool:
    """Leading zeros do not count."""
    return folded(left).lstrip("0") == folded(right).lstrip("0")


def same_field(name: str, wanted: Value, found: Value) -> bool:
    """Whether the field `name` has the value of the answers."""
    if name == "number":
        return same_number(wanted, found)
    if name in ("level", "refers_to_addressees", "working_days"):
        return wanted == found
    if name in ("date", "due_date"):
        return str(wanted or "") == str(found or "")
    return folded(wanted) == folded(found)


def ref_key(ref: Value) -> str:
    """A `ref` without blanks and leading zeros."""
    return _LEADING_ZEROS.sub("", _BLANKS.sub("", folded(ref)))


def incomplete_date(row: Row) -> str:
    """What is known of the date, widest part first: `2022`, `2022-05` or `2022-05-20`."""
    if row.get("date") is not None:
        return str(row["date"])
    parts: list[str] = []
    for name, width in (("date_year", 4), ("date_month", 2), ("date_day", 2)):
        part = row.get(name)
        if part is None:
            break
        parts.append(str(part).zfill(width))
    return "-".join(parts)


def citation_keys(row: Row) -> list[str]:
    """Best first: ref, repaired ref, a number alone with its type; without them a law's name or type and date."""
    keys = ["#" + ref_key(row[name]) for name in ("ref", "ref_repaired") if _WORD.search(str(row.get(name) or ""))]
    if row.get("number") and not row.get("symbol"):
        keys.append(f"#{folded(row['number']).lstrip('0')}@{folded(row.get('instrument_type'))}")
    if keys:
        return keys
    if row.get("kind") == "named":
        return ["=" + _LAW_DATE.sub("", folded(row.get("quote")))]
    return ["~" + folded(row.get("instrument_type")) + incomplete_date(row)]


def section_keys(row: Row) -> list[str]:
    """Label and the head of the title."""
    return [folded(row.get("label")) + "|" + folded(row.get("title"))[:40]]


def deadline_keys(row: Row) -> list[str]:
    """What the term is, then how it is worded."""
    term = "|".join(str(row.get(name) or "") for name in ("due_date", "recurrence", "duration"))
    return [term, folded(row.get("quote"))]


def signatory_keys(row: Row) -> list[str]:
    """The name."""
    return [folded(row.get("name"))]


def recipient_keys(row: Row) -> list[str]:
    """Role and name."""
    return [folded(row.get("role")) + "|" + folded(row.get("name"))]
