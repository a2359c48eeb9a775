"""What a token is, and where it stands."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.core.types import Turn
from align.pronounce.tokens import has_token, tokenize, tokenize_text

SEED = Path(__file__).parents[2] / "seeds" / "livestream.zh.txt"
TEXT = st.text() | st.text(alphabet="陈倩〇々𠮷さャー한é\u0301ＡI5０.,:%％-'’&，。？ \u200d😀①½\ufe0f")


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("AI大基建，", ["AI", "大", "基", "建"]),
        ("don't e-mail GPT4o H100 OpenAI", ["don't", "e-mail", "GPT4o", "H100", "OpenAI"]),
        ("GPT-4.5 和 Qwen2.5，5G，AT&T", ["GPT-4.5", "和", "Qwen2.5", "5G", "AT&T"]),
        ("1.4 4,000 10% 3:30 20 %", ["1.4", "4,000", "10%", "3:30", "20"]),
        ("3-5年。1,2", ["3", "5", "年", "1,2"]),
        ("AI.基建,5.", ["AI", "基", "建", "5"]),
        ("𠮷〇々", ["𠮷", "〇", "々"]),
        ("café cafe\u0301 naïve", ["café", "cafe\u0301", "naïve"]),
        ("きょう 안녕하세요 Привет हिन्दी", ["きょ", "う", "안녕하세요", "Привет", "हिन्दी"]),
        ("👨‍👩‍👧😀…—「」％", []),
    ],
)
def test_tokens_of_a_text(text: str, tokens: list[str]) -> None:
    assert [token.text for token in tokenize_text(text)] == tokens


def test_each_token_has_a_sound() -> None:
    sounds = [token.sound for token in tokenize_text("Bruce说2025年 GPU 涨了10%")]
    assert sounds == ["bruce", "shuo", "er ling er wu", "nian", "gpu", "zhang", "le", "bai fen zhi shi"]


@settings(deadline=None)  # the first text loads the dictionaries
@given(st.lists(TEXT, max_size=4))
def test_a_token_is_a_stretch_of_its_turn(texts: list[str]) -> None:
    turns = [Turn(None, text, 1) for text in texts]
    tokens = tokenize(turns)
    assert all(turns[token.turn].text[token.start : token.end] == token.text for token in tokens)
    assert all(token.text and token.sound for token in tokens)
    places = [(token.turn, token.start, token.end) for token in tokens]
    assert places == sorted(places)
    assert all(left[2] <= right[1] for left, right in pairwise(places) if left[0] == right[0])


@settings(deadline=None)  # the first text loads the dictionaries
@given(TEXT)
def test_every_letter_and_digit_belongs_to_a_token(text: str) -> None:
    covered = {at for token in tokenize_text(text) for at in range(token.start, token.end)}
    assert all(at in covered for at, char in enumerate(text) if char.isalnum())
    assert has_token(text) == bool(covered)


def test_the_seed_has_its_known_number_of_tokens() -> None:
    text = SEED.read_text(encoding="utf-8")
    tokens = tokenize([Turn(None, text, 1)])
    assert [token.text for token in tokens] == [token.text for token in tokenize_text(text)]
    assert len(tokens) == 26_919
