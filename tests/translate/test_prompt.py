from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.errors import UsageError
from align.translate.base import Context
from align.translate.prompt import END, key, opening, question

TEXTS = st.text(alphabet='好a"\\{}[]<>|im_end\n ', min_size=1, max_size=30)


@given(st.lists(TEXTS, min_size=1, max_size=8), TEXTS)
def test_the_passage_is_json_that_no_text_breaks_out_of(lines: list[str], neighbour: str) -> None:
    asked = question(lines, Context(before=(neighbour,)))
    passage = json.loads(asked[: asked.index(END)])
    assert passage["before"] == [plain(neighbour)]
    assert passage["lines"] == [plain(line) for line in lines]


@given(TEXTS)
def test_no_text_holds_a_control_mark_of_the_model(text: str) -> None:
    assert "<" not in key(text)
    assert question([text], Context()).count("<|") == 2


@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_keys_and_values_make_a_json_object(lines: list[str]) -> None:
    answer = "{" + ", ".join(f'{key(line)}x"' for line in lines) + "}"
    assert set(json.loads(answer)) == {plain(line) for line in lines}


def test_an_unknown_pair_of_languages_is_refused() -> None:
    with pytest.raises(UsageError, match="cannot translate zh to fr, only zh to en, en to zh"):
        opening("zh", "fr")


def plain(text: str) -> str:
    return text.replace("<", "‹").replace(">", "›")
