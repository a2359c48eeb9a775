"""All readings of each token of a transcript."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from align.core.types import Turn, Wording
from align.pronounce.lexicon import read_lexicon
from align.pronounce.phones import NO_SPEECH, PHONES, SILENCE
from align.pronounce.readings import readings
from align.pronounce.token_readings import MOST_SYMBOLS
from align.pronounce.tokens import tokenize
from align.transcript.cleaning.apply_rules import Cleaning
from align.transcript.read import read_transcript

SEED = Path(__file__).parents[2] / "seeds" / "livestream.zh.txt"
SOUNDS = set(PHONES).difference(NO_SPEECH)


def test_every_token_of_a_real_transcript_has_readings() -> None:
    turns = read_transcript(SEED, Cleaning()).turns
    tokens = tokenize(turns)
    result = readings(turns, tokens)
    assert len(result) == len(tokens)
    assert [token.text for token, said in zip(tokens, result, strict=True) if not said] == []
    assert {phone for said in result for reading in said for phone in reading} <= SOUNDS
    assert max(map(len, result)) <= 6
    assert sum(map(len, result)) < 1.3 * len(result)


def test_the_lexicon_replaces_all_other_readings(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.txt"
    path.write_text("伊森 = Ethan\nOpenAI = ow p ah n\n", encoding="utf-8")
    turns = [Turn(None, "伊森说OpenAI", 1), Turn(None, "伊，森", 2)]
    result = readings(turns, tokenize(turns), read_lexicon(path))
    assert result == (
        (("iy",),),
        (("th", "ah", "n"),),
        (("Sh", "Uo"),),
        (("ow", "p", "ah", "n"),),
        (("I",),),
        (("s", "En"),),
    )


def test_a_corrected_word_also_has_the_readings_of_the_original() -> None:
    plain = Turn(None, "听Ethan说", 1)
    corrected = Turn(None, "听Ethan说", 1, corrections=(Wording(1, 6, "一心"),))
    before, after = (readings([turn], tokenize([turn])) for turn in (plain, corrected))
    assert after[1] == (*before[1], ("I", "X", "In"))
    assert (after[0], after[2]) == (before[0], before[2])


def test_the_original_is_split_over_several_corrected_words() -> None:
    turn = Turn(None, "Michael Burry", 1, corrections=(Wording(0, 13, "麦克 伯瑞"),))
    first, last = readings([turn], tokenize([turn]))
    assert all(len(said) > 1 for said in (first, last))


@given(st.text(max_size=40))
def test_any_text_has_readings_of_real_phones(text: str) -> None:
    turns = [Turn(None, text, 1)]
    tokens = tokenize(turns)
    result = readings(turns, tokens)
    assert len(result) == len(tokens)
    assert all(reading and set(reading) <= {*SOUNDS, SILENCE} for said in result for reading in said)
    assert all(len(set(said)) == len(said) <= 4 * MOST_SYMBOLS for said in result)


def first_phones(text: str) -> list[tuple[str, ...]]:
    turns = [Turn(None, text, 1)]
    return [said[0] for said in readings(turns, tokenize(turns))]


def test_a_text_in_pinyin_is_read_as_mandarin_even_where_a_word_is_english_too() -> None:
    he, long = first_phones("wo men he ta shuo hao le, zhe ge shi qing hen long")[2::10]
    assert (he, long) == (("H", "E"), ("l", "Ong"))
    assert first_phones("women de pengyou, dajia hao")[0] == ("Uo", "m", "En")


def test_one_word_that_could_be_pinyin_does_not_change_an_english_text() -> None:
    he, *_, long = first_phones("he said that the women in the show talk for so long")
    assert he[0] == "hh"
    assert long[0] == "l"
    assert long[-1] == "ng"
