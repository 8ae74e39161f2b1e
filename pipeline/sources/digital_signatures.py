"""Who signed a PDF: its signature fields with the signer's certificate and the times of signing.

Everything is read from the file; nothing is fetched. What is said of a signature is what it says itself: whether the
certificate is trusted, revoked or expired is not judged. Whether the signed bytes still have the digest that the
signature holds is.

Standards: ISO 32000-2, 12.8 (signature fields, byte ranges), RFC 5652 (CMS), RFC 3161 (time stamps).
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

import pikepdf
from asn1crypto import cms, core, tsp, x509

from pipeline.sources.source import DigitalSignature

VIETNAM = timezone(timedelta(hours=7))
"""The clock that every time of signing is told in."""

_MOST_FIELDS = 2_000
_DEPTH = 16
_SAME_CLOCK = timedelta(minutes=10)
_PDF_DATE = re.compile(
    r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-])(\d\d)'?(\d\d)?)?",
)
_DIGESTS = frozenset(("sha1", "sha224", "sha256", "sha384", "sha512", "md5"))
# asn1crypto parses lazily: what is wrong with a structure shows when a field of it is asked for.
_BROKEN = (ValueError, TypeError, KeyError, IndexError, OverflowError)


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """Where a field's widget is: its page (from 0) and its place among the page's annotations."""

    page: int
    annotation: int


def read_signatures(data: bytes, password: str = "") -> list[tuple[FieldPlace | None, DigitalSignature]]:
    """Every signature field of a PDF, signed or not, in the order of the pages; page and box are not set.

    The place is None for a field that shows nothing on any page. Raises pikepdf.PdfError when the file's structure
    cannot be read.
    """
    with pikepdf.open(io.BytesIO(data), password=password) as pdf:
        digests = FileDigests(data)
        places = _widget_places(pdf)
        found: list[tuple[FieldPlace | None, DigitalSignature]] = []
        seen: set[tuple[int, int]] = set()
        for name, field in _fields(pdf, places):
            key = field.objgen
            if key != (0, 0) and key in seen:
                continue
            seen.add(key)
            found.append((_place_of(field, places), replace(_signature(field, digests), field_name=name)))
            if len(found) >= _MOST_FIELDS:
                break
    return sorted(found, key=lambda pair: (1, 0, 0) if pair[0] is None else (0, pair[0].page, pair[0].annotation))


def read_cms(contents: bytes) -> dict[str, Any]:
    """What a CMS signature says of its signer, as fields of `DigitalSignature`; empty when it cannot be parsed."""
    return _said_by(_signed_data(contents))


def _signed_data(contents: bytes) -> cms.SignedData | None:
    try:
        return cms.ContentInfo.load(contents)["content"]
    except _BROKEN:
        return None


def _said_by(signed: cms.SignedData | None) -> dict[str, Any]:
    if signed is None:
        return {}
    try:
        signer = signed["signer_infos"][0]
        certificates = [choice.chosen for choice in signed["certificates"] if choice.name == "certificate"]
        certificate = _certificate_of(signer, certificates)
        said = dict(_holder(certificate.dump())) if certificate is not None else {}
        said["cms_time"] = _signing_time(signer)
        said["signed_at"] = _stamped_time(signer)
    except _BROKEN:
        return {}
    return said


def pdf_date(written: str) -> datetime | None:
    """A PDF date (`D:20250109100916+07'00'`) on Vietnam's clock; None when it is no date."""
    found = _PDF_DATE.match(written)
    if found is None:
        return None
    year, month, day, hour, minute, second, utc, sign, off_hours, off_minutes = found.groups()
    try:
        clock = datetime(int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0))
        if not (utc or sign):
            return clock
        offset = timedelta(hours=int(off_hours or 0), minutes=int(off_minutes or 0))
        zone = timezone(-offset if sign == "-" else offset)
        return clock.replace(tzinfo=zone).astimezone(VIETNAM).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None


def _widget_places(pdf: pikepdf.Pdf) -> dict[tuple[int, int], FieldPlace]:
    places: dict[tuple[int, int], FieldPlace] = {}
    for number, page in enumerate(pdf.pages):
        annotations = page.obj.get("/Annots")
        if not isinstance(annotations, pikepdf.Array):
            continue
        for position, annotation in enumerate(annotations):
            if isinstance(annotation, pikepdf.Dictionary) and annotation.objgen != (0, 0):
                places.setdefault(annotation.objgen, FieldPlace(number, position))
    return places


def _fields(pdf: pikepdf.Pdf, places: Mapping[tuple[int, int], FieldPlace]) -> Iterator[tuple[str, pikepdf.Dictionary]]:
    """Signature fields by full name: those of the form, then those that only a page knows of."""
    form = pdf.Root.get("/AcroForm")
    visited: set[tuple[int, int]] = set()
    if isinstance(form, pikepdf.Dictionary) and isinstance(form.get("/Fields"), pikepdf.Array):
        for field in form.Fields:
            yield from _below(field, "", None, visited, 0)
    for key in places:
        widget = pdf.get_object(key)
        if key not in visited and isinstance(widget, pikepdf.Dictionary) and widget.get("/FT") == "/Sig":
            yield _name(widget), widget


def _below(
    field: pikepdf.Object, path: str, kind: object, visited: set[tuple[int, int]], depth: int
) -> Iterator[tuple[str, pikepdf.Dictionary]]:
    if not isinstance(field, pikepdf.Dictionary) or depth > _DEPTH or field.objgen in visited - {(0, 0)}:
        return
    visited.add(field.objgen)
    kind = field.get("/FT", kind)
    name = _name(field)
    path = f"{path}.{name}" if path and name else path or name
    kids = field.get("/Kids")
    parts = [kid for kid in kids if isinstance(kid, pikepdf.Dictionary)] if isinstance(kids, pikepdf.Array) else []
    if kind == "/Sig" and not any("/T" in kid for kid in parts):
        visited.update(kid.objgen for kid in parts)
        yield path, field
        return
    for kid in parts:
        yield from _below(kid, path, kind, visited, depth + 1)


def _name(field: pikepdf.Dictionary) -> str:
    name = field.get("/T")
    return str(name) if isinstance(name, pikepdf.String) else ""


def _place_of(field: pikepdf.Dictionary, places: Mapping[tuple[int, int], FieldPlace]) -> FieldPlace | None:
    if field.objgen in places:
        return places[field.objgen]
    kids = field.get("/Kids")
    widgets = kids if isinstance(kids, pikepdf.Array) else ()
    return next((places[kid.objgen] for kid in widgets if kid.objgen in places), None)


def _signature(field: pikepdf.Dictionary, digests: FileDigests) -> DigitalSignature:
    value = field.get("/V")
    if not isinstance(value, pikepdf.Dictionary):
        return DigitalSignature("empty_field")
    contents = value.get("/Contents")
    signed = _signed_data(bytes(contents) if isinstance(contents, pikepdf.String) else b"")
    said = _said_by(signed)
    if not said and "/Cert" in value:
        said = _from_dictionary(value)
    dictionary_time = pdf_date(_text(value, "/M") or "")
    stamped, cms_time = said.pop("signed_at", None), said.get("cms_time")
    basis = "timestamp_token" if stamped else "cms" if cms_time else "dictionary" if dictionary_time else None
    digest_matches, covers_file = _covered(value, signed, digests)
    return DigitalSignature(
        "signature",
        **{"signer": _text(value, "/Name"), **said},
        reason=_text(value, "/Reason"),
        location=_text(value, "/Location"),
        signed_at=stamped or _on_one_clock(cms_time, dictionary_time) or dictionary_time,
        signed_at_basis=basis,
        dictionary_time=dictionary_time,
        digest_matches=digest_matches,
        covers_file=covers_file,
    )


def _text(dictionary: pikepdf.Dictionary, key: str) -> str | None:
    value = dictionary.get(key)
    return (" ".join(str(value).split()) or None) if isinstance(value, pikepdf.String) else None


def _from_dictionary(value: pikepdf.Dictionary) -> dict[str, Any]:
    """The signer of an `adbe.x509.rsa_sha1` signature, whose certificate lies beside it."""
    held = value.get("/Cert")
    first = held[0] if isinstance(held, pikepdf.Array) and len(held) else held
    try:
        return dict(_holder(bytes(first))) if isinstance(first, pikepdf.String) else {}
    except (ValueError, TypeError, KeyError):
        return {}


def _certificate_of(signer: cms.SignerInfo, certificates: list[x509.Certificate]) -> x509.Certificate | None:
    identifier = signer["sid"]
    for certificate in certificates:
        if identifier.name == "issuer_and_serial_number":
            if certificate.serial_number == identifier.chosen["serial_number"].native:
                return certificate
        elif certificate.key_identifier == identifier.chosen.native:
            return certificate
    return None


@lru_cache(maxsize=500)
def _holder(encoded: bytes) -> Mapping[str, Any]:
    """What a certificate (DER) says of its holder; the documents of a unit are signed by the same few people."""
    certificate = x509.Certificate.load(encoded)
    subject = certificate.subject.native
    parts = [_words(subject.get(key)) for key in ("organizational_unit_name", "organization_name")]
    names = certificate.subject_alt_name_value or ()
    emails = [name.native for name in names if name.name == "rfc822_name"]
    return {
        "signer": _words(subject.get("common_name")) or None,
        "organisation": ", ".join(part for part in dict.fromkeys(parts) if part) or None,
        "email": _words(subject.get("email_address")) or (emails[0] if emails else None),
        "certificate_subject": _distinguished_name(certificate.subject),
        "certificate_issuer": _distinguished_name(certificate.issuer),
    }


def _distinguished_name(name: x509.Name) -> str:
    """`CN=…, O=…` with the attributes in the certificate's order."""
    short = {"common_name": "CN", "organization_name": "O", "organizational_unit_name": "OU", "locality_name": "L",
             "state_or_province_name": "ST", "country_name": "C", "email_address": "E", "user_id": "UID",
             "title": "T", "serial_number": "SERIALNUMBER"}  # fmt: skip
    return ", ".join(f"{short.get(key, key)}={_words(value)}" for key, value in name.native.items())


def _words(value: Any) -> str:
    return ", ".join(map(_words, value)) if isinstance(value, list) else " ".join(str(value or "").split())


def _signing_time(signer: cms.SignerInfo) -> datetime | None:
    """The signed attribute as its digits stand: many signing programs write Vietnam's clock there as if it were UTC."""
    for attribute in _attributes(signer, "signed_attrs"):
        if attribute["type"].native == "signing_time":
            found = attribute["values"][0].native
            return found.replace(tzinfo=None, microsecond=0) if isinstance(found, datetime) else None
    return None


def _stamped_time(signer: cms.SignerInfo) -> datetime | None:
    """The time of a time-stamping authority, on Vietnam's clock."""
    for attribute in _attributes(signer, "unsigned_attrs"):
        if attribute["type"].native == "signature_time_stamp_token":
            content = attribute["values"][0]["content"]["encap_content_info"]["content"]
            if not isinstance(content, core.OctetString | core.ParsableOctetString):
                return None
            stamped = tsp.TSTInfo.load(bytes(content))
            when = stamped["gen_time"].native
            return when.astimezone(VIETNAM).replace(tzinfo=None, microsecond=0) if isinstance(when, datetime) else None
    return None


def _attributes(signer: cms.SignerInfo, kind: str) -> Iterable[cms.CMSAttribute]:
    """The attributes of a kind; never asked for whole (`native`), which broken ones make asn1crypto do for ever."""
    attributes = signer[kind]
    return () if isinstance(attributes, core.Void) else attributes


def _on_one_clock(cms_time: datetime | None, dictionary_time: datetime | None) -> datetime | None:
    """The CMS's time on Vietnam's clock: as it stands where it agrees with /M, else taken for UTC as it should be."""
    if cms_time is None:
        return None
    if dictionary_time is not None and abs(cms_time - dictionary_time) <= _SAME_CLOCK:
        return cms_time
    try:
        return cms_time.replace(tzinfo=UTC).astimezone(VIETNAM).replace(tzinfo=None)
    except OverflowError:
        return cms_time


class FileDigests:
    """Digests of stretches of a file; what several signatures cover from its beginning is gone through once.

    A program that signs adds to the end of the file, so that each signature covers all that the one before covers.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._openings: dict[tuple[str, int], hashlib._Hash] = {}

    def of(self, algorithm: str, pairs: Iterable[tuple[int, int]]) -> bytes:
        """The digest over all (start, length) of `pairs`, one after the other."""
        content = memoryview(self.data)
        digest = hashlib.new(algorithm, usedforsecurity=False)
        for number, (start, length) in enumerate(pairs):
            if number == 0 and start == 0:
                digest = self._opening(algorithm, length)
            else:
                digest.update(content[start : start + length])
        return digest.digest()

    def _opening(self, algorithm: str, length: int) -> hashlib._Hash:
        """The digest of the first `length` bytes, to go on with."""
        known = [end for name, end in self._openings if name == algorithm and end <= length]
        done = max(known, default=0)
        digest = self._openings[algorithm, done].copy() if known else hashlib.new(algorithm, usedforsecurity=False)
        digest.update(memoryview(self.data)[done:length])
        self._openings[algorithm, length] = digest.copy()
        return digest


def _covered(
    value: pikepdf.Dictionary, signed: cms.SignedData | None, digests: FileDigests
) -> tuple[bool | None, bool | None]:
    """Whether the signed bytes have the digest in the signature, and whether they reach to the end of the file."""
    held = value.get("/ByteRange")
    data = digests.data
    try:
        ranges = [int(number) for number in held] if isinstance(held, pikepdf.Array) else []
        pairs = list(zip(ranges[0::2], ranges[1::2], strict=True))
        if not pairs or any(start < 0 or length < 0 or start + length > len(data) for start, length in pairs):
            return None, None
        if signed is None:
            return None, None
        signer = signed["signer_infos"][0]
        algorithm = signer["digest_algorithm"]["algorithm"].native
        wanted = next(
            a["values"][0].native for a in _attributes(signer, "signed_attrs") if a["type"].native == "message_digest"
        )
    except (*_BROKEN, StopIteration):
        return None, None
    reaches_end = not data[pairs[-1][0] + pairs[-1][1] :].strip()
    if algorithm not in _DIGESTS:
        return None, reaches_end
    return digests.of(algorithm, pairs) == wanted, reaches_end
