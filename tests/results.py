"""Results for tests: one made from the seed transcript, and a strategy for any sound one."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from hypothesis import strategies as st

from align.core.types import (
    Alignment,
    Mismatch,
    MismatchKind,
    NameProposal,
    Phrase,
    Result,
    Severity,
    Span,
    TimedToken,
    Token,
    Turn,
)

SEED = Path(__file__).parent.parent / "seeds" / "livestream.zh.txt"


def tokens_of(turns: tuple[Turn, ...]) -> tuple[Token, ...]:
    """Han characters, Latin words and numbers, as the transcript reader finds them; the sound is the text."""
    return tuple(
        Token(found[0], found[0].lower(), index, found.start(), found.end())
        for index, turn in enumerate(turns)
        for found in re.finditer(r"[\u4e00-\u9fff]|[A-Za-z]+|\d+", turn.text)
    )


def sample(characters: int = 700) -> Result:
    """The seed transcript's first characters, a fifth of a second a token, with a mismatch of each kind."""
    lines = [line for line in SEED.read_text(encoding="utf-8")[:characters].split(" ") if line]
    names = ("陈倩", "Ethan", "Bruce")
    turns = tuple(Turn(names[i % 3], line, i + 1) for i, line in enumerate(lines))
    tokens = tuple(
        TimedToken(token, Span(round(i / 5, 3), round(i / 5 + 0.18, 3)), 0.9, turns[token.turn].speaker)
        for i, token in enumerate(tokens_of(turns))
    )
    return Result(
        name="livestream",
        audio="livestream.m4a",
        audio_digest="0" * 64,
        duration=len(tokens) / 5,
        transcript="livestream.zh.txt",
        turns=turns,
        language="zh",
        second_language="en",
        aligner="attention",
        models=(("whisper-base", "d01c3014"), ("qwen2.5-coder-1.5b", "cc324af0")),
        speakers_from="labels",
        transcript_coverage=0.987,
        speech_coverage=0.954,
        alignment=Alignment(tokens, (Span(1.5, 2.25),)),
        mismatches=_mismatches(tokens),
        phrases=_phrases(tokens),
        notes=("The voices were told apart by their labels only.",),
    )


def _mismatches(tokens: tuple[TimedToken, ...]) -> tuple[Mismatch, ...]:
    """One of each kind, in order of time."""

    def at(
        kind: MismatchKind, first: int, end: int, heard: str, severity: Severity, score: float, reason: str
    ) -> Mismatch:
        first_span, last_span = tokens[first].span, tokens[max(first, end - 1)].span
        assert first_span is not None
        assert last_span is not None
        written = "".join(timed.token.text for timed in tokens[first:end])
        span = Span(first_span.start, last_span.end)
        return Mismatch(kind, span, (first, end), written, heard, severity, score, (reason,))

    kinds, levels = MismatchKind, Severity
    return (
        at(
            kinds.MISSING_TEXT,
            20,
            20,
            "对吧那个",
            levels.LOW,
            0.4,
            "Somebody speaks here and no text says so.",
        ),
        at(kinds.DIFFERENT, 60, 72, "嗯试着做这个尝试", levels.MEDIUM, 0.7, "The sounds differ."),
        at(kinds.UNSPOKEN, 100, 118, "", levels.HIGH, 0.95, "Nobody says these 18 characters."),
        at(
            kinds.TIMING, 140, 150, "", levels.LOW, 0.5, "20 characters a second is faster than people speak."
        ),
        at(kinds.SPEAKER, 200, 215, "", levels.MEDIUM, 0.8, "The label says 陈倩, and the voice is Ethan's."),
    )


def _phrases(tokens: tuple[TimedToken, ...], size: int = 12) -> tuple[Phrase, ...]:
    """A dozen tokens each, in order, with an English line."""
    phrases = []
    for first in range(0, len(tokens), size):
        inside = tokens[first : first + size]
        spans = [timed.span for timed in inside if timed.span]
        text = "".join(timed.token.text for timed in inside)
        english = f"This is English line {first // size + 1}."
        span = Span(spans[0].start, spans[-1].end)
        phrases.append(Phrase(span, (first, first + len(inside)), text, english, inside[0].speaker))
    return tuple(phrases)


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_SPOKEN = st.text(st.sampled_from("好，直播 aZ01😀"), max_size=9)
_SCORE = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)
_SPEAKER = st.none() | _TEXT


def _spans(count: int) -> st.SearchStrategy[tuple[Span, ...]]:
    """As many spans, in order and not overlapping, in whole milliseconds."""
    lengths = st.lists(st.integers(0, 9_000), min_size=2 * count, max_size=2 * count)

    def placed(gaps_and_sounds: list[int]) -> tuple[Span, ...]:
        edges = [edge / 1000 for edge in accumulate(gaps_and_sounds)]
        return tuple(Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True))

    return lengths.map(placed)


@st.composite
def results(draw: st.DrawFn) -> Result:
    """Any sound result, with hostile text everywhere; times are whole milliseconds."""
    turns = tuple(draw(st.lists(st.builds(Turn, _SPEAKER, _SPOKEN, st.integers(1, 99)), max_size=4)))
    tokens = tokens_of(turns)
    count = len(tokens)
    timed = tuple(
        TimedToken(token, draw(st.sampled_from([span, None])), draw(_SCORE), draw(_SPEAKER))
        for token, span in zip(tokens, draw(_spans(count)), strict=True)
    )
    ranges = st.tuples(st.integers(0, count), st.integers(0, count)).map(lambda ends: (min(ends), max(ends)))
    mismatch = st.builds(
        Mismatch, st.sampled_from(MismatchKind), _spans(1).map(lambda spans: spans[0]), ranges, _TEXT, _TEXT,
        st.sampled_from(Severity), _SCORE, st.lists(_TEXT, max_size=2).map(tuple),
        st.lists(_TEXT, max_size=4).map(tuple), _SCORE,
    )  # fmt: skip
    name = st.builds(
        NameProposal, _TEXT, _TEXT, _SCORE, st.booleans(), _spans(1).map(lambda spans: spans[0]),
        st.lists(_TEXT, max_size=2).map(tuple),
    )  # fmt: skip
    shown = draw(_spans(draw(st.integers(0, 3))))
    phrases = tuple(Phrase(span, draw(ranges), draw(_TEXT), draw(_TEXT), draw(_SPEAKER)) for span in shown)
    mismatches = tuple(sorted(draw(st.lists(mismatch, max_size=3)), key=lambda one: one.span))
    unowned = draw(_spans(draw(st.integers(0, 2))))
    heard = [one.span for one in timed if one.span]
    seen = [*(one.span for one in phrases), *(one.span for one in mismatches)]
    last = max((span.end for span in (*heard, *seen, *unowned)), default=0.0)
    return replace(
        sample(300),
        name=draw(_TEXT), audio=draw(_TEXT), duration=round(last + draw(_SCORE), 3),
        turns=turns, transcript_coverage=draw(_SCORE),
        second_language=draw(st.sampled_from(["en", None])),
        models=tuple(draw(st.dictionaries(_TEXT, _TEXT, max_size=2)).items()),
        alignment=Alignment(timed, unowned, draw(_spans(draw(st.integers(0, 2))))),
        mismatches=mismatches,
        phrases=phrases, notes=tuple(draw(st.lists(_TEXT, max_size=2))),
        name_proposals=tuple(draw(st.lists(name, max_size=2))),
        speaker_names=tuple(draw(st.dictionaries(_TEXT, _TEXT, max_size=2)).items()),
    )  # fmt: skip
