"""Phrases after a change: what shows the same stays to the frame, the rest is cut in what is left."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.core.types import Alignment, Phrase, Result, Span, TimedToken
from align.pipeline.realign.cues import update_phrases
from align.review.decisions.decision import Rewording
from align.review.decisions.edited_transcript import reworded
from align.subtitles.options import CueOptions
from align.subtitles.segment import segment
from tests.results import sample

OPTIONS = CueOptions()


@pytest.fixture(scope="module")
def old() -> Result:
    return cut(sample(400))


def cut(result: Result) -> Result:
    phrases = segment(result.alignment, result.turns, result.duration, "zh", OPTIONS)
    lined = tuple(replace(one, translation=f"Line {k}.") for k, one in enumerate(phrases))
    return replace(result, phrases=lined)


def changed(old: Result, *edits: Rewording) -> tuple[Result, tuple[int | None, ...]]:
    """The result with edits, each new word in the middle of what is left between those that stay."""
    done = reworded(old.turns, old.alignment.tokens, edits)
    timed: list[TimedToken] = []
    for k, (token, before) in enumerate(zip(done.tokens, done.origin, strict=True)):
        span = old.alignment.tokens[before].span if before is not None else None
        if span is None:
            last = timed[-1].span.end if timed and timed[-1].span else 0.0
            later = [old.alignment.tokens[one].span for one in done.origin[k:] if one is not None]
            following = later[0].start if later and later[0] else old.duration
            span = Span(last, last + max(0.0, following - last) / 2)
        timed.append(TimedToken(token, span, 0.9, done.turns[token.turn].speaker))
    return replace(old, turns=done.turns, alignment=Alignment(tuple(timed), ()), phrases=()), done.origin


def test_without_a_change_all_phrases_stay(old: Result) -> None:
    assert update_phrases(old, old, range(len(old.alignment.tokens)), OPTIONS) == old.phrases


def test_a_changed_word_changes_its_own_phrase_alone(old: Result) -> None:
    phrase = old.phrases[3]
    new, origin = changed(old, Rewording(phrase.tokens[0] + 1, phrase.tokens[0] + 2, "好"))
    phrases = update_phrases(old, new, origin, OPTIONS)
    assert [*phrases[:3], *phrases[4:]] == [*old.phrases[:3], *old.phrases[4:]]
    assert phrases[3].text == phrase.text[0] + "好" + phrase.text[2:]
    assert phrases[3].translation == ""
    assert phrases[3].span.start == phrase.span.start
    assert phrases[3].span.end <= old.phrases[4].span.start


def test_a_mark_alone_changes_its_phrase(old: Result) -> None:
    number = next(k for k, one in enumerate(old.phrases) if one.text.endswith("，"))
    phrase = old.phrases[number]
    last = phrase.tokens[1] - 1
    text = old.alignment.tokens[last].token.text + "。"
    new, origin = changed(old, Rewording(last, last + 1, text, marks=True))
    phrases = update_phrases(old, new, origin, OPTIONS)
    assert phrases[number].text == phrase.text[:-1] + "。"
    assert phrases[:number] == old.phrases[:number]
    assert phrases[number + 1 :] == old.phrases[number + 1 :]


def test_words_that_go_take_their_phrase_along(old: Result) -> None:
    phrase = old.phrases[4]
    new, origin = changed(old, Rewording(*phrase.tokens, ""))
    phrases = update_phrases(old, new, origin, OPTIONS)
    gone = phrase.tokens[1] - phrase.tokens[0]
    assert len(phrases) < len(old.phrases)
    assert [one.span for one in phrases[-3:]] == [one.span for one in old.phrases[-3:]]
    assert phrases[-1].tokens[1] == old.phrases[-1].tokens[1] - gone


def test_a_phrase_is_cut_where_another_begins_to_speak(old: Result) -> None:
    first, end = old.phrases[2].tokens
    tokens = list(old.alignment.tokens)
    middle = (first + end) // 2
    tokens[middle:end] = [replace(one, speaker="Rob") for one in tokens[middle:end]]
    new = replace(old, alignment=Alignment(tuple(tokens), ()))
    phrases = update_phrases(old, new, range(len(tokens)), OPTIONS)
    assert [one.speaker for one in phrases if first <= one.tokens[0] < end] == [old.phrases[2].speaker, "Rob"]


def test_another_name_for_a_whole_turn_moves_nothing(old: Result) -> None:
    turn = old.alignment.tokens[old.phrases[0].tokens[0]].token.turn
    tokens = tuple(
        replace(one, speaker="Rob") if one.token.turn == turn else one for one in old.alignment.tokens
    )
    phrases = update_phrases(old, replace(old, alignment=Alignment(tokens, ())), range(len(tokens)), OPTIONS)
    assert [replace(one, speaker=None) for one in phrases] == [
        replace(one, speaker=None) for one in old.phrases
    ]
    assert phrases[0].speaker == "Rob"


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_is_far_from_every_edit_stays_and_nothing_overlaps(data: st.DataObject, old: Result) -> None:
    count = len(old.alignment.tokens)
    edges = sorted(data.draw(st.lists(st.integers(0, count), min_size=2, max_size=6, unique=True)))
    edits = [
        Rewording(a, b, data.draw(st.text("好我的直播，hello 三", max_size=8)))
        for a, b in zip(edges[::2], edges[1::2], strict=False)
    ]
    new, origin = changed(old, *edits)
    phrases = update_phrases(old, new, origin, OPTIONS)
    assert all(one.span.end <= other.span.start for one, other in pairwise(phrases))
    shown = [k for one in phrases for k in range(*one.tokens)]
    assert shown == sorted(set(shown))
    near = [(a - 1, b + 1) for a, b in ((one.first, one.end) for one in edits)]
    far = [p for p in old.phrases if not any(p.tokens[0] < b + 12 and a - 12 < p.tokens[1] for a, b in near)]
    assert {(p.text, p.span, p.translation) for p in far} <= {
        (p.text, p.span, p.translation) for p in phrases
    }


def test_no_room_is_made_from_the_neighbour(old: Result) -> None:
    """Words that are heard where the neighbour is still on screen."""
    phrase = old.phrases[3]
    new, origin = changed(old, Rewording(phrase.tokens[0], phrase.tokens[0], "好的好的"))
    phrases: tuple[Phrase, ...] = update_phrases(old, new, origin, OPTIONS)
    assert "好的好的" in "".join(one.text for one in phrases)
