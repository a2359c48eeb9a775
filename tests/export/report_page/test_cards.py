from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core.types import Mismatch, MismatchKind, Result, Severity, Span
from align.export.report_page.cards import TITLES, Card, Marked, cards, differences
from align.export.report_page.clips import clip_spans
from align.mismatch.entries import entries
from tests.results import sample


def cards_of(result: Result) -> tuple[Card, ...]:
    listed = entries(result)
    spans = [entry.mismatch.span for entry in listed]
    return cards(listed, result, clip_spans(spans, result.duration))


def test_every_kind_but_fillers_has_a_title() -> None:
    assert set(TITLES) == set(MismatchKind) - {MismatchKind.FILLER}


def test_the_worst_have_the_first_ranks() -> None:
    found = cards_of(sample())
    ranked = sorted(found, key=lambda card: card.rank)
    assert [card.mismatch.severity for card in ranked] == [
        Severity.HIGH,
        Severity.MEDIUM,
        Severity.MEDIUM,
        Severity.LOW,
        Severity.LOW,
    ]
    assert ranked[1].mismatch.score > ranked[2].mismatch.score


def test_words_are_those_that_begin_in_the_excerpt() -> None:
    card = cards_of(sample())[1]
    words = json.loads(card.words)
    concerned = "".join(text for text, _, _, inside in words if inside)
    assert concerned == "".join(one.token.text for one in sample().alignment.tokens[60:72])
    assert all(0 <= start <= end <= card.clip.seconds + 0.2 for _, start, end, _ in words)


def test_a_long_excerpt_has_no_room_for_words() -> None:
    long = replace(sample().mismatches[0], span=Span(10.0, 40.0))
    (card,) = cards_of(replace(sample(), mismatches=(long,)))
    assert card.words == "[]"


def test_text_that_is_too_long_is_compared_by_its_beginning() -> None:
    both = replace(sample().mismatches[1], written="播" * 3_000_000, heard="播" * 3_000_000 + "x")
    (card,) = cards_of(replace(sample(), mismatches=(both,)))
    assert card.written == card.heard == (("播" * 1500, False),)


def test_where_nothing_was_recognised_words_stand_for_it() -> None:
    unspoken = next(one for one in cards_of(sample()) if one.mismatch.kind is MismatchKind.UNSPOKEN)
    assert unspoken.silence == "nothing"
    moved = Mismatch(MismatchKind.MOVED, Span(20, 21), (0, 5), "a", "", Severity.LOW, 1.0, ())
    (card,) = cards_of(replace(sample(), mismatches=(moved,)))
    assert card.around[0]
    assert card.around[1]


def shown(marked: Marked) -> str:
    """The text with brackets around what differs."""
    return "".join(f"[{text}]" if differs else text for text, differs in marked)


@pytest.mark.parametrize(
    ("written", "heard", "written_shown", "heard_shown"),
    [
        ("我们想做这个尝试", "我们试着做这个尝试", "我们[想]做这个尝试", "我们[试着]做这个尝试"),
        ("它的长胃也很长", "它的长尾也很长", "它的长[胃]也很长", "它的长[尾]也很长"),
        (
            "the first live show",
            "The first, live stream",
            "the first live [show]",
            "The first, live [stream]",
        ),
        ("一起来hos的", "一起来host的", "一起来[hos]的", "一起来[host]的"),
        ("所以呢，今天", "所以今天", "所以[呢]，今天", "所以今天"),
        ("we want to go now", "we now", "we [want to go] now", "we now"),
        ("", "嗯", "", "[嗯]"),
        ("don't stop", "dont stop", "[don't] stop", "[dont] stop"),
    ],
)
def test_what_the_other_lacks_is_marked(
    written: str, heard: str, written_shown: str, heard_shown: str
) -> None:
    ours, theirs = differences(written, heard)
    assert (shown(ours), shown(theirs)) == (written_shown, heard_shown)


@given(st.text(), st.text())
def test_nothing_is_lost(written: str, heard: str) -> None:
    ours, theirs = differences(written, heard)
    assert "".join(text for text, _ in ours) == written
    assert "".join(text for text, _ in theirs) == heard


@given(st.text())
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert not any(differs for _, differs in differences(text, text)[0])
