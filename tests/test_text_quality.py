"""Good Vietnamese text is told from text layers that lie."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.text_quality import GOOD_TEXT, is_syllable, text_quality

GOOD = (
    "Thực hiện Kế hoạch số 17/KH-UBND ngày 05/3/2021 của Ủy ban nhân dân huyện An Bình, Phòng Nội vụ báo cáo như sau",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
    "- Như trên; - UBND huyện (để b/c); - Lưu: VT, TCHC.",
)
LYING = (
    "CQNG HOA xA HOI CHU NGHiA VItT NAM Dl)c l~p - Tv do - H~nh phuc",
    "B? N?I V? C?NG HÒA XÃ H?I CH? NGH?A VI?T NAM ??c l?p - T? do",
    "Th c hi n K ho ch s 17 ngày c a B N i v v vi c ự ệ ế ạ ố ủ ộ ộ ụ ề ệ",
    "Céng hoµ x· héi chñ nghÜa ViÖt Nam §éc lËp - Tù do - H¹nh phóc",
    "Cong hoa xa hoi chu nghia Viet Nam can cu Luat To chuc chinh quyen dia phuong",
    "The quick brown fox jumps over the lazy dog",
    "",
    "12/3/2020 45 67",
)


@pytest.mark.parametrize("text", GOOD)
def test_good_text_is_believed(text: str) -> None:
    assert text_quality(text) >= GOOD_TEXT + 0.2


@pytest.mark.parametrize("text", LYING)
def test_lying_text_is_not_believed(text: str) -> None:
    assert text_quality(text) < GOOD_TEXT / 2


@pytest.mark.parametrize("word", ["nghiêng", "Quốc", "THUỶ", "khuỷu", "gì", "giếng", "ở", "yêu", "ngoằng", "đường"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["strong", "vA", "ngh", "thàch", "dđa", "wích", "mất'", "quyểtt", ""])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


@given(st.text(max_size=300))
def test_any_text_has_a_score(text: str) -> None:
    assert 0.0 <= text_quality(text) <= 1.0
