"""The second language after applying, where there is no translator: told, and never made up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from align.core.errors import InputError, ModelError
from align.pipeline.context import RunContext
from align.pronounce.lexicon import EMPTY as NO_WORDS
from align.review.decisions.decision import Rewording
from align.review.decisions.edited_transcript import reworded
from align.review.realign import Realigner
from align.transcript.cleaning.glossary import EMPTY as NO_GLOSSARY
from tests.review.decisions.made import made

RESULT = made(400)
LACKING = replace(RESULT, phrases=(replace(RESULT.phrases[0], translation=""), *RESULT.phrases[1:]))


def tools(translating: bool = True) -> Realigner:
    def none(translator: bool) -> RunContext:
        raise ModelError("translator", "is not here; run `align models pull`")

    return Realigner(Path("talk.alignment.json"), None, NO_WORDS, NO_GLOSSARY, translating, none)


def test_nothing_is_to_be_translated() -> None:
    assert tools().translate(RESULT) == (RESULT, "")


@pytest.mark.parametrize(
    ("translating", "why"),
    [(True, "is not here; run `align models pull`."), (False, "because of --no-translate")],
)
def test_a_line_that_cannot_be_made_is_told(translating: bool, why: str) -> None:
    same, left = tools(translating).translate(LACKING)
    assert same == LACKING
    assert left.startswith(f"1 of {len(RESULT.phrases)} cues have no en line")
    assert why in left


def test_what_attention_has_placed_is_refused() -> None:
    text = reworded(RESULT.turns, RESULT.alignment.tokens, [Rewording(0, 1, "嗯")])
    with pytest.raises(InputError, match="only phone can realign a part"):
        tools().place_words(replace(RESULT, aligner="attention"), text)
