"""How long each speaker speaks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from align.core.types import Alignment, Result, Span, TimedToken
from align.export.plots.speakers import (
    MOST,
    WITHOUT,
    about,
    description,
    percent,
    speaker_stretches,
    speakers,
    speaking_times,
    total_duration,
)
from tests.results import results, sample


def test_the_longest_is_on_top_with_time_and_share() -> None:
    axes = speakers(sample()).axes[0]
    names = [label.get_text() for label in axes.get_yticklabels()]
    times = speaking_times(sample())
    assert names == [*(name for name, _ in times), WITHOUT]
    assert times[0][1] >= times[-1][1]
    widths = [float(bar.get_width()) for bar in axes.patches]  # type: ignore[attr-defined]
    assert widths == pytest.approx([*(seconds for _, seconds in times), 0.75])
    shares = [int(text.get_text().split()[1]) for text in axes.texts]
    assert 98 <= sum(shares) <= 102


def test_the_words_say_how_much_is_speech_and_whose_names_these_are() -> None:
    assert about(sample()).endswith("names from the transcript")
    assert about(replace(sample(), speakers_from="voices")).endswith("distinguished by their voices")
    assert description(sample()).startswith("livestream: speaking time. ")


@pytest.mark.parametrize(
    ("share", "shown"), [(0, "0 %"), (0.001, "< 1 %"), (0.007, "1 %"), (0.49, "49 %"), (1, "100 %")]
)
def test_a_small_share_is_not_nothing(share: float, shown: str) -> None:
    assert percent(share) == shown


def test_a_crowd_shares_the_last_bar() -> None:
    result = sample()
    crowd = tuple(
        replace(one, speaker=f"Guest {number}") for number, one in enumerate(result.alignment.tokens)
    )
    times = speaking_times(replace(result, alignment=Alignment(crowd, ())))
    assert len(times) == MOST
    assert times[-1][0] == f"{len(crowd) - MOST + 1} others"


@given(results())
@settings(max_examples=25, deadline=None)
def test_any_result_can_be_plotted(result: Result) -> None:
    assert speakers(result).axes
    assert description(result)


def at(*rows: tuple[str | None, float, float]) -> Result:
    """Tokens of some speakers at some times."""
    turns = tuple(replace(turn, speaker=None) for turn in sample().turns)
    some = zip(sample().alignment.tokens, rows, strict=False)
    tokens = tuple(TimedToken(one.token, Span(start, end), 0.9, name) for one, (name, start, end) in some)
    return replace(sample(), turns=turns, alignment=Alignment(tokens, ()))


def test_words_of_one_speaker_belong_together_unless_there_is_a_pause_or_another() -> None:
    found = speaker_stretches(
        at(("A", 0, 1), ("A", 1.5, 2), ("A", 2.6, 3), ("B", 3, 9), ("A", 9.1, 10), (None, 10, 11))
    )
    assert found == {
        "B": (Span(3, 9),),
        "A": (Span(0, 2), Span(2.6, 3), Span(9.1, 10)),
        None: (Span(10, 11),),
    }
    assert total_duration(found["A"]) == pytest.approx(3.3)


def test_a_label_names_who_has_no_name_in_the_alignment() -> None:
    result = at((None, 0, 1))
    assert list(speaker_stretches(replace(result, turns=sample().turns))) == ["陈倩"]


@settings(deadline=None)
@given(results())
def test_longest_comes_first_and_all_speech_is_in_it(result: Result) -> None:
    times = [total_duration(spans) for spans in speaker_stretches(result).values()]
    assert times == sorted(times, reverse=True)
    assert len([one for one in result.alignment.tokens if one.span]) >= sum(
        map(len, speaker_stretches(result).values())
    )
