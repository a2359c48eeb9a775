"""Every way to say each token of a transcript."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from align.core.types import Turn, Wording
from align.pronounce.lexicon import read_lexicon
from align.pronounce.phones import NO_SPEECH, PHONES
from align.pronounce.readings import readings
from align.pronounce.tokens import tokenize
from align.transcript.cleaning.rules import Cleaning
from align.transcript.read import read_transcript

SEED = Path(__file__).parents[2] / "seeds" / "livestream.zh.txt"
SOUNDS = set(PHONES).difference(NO_SPEECH)


def test_every_token_of_a_real_transcript_can_be_said() -> None:
    turns = read_transcript(SEED, Cleaning()).turns
    tokens = tokenize(turns)
    found = readings(turns, tokens)
    assert len(found) == len(tokens)
    assert [token.text for token, said in zip(tokens, found, strict=True) if not said] == []
    assert {phone for said in found for reading in said for phone in reading} <= SOUNDS
    assert max(map(len, found)) <= 6
    assert sum(map(len, found)) < 1.3 * len(found)


def test_the_users_readings_take_the_place_of_all_others(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.txt"
    path.write_text("伊森 = Ethan\nOpenAI = ow p ah n\n", encoding="utf-8")
    turns = [Turn(None, "伊森说OpenAI", 1), Turn(None, "伊，森", 2)]
    found = readings(turns, tokenize(turns), read_lexicon(path))
    assert found == (
        (("iy",),),
        (("th", "ah", "n"),),
        (("Sh", "Uo"),),
        (("ow", "p", "ah", "n"),),
        (("I",),),
        (("s", "En"),),
    )


def test_a_mended_word_can_be_said_as_it_was_written_too() -> None:
    plain = Turn(None, "听Ethan说", 1)
    mended = Turn(None, "听Ethan说", 1, corrections=(Wording(1, 6, "一心"),))
    before, after = (readings([turn], tokenize([turn])) for turn in (plain, mended))
    assert after[1] == (*before[1], ("I", "X", "In"))
    assert (after[0], after[2]) == (before[0], before[2])


def test_what_was_written_is_dealt_out_to_several_words() -> None:
    turn = Turn(None, "Michael Burry", 1, corrections=(Wording(0, 13, "麦克 伯瑞"),))
    first, last = readings([turn], tokenize([turn]))
    assert all(len(said) > 1 for said in (first, last))


@given(st.text(max_size=40))
def test_any_text_has_readings_of_real_phones(text: str) -> None:
    turns = [Turn(None, text, 1)]
    tokens = tokenize(turns)
    found = readings(turns, tokens)
    assert len(found) == len(tokens)
    assert all(reading and set(reading) <= SOUNDS for said in found for reading in said)
    assert all(len(set(said)) == len(said) <= 6 for said in found)
