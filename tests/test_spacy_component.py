"""The spaCy component on invented texts."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from extractors import spacy_component
from extractors.reading import Reading
from extractors.records import Citation, Extraction, Header
from extractors.spacy_component import TOKENIZER, VietnameseTokenizer, blank_vietnamese

TEXT = """ỦY BAN NHÂN DÂN XÃ SUỐI BẠC
Số: 12/KH-UBND
Suối Bạc, ngày 07 tháng 3 năm 2024
KẾ HOẠCH
Vệ sinh đường làng năm 2024
Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư;
I. MỤC ĐÍCH
Các thôn báo cáo kết quả về UBND xã trước ngày 20/4/2024.
Nơi nhận:
- UBND huyện (để báo cáo);
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lò Văn Thử"""


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = blank_vietnamese()
    pipeline.add_pipe("vanban")
    return pipeline


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Số: 12/KH-UBND", ["Số", ":", "12", "/", "KH", "-", "UBND"]),
        ("một  hai\nba", ["một", " ", "hai", "\n", "ba"]),
        (" đầu dòng", [" ", "đầu", "dòng"]),
        ("", []),
        (unicodedata.normalize("NFD", "Ủy ban"), [unicodedata.normalize("NFD", "Ủy"), "ban"]),
    ],
)
def test_tokens_are_syllables_and_marks(text: str, tokens: list[str]) -> None:
    assert [token.text for token in blank_vietnamese()(text)] == tokens


@given(st.text(alphabet=st.sampled_from("aĐế \u0301\n\t\u00a0.,/-12")))
def test_tokens_keep_the_text(text: str) -> None:
    assert VietnameseTokenizer(spacy.vocab.Vocab())(text).text == text


def test_word_segmentation_joins_syllables_and_keeps_the_text() -> None:
    text = "Căn cứ  Luật Thanh niên;\n các xã, thị trấn."
    doc = blank_vietnamese(word_segmentation=True)(text)
    assert doc.text == text
    assert any(" " in token.text.strip() for token in doc)


def test_tokenizer_can_be_named_in_a_configuration() -> None:
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER, "word_segmentation": False}}})
    assert isinstance(nlp.tokenizer, VietnameseTokenizer)


def test_spans_hold_records(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert set(doc.spans) == {"citations", "deadlines", "signatories", "recipients", "sections"}
    (citation,) = doc.spans["citations"]
    assert citation.label_ == "nghị định"
    assert citation._.record.ref == "30/2020/NĐ-CP"
    assert citation._.record.date == date(2020, 3, 5)
    assert citation.text == citation._.record.quote
    (deadline,) = doc.spans["deadlines"]
    assert (deadline.label_, deadline._.record.due_date) == ("date", date(2024, 4, 20))
    (signatory,) = doc.spans["signatories"]
    assert (signatory.label_, signatory._.record.name) == ("TM", "Lò Văn Thử")
    assert [span.label_ for span in doc.spans["recipients"]] == ["nơi nhận", "lưu"]
    assert "I" in {span.label_ for span in doc.spans["sections"]}
    assert doc._.header.ref == "12/KH-UBND"
    assert isinstance(doc._.findings, tuple)


def test_offsets_are_those_of_the_given_text(nlp: Language) -> None:
    doc = nlp(unicodedata.normalize("NFD", TEXT))
    (citation,) = doc.spans["citations"]
    record = citation._.record
    assert unicodedata.normalize("NFC", doc.text[record.start : record.end]) == record.quote
    assert citation.start_char == record.start


def test_findings_lie_in_the_given_text_too(nlp: Language) -> None:
    text = TEXT.replace("05/3/2020", "31/02/2020")
    (finding,) = (f for f in nlp(unicodedata.normalize("NFD", text))._.findings if f.kind == "impossible_date")
    assert finding.start is not None
    assert "31/02/2020" in unicodedata.normalize("NFD", text)[finding.start : finding.end]
    assert {(f.kind, f.start) for f in nlp("Báo cáo.")._.findings} >= {("no_issuer", None)}


def test_a_span_inside_a_token_takes_the_whole_token(monkeypatch: pytest.MonkeyPatch, nlp: Language) -> None:
    record = Citation(
        kind="named", instrument_type=None, number=None, symbol=None, ref=None, ref_repaired=None, date=None,
        date_year=None, date_month=None, date_day=None, issuer=None, issuer_inferred=None, title=None, pinpoint=None,
        relation="theo", relation_verb=None, quote="uật", start=1, end=4, confidence=0.5,
    )  # fmt: skip
    whole = spacy_component.extract

    def extract(reading: Reading) -> Extraction:
        return replace(whole(reading), citations=(record,))

    monkeypatch.setattr(spacy_component, "extract", extract)
    doc = nlp("Luật Thử")
    (span,) = doc.spans["citations"]
    assert (span.text, span.label_, span._.record) == ("Luật", "named", record)


def test_records_travel_with_the_document(nlp: Language) -> None:
    doc = nlp(TEXT)
    copy = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert copy._.header == doc._.header
    assert [span._.record for span in copy.spans["sections"]] == [span._.record for span in doc.spans["sections"]]


def test_documents_without_the_component_have_no_records() -> None:
    blank_vietnamese().add_pipe("vanban")
    doc = blank_vietnamese()("Luật Thử")
    assert doc._.header is None
    assert doc._.findings == ()
    assert Span(doc, 0, 1)._.record is None


def test_displacy_draws_the_spans(nlp: Language) -> None:
    page = displacy.render(nlp(TEXT), style="span", options={"spans_key": "citations"}, jupyter=False)
    assert "nghị định" in page


def test_empty_text(nlp: Language) -> None:
    doc = nlp("")
    assert all(len(group) == 0 for group in doc.spans.values())
    assert isinstance(doc._.header, Header)
