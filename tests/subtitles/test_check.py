from __future__ import annotations

import pytest

from align.core.types import Cue, Span, Track
from align.subtitles.check import Rule, check, check_audio, share_inside
from align.subtitles.options import CueOptions


def track(*cues: tuple[float, float, str]) -> Track:
    return Track(("zh",), tuple(Cue(Span(start, end), ((text,),), None) for start, end, text in cues))


def test_a_good_track_breaks_nothing() -> None:
    good = track((0, 2, "大家好"), (2.08, 4, "我们开始"), (4.5, 6, "好"))
    assert check(good, CueOptions()) == ()
    assert share_inside(good, CueOptions()) == 1.0


@pytest.mark.parametrize(
    ("bad", "rule", "measured"),
    [
        (track((0, 5, "一" * 17)), Rule.COLUMNS, 34),
        (track((0, 1, "一" * 10)), Rule.SPEED, 20),
        (track((0, 0.8, "好")), Rule.SHORTEST, 0.8),
        (track((0, 7.2, "好")), Rule.LONGEST, 7.2),
        (track((0, 2, "好"), (1.5, 3, "好")), Rule.OVERLAP, 0.5),
        (track((0, 2, "好"), (2.04, 3, "好")), Rule.GAP, 0.04),
        (track((0, 2, "好"), (2.25, 4, "好")), Rule.GAP, 0.25),
    ],
)
def test_each_violation_has_its_rule_and_measure(bad: Track, rule: Rule, measured: float) -> None:
    (violation,) = check(bad, CueOptions())
    assert (violation.cue, violation.rule) == (0, rule)
    assert violation.measured == pytest.approx(measured)


def test_three_lines_of_one_language_are_too_many() -> None:
    three = Track(("zh",), (Cue(Span(0, 3), (("好", "你", "我"),), None),))
    assert [violation.rule for violation in check(three, CueOptions())] == [Rule.LINES]


def test_the_share_counts_cues_not_violations() -> None:
    assert share_inside(track((0, 0.4, "一" * 17), (2, 4, "好")), CueOptions()) == 0.5
    assert share_inside(Track(("zh",), ()), CueOptions()) == 1.0


def audio_violations(
    cues: list[tuple[float, float]], speech: list[tuple[float, float]]
) -> list[tuple[int, Rule, object]]:
    track = Track(("zh",), tuple(Cue(Span(*times), (("大家好我们",),), None) for times in cues))
    violations = check_audio(track, [Span(*times) for times in speech], CueOptions())
    return [(violation.cue, violation.rule, pytest.approx(violation.measured)) for violation in violations]


def test_cues_with_their_speech_are_good() -> None:
    assert audio_violations([(1.0, 3.0), (3.1, 6.0)], [(1.1, 2.9), (3.1, 5.4)]) == []


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
    assert audio_violations(cues, speech) == [expected]


def test_a_pause_in_speech_is_nothing_that_a_cue_should_cover() -> None:
    assert audio_violations([(1.0, 2.0), (2.9, 4.0)], [(1.0, 2.1), (2.5, 4.0)]) == []
