"""The extractors as a spaCy component, for pipelines that go on with spaCy.

    nlp = blank_vietnamese()
    nlp.add_pipe("vanban")
    doc = nlp("Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ")
    doc.spans["citations"][0]._.record.ref

Needs no model and no network. `spacy.blank("vi")` by itself needs Pyvi; `blank_vietnamese` does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any, TypeVar

import regex
from spacy.lang.vi import Vietnamese
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import DummyTokenizer, registry
from spacy.vocab import Vocab

from extractors.document import extract
from extractors.reading import Reading, normalise
from extractors.records import Citation, Deadline, Finding, Header, Recipient, Section, Signatory

Record = Citation | Deadline | Signatory | Recipient | Section
Placed = TypeVar("Placed", Citation, Deadline, Signatory, Recipient, Section)

TOKENIZER = "vanban.VietnameseTokenizer.v1"
_STORED = "vanban"
_CLASSES: dict[str, type[Record]] = {
    "citations": Citation,
    "deadlines": Deadline,
    "signatories": Signatory,
    "recipients": Recipient,
    "sections": Section,
}
_PIECE = regex.compile(r"[\w\p{M}]+|\s+|.", regex.DOTALL)


class VietnameseTokenizer(DummyTokenizer):
    """Splits a text into syllables, numbers and single punctuation marks; `doc.text` is the text again.

    With `word_segmentation` the syllables of a word are one token, as underthesea divides them.
    """

    def __init__(self, vocab: Vocab, word_segmentation: bool = False) -> None:
        self.vocab = vocab
        self.word_segmentation = word_segmentation

    def __call__(self, text: str) -> Doc:
        pieces = [piece.group() for piece in _PIECE.finditer(text)]
        if self.word_segmentation:
            pieces = _joined(pieces, _words(text))
        words: list[str] = []
        spaces: list[bool] = []
        for piece in pieces:
            ends_token = piece[0] == " " and piece.isspace() and bool(spaces) and not spaces[-1]
            if ends_token:
                spaces[-1] = True
            word = piece[1:] if ends_token else piece
            if word:
                words.append(word)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)


@registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator]
def create_tokenizer(word_segmentation: bool = False) -> Callable[[Language], VietnameseTokenizer]:
    """For `[nlp.tokenizer]` of a spaCy configuration."""

    def of(nlp: Language) -> VietnameseTokenizer:
        return VietnameseTokenizer(nlp.vocab, word_segmentation)

    return of


def blank_vietnamese(word_segmentation: bool = False) -> Language:
    """A Vietnamese pipeline with `VietnameseTokenizer` and no components."""
    tokenizer = {"@tokenizers": TOKENIZER, "word_segmentation": word_segmentation}
    return Vietnamese.from_config({"nlp": {"lang": "vi", "tokenizer": tokenizer}})


class ExtractionComponent:
    """Fills doc.spans with `citations`, `deadlines`, `signatories`, `recipients` and `sections`.

    Span labels: type of instrument; kind of term; authority; role; zone, or label of the heading. Spans are widened
    to whole tokens; `span._.record` is the record, whose `start` and `end` count in doc.text and are exact.
    `doc._.header` holds the document's own fields and `doc._.findings` what a careful clerk would point out.
    """

    def __call__(self, doc: Doc) -> Doc:
        text, origins = normalise(doc.text)
        found = extract(Reading.of(text))
        stored: dict[str, Any] = {"header": asdict(_header_in(found.header, origins))}
        stored["findings"] = [asdict(_finding_in(finding, origins)) for finding in found.findings]
        records: dict[str, Sequence[Record]] = {
            "citations": _in_original(found.citations, origins),
            "deadlines": _in_original(found.deadlines, origins),
            "signatories": _in_original(found.signatories, origins),
            "recipients": _in_original(found.recipients, origins),
            "sections": _in_original(found.sections, origins),
        }
        for kind, of_kind in records.items():
            spans = (_span(doc, record, f"{kind}:{i}") for i, record in enumerate(of_kind))
            doc.spans[kind] = [span for span in spans if span is not None]
            stored[kind] = [asdict(record) for record in of_kind]
        doc.user_data[_STORED] = _plain(stored)
        return doc


@Language.factory("vanban")
def create_component(nlp: Language, name: str) -> ExtractionComponent:  # noqa: ARG001 (spaCy's signature)
    """The factory behind `nlp.add_pipe("vanban")`."""
    if not Span.has_extension("record"):
        Span.set_extension("record", getter=_record_of)
    if not Doc.has_extension("header"):
        Doc.set_extension("header", getter=_header_of)
    if not Doc.has_extension("findings"):
        Doc.set_extension("findings", getter=_findings_of)
    return ExtractionComponent()


def _words(text: str) -> list[str]:
    from underthesea import word_tokenize

    return [str(word) for word in word_tokenize(text)]


def _joined(pieces: list[str], words: Iterable[str]) -> list[str]:
    """Pieces of the same word together; a word that does not stand so in the text is left in its pieces."""
    text = "".join(pieces)
    ends: dict[int, int] = {}
    at = 0
    for word in words:
        start = text.find(word, at)
        if start >= 0 and not text[at:start].strip():
            ends[start] = at = start + len(word)
    out: list[str] = []
    offset, until = 0, 0
    for piece in pieces:
        if offset < until:
            out[-1] += piece
        else:
            out.append(piece)
            until = ends.get(offset, offset)
        offset += len(piece)
    return out


def _span(doc: Doc, record: Record, span_id: str) -> Span | None:
    return doc.char_span(record.start, record.end, label=_label(record), alignment_mode="expand", span_id=span_id)


def _label(record: Record) -> str:
    match record:
        case Citation():
            return record.instrument_type or record.kind
        case Deadline():
            return record.kind
        case Signatory():
            return record.authority or "người ký"
        case Recipient():
            return record.role
        case Section():
            return record.label or record.zone


def _in_original(records: tuple[Placed, ...], origins: tuple[int, ...] | None) -> tuple[Placed, ...]:
    if origins is None:
        return records
    return tuple(replace(record, start=origins[record.start], end=origins[record.end]) for record in records)


def _header_in(header: Header, origins: tuple[int, ...] | None) -> Header:
    if origins is None:
        return header
    return replace(header, spans=tuple((name, origins[start], origins[end]) for name, start, end in header.spans))


def _finding_in(finding: Finding, origins: tuple[int, ...] | None) -> Finding:
    if origins is None or finding.start is None or finding.end is None:
        return finding
    return replace(finding, start=origins[finding.start], end=origins[finding.end])


def _plain(value: Any) -> Any:
    """`value` as spaCy can store it: dates as ISO text, tuples as lists."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(member) for member in value]
    return value


def _restored(cls: type[Any], stored: Mapping[str, Any]) -> Any:
    """The record that `_plain` took apart."""
    values: dict[str, Any] = {}
    for field in fields(cls):
        value = stored[field.name]
        if isinstance(value, list):
            value = tuple(tuple(member) if isinstance(member, list) else member for member in value)
        if isinstance(value, str) and field.type in ("date | None", "date"):
            value = date.fromisoformat(value)
        values[field.name] = value
    return cls(**values)


def _record_of(span: Span) -> Record | None:
    kind, _, index = span.id_.partition(":")
    stored = span.doc.user_data.get(_STORED)
    if stored is None or kind not in _CLASSES:
        return None
    record: Record = _restored(_CLASSES[kind], stored[kind][int(index)])
    return record


def _header_of(doc: Doc) -> Header | None:
    stored = doc.user_data.get(_STORED)
    if stored is None:
        return None
    header: Header = _restored(Header, stored["header"])
    return header


def _findings_of(doc: Doc) -> tuple[Finding, ...]:
    stored = doc.user_data.get(_STORED) or {"findings": ()}
    return tuple(_restored(Finding, finding) for finding in stored["findings"])
