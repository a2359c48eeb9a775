"""How long each speaker speaks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from align.core.types import Alignment, Result
from align.export.plots.speakers import MOST, WITHOUT, about, description, percent, speakers, speaking_times
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
    assert about(replace(sample(), speakers_from="voices")).endswith("told apart by their voices")
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
