from __future__ import annotations

import pytest

from align.core.types import Cue, Span, Track
from align.subtitles.check import Rule
from align.subtitles.check_audio import check_audio
from align.subtitles.options import CueOptions


def told(
    cues: list[tuple[float, float]], speech: list[tuple[float, float]]
) -> list[tuple[int, Rule, object]]:
    track = Track(("zh",), tuple(Cue(Span(*times), (("大家好我们",),), None) for times in cues))
    found = check_audio(track, [Span(*times) for times in speech], CueOptions())
    return [(one.cue, one.rule, pytest.approx(one.measured)) for one in found]


def test_cues_with_their_speech_are_good() -> None:
    assert told([(1.0, 3.0), (3.1, 6.0)], [(1.1, 2.9), (3.1, 5.4)]) == []


@pytest.mark.parametrize(
    ("cues", "speech", "expected"),
    [
        ([(0.0, 3.0)], [(1.0, 3.0)], (0, Rule.EARLY, 1.0)),
        ([(2.0, 4.0)], [(1.0, 4.0)], (0, Rule.LATE, 1.0)),
        ([(1.0, 2.0)], [(1.0, 4.0)], (0, Rule.ENDS, 2.0)),
        ([(1.0, 6.0)], [(1.0, 2.0)], (0, Rule.STAYS, 4.0)),
        ([(1.0, 2.0), (5.0, 6.0)], [(1.0, 2.0)], (1, Rule.SILENCE, 1.0)),
        ([(1.0, 2.0)], [(1.0, 2.0), (5.0, 7.0)], (-1, Rule.UNCOVERED, 2.0)),
        ([(1.0, 2.0), (4.0, 5.0)], [(1.0, 5.0)], (0, Rule.ENDS, 2.0)),
    ],
)
def test_each_mismatch_of_cue_and_speech_is_reported(
    cues: list[tuple[float, float]],
    speech: list[tuple[float, float]],
    expected: tuple[int, Rule, float],
) -> None:
    assert told(cues, speech) == [expected]


def test_a_pause_in_speech_is_nothing_that_a_cue_should_cover() -> None:
    assert told([(1.0, 2.0), (2.9, 4.0)], [(1.0, 2.1), (2.5, 4.0)]) == []
