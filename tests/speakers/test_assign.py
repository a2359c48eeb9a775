"""Speakers by label, by voice, and where the two disagree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core.types import Span, SpeakerTurn, TimedToken, Token, Turn
from align.speakers.assign import from_labels, from_voices, label_conflicts

PACE = 0.25
"""Seconds a character in these examples."""

PUNCTUATION = "，。？！、 "


def spoken(*lines: str, pause: float = 0.0) -> tuple[tuple[TimedToken, ...], tuple[Turn, ...]]:
    """Lines such as "Ann：你好。" or "你好。", each character PACE long, with a pause between lines."""
    turns: list[Turn] = []
    tokens: list[TimedToken] = []
    clock = 0.0
    for number, line in enumerate(lines):
        speaker, _, text = line.rpartition("：")
        turns.append(Turn(speaker or None, text, number + 1))
        for place, character in enumerate(text):
            if character in PUNCTUATION:
                continue
            token = Token(character, character, number, place, place + 1)
            tokens.append(TimedToken(token, Span(clock, clock + PACE), 1.0))
            clock += PACE
        clock += pause
    return tuple(tokens), tuple(turns)


def voices(*parts: tuple[float, float, str]) -> tuple[SpeakerTurn, ...]:
    return tuple(SpeakerTurn(Span(start, end), name) for start, end, name in parts)


def names(tokens: tuple[TimedToken, ...]) -> str:
    """One letter a token: the first of its speaker's name."""
    return "".join((one.speaker or "-")[0] for one in tokens)


def test_a_label_names_every_token_of_its_turn() -> None:
    tokens, turns = spoken("Ann：你好。", "Bob：好")
    assert names(from_labels(tokens, turns)) == "AAB"


def test_an_unlabelled_paragraph_continues_the_speaker_before() -> None:
    tokens, turns = spoken("大家", "Ann：你好。", "今天", "Bob：好")
    assert names(from_labels(tokens, turns)) == "--AAAAB"


def test_a_change_of_voice_is_moved_to_the_end_of_the_sentence() -> None:
    tokens, turns = spoken("今天我们来聊一聊。好的大家下午好很高兴来到这里")
    late = voices((0, 2.6, "Ann"), (2.6, 6, "Bob"))
    assert names(from_voices(tokens, turns, late)) == "AAAAAAAABBBBBBBBBBBBBB"


def test_a_change_of_voice_is_moved_to_the_paragraph_even_without_punctuation() -> None:
    tokens, turns = spoken("今天我们来聊一聊", "好的大家下午好")
    early = voices((0, 1.5, "Ann"), (1.5, 4, "Bob"))
    assert names(from_voices(tokens, turns, early)) == "AAAAAAAABBBBBBB"


def test_two_words_in_another_voice_inside_a_sentence_are_ignored() -> None:
    tokens, turns = spoken("今天我们来聊一聊人工智能这件事情")
    flip = voices((0, 1.5, "Ann"), (1.5, 2.0, "Bob"), (2.0, 5, "Ann"))
    assert set(names(from_voices(tokens, turns, flip))) == {"A"}


def test_a_short_answer_in_a_paragraph_of_its_own_is_another_speaker() -> None:
    tokens, turns = spoken("你同意我说的这个吗？", "同意。", "那我们接下来看一下", pause=0.3)
    answer = voices((0, 2.3, "Ann"), (2.5, 3.1, "Bob"), (3.2, 6, "Ann"))
    assert names(from_voices(tokens, turns, answer)) == "AAAAAAAAABBAAAAAAAAA"


def test_an_unplaced_token_goes_with_its_sentence() -> None:
    tokens, turns = spoken("今天我们来聊一聊。好的大家好很高兴来到这里")
    lost = tuple(replace(one, span=None) if at in {6, 7, 8} else one for at, one in enumerate(tokens))
    heard = voices((0, 2, "Ann"), (2, 6, "Bob"))
    assert names(from_voices(lost, turns, heard)) == "AAAAAAAABBBBBBBBBBBB"


def test_a_token_near_a_voice_goes_to_the_nearest() -> None:
    tokens, turns = spoken("今天", "好的", pause=3.0)
    heard = voices((0.6, 1.0, "Ann"), (4.1, 5.0, "Bob"))
    assert names(from_voices(tokens, turns, heard)) == "AABB"


def test_without_voices_tokens_have_no_speaker() -> None:
    tokens, turns = spoken("今天")
    assert from_voices(tokens, turns, ()) == tokens


@given(
    lines=st.lists(st.text("你好，。", min_size=1, max_size=12), min_size=1, max_size=6),
    lengths=st.lists(st.floats(0.1, 3), min_size=1, max_size=8),
    owners=st.lists(st.sampled_from(["Ann", "Bob", "Cyd"]), min_size=8, max_size=8),
)
def test_only_speakers_of_tokens_change(lines: list[str], lengths: list[float], owners: list[str]) -> None:
    tokens, turns = spoken(*lines)
    starts = [sum(lengths[:index]) for index in range(len(lengths))]
    heard = voices(
        *((start, start + one, name) for start, one, name in zip(starts, lengths, owners, strict=False))
    )
    named = from_voices(tokens, turns, heard)
    assert [replace(one, speaker=None) for one in named] == list(tokens)
    assert {one.speaker for one in named} <= {turn.speaker for turn in heard}


WRONG = (
    "Ann：今天我们来聊一聊人工智能这件事情的未来呢。",
    "Bob：好的大家好很高兴。",
    "Bob：接下来请他来说一说。",
    "Bob：谢谢你们邀请我来这里。",
)


def test_a_turn_in_another_persons_voice_is_a_conflict() -> None:
    tokens, turns = spoken(*WRONG)
    heard = voices((0, 5, "Speaker 1"), (5, 7, "Speaker 2"), (7, 9.25, "Speaker 1"), (9.25, 12, "Speaker 2"))
    (conflict,) = label_conflicts(from_labels(tokens, turns), heard)
    assert (conflict.label, conflict.voice) == ("Bob", "Ann")
    assert conflict.tokens == (28, 37)
    assert conflict.span == Span(7.0, 9.25)
    assert conflict.score == pytest.approx(1.0)
    assert conflict.evidence == "100% of its speech is in that voice."


def test_labels_that_agree_with_the_voices_are_no_conflict() -> None:
    tokens, turns = spoken(*WRONG)
    heard = voices((0, 5, "Speaker 1"), (5, 12, "Speaker 2"))
    assert label_conflicts(from_labels(tokens, turns), heard) == ()


def test_one_person_split_into_two_voices_is_no_conflict() -> None:
    tokens, turns = spoken(*WRONG)
    heard = voices((0, 5, "Speaker 1"), (5, 7, "Speaker 2"), (7, 9.25, "Speaker 3"), (9.25, 12, "Speaker 2"))
    assert label_conflicts(from_labels(tokens, turns), heard) == ()


def test_two_people_merged_into_one_voice_are_no_conflict() -> None:
    tokens, turns = spoken(*WRONG)
    assert label_conflicts(from_labels(tokens, turns), voices((0, 11.5, "Speaker 1"))) == ()


def test_a_turn_with_little_speech_is_no_conflict() -> None:
    tokens, turns = spoken("Ann：今天我们来聊一聊。", "Bob：好的大家好很高兴。", "Bob：好的。")
    heard = voices((0, 2, "Speaker 1"), (2, 4, "Speaker 2"), (4, 4.5, "Speaker 1"))
    assert label_conflicts(from_labels(tokens, turns), heard) == ()


def test_a_turn_in_two_voices_is_no_clear_conflict() -> None:
    tokens, turns = spoken(*WRONG)
    heard = voices((0, 5, "Speaker 1"), (5, 8, "Speaker 2"), (8, 9.25, "Speaker 1"), (9.25, 12, "Speaker 2"))
    assert label_conflicts(from_labels(tokens, turns), heard) == ()
