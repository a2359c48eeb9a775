from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core.types import Span
from align.subtitles.frames import FrameRate
from align.subtitles.options import CueOptions
from align.subtitles.timing import grid_for, on_screen

RULES = CueOptions().rules("zh")


def frames(
    speech: list[tuple[float, float]],
    duration: float = 60.0,
    reading: float = 0.0,
    shots: tuple[float, ...] = (),
) -> list[tuple[int, int]]:
    """The cues for `speech` at 25 frames a second, in frames."""
    grid = grid_for(duration, FrameRate.of("25"), RULES, shots)
    spans = on_screen([Span(*times) for times in speech], [reading] * len(speech), grid)
    return [(round(span.start * 25), round(span.end * 25)) for span in spans]


def test_a_cue_starts_with_its_speech_and_stays_twelve_frames() -> None:
    assert frames([(1.0, 3.0)]) == [(25, 75 + 12)]


def test_a_short_pause_is_closed_to_two_frames() -> None:
    assert frames([(1.0, 2.0), (2.4, 4.0)])[0] == (25, 58)
    assert frames([(1.0, 2.0), (2.0, 4.0)])[0] == (25, 48)


def test_a_long_pause_stays_open_by_half_a_second() -> None:
    assert frames([(1.0, 2.0), (2.72, 4.0)])[0] == (25, 68 - 13)


def test_a_short_word_is_shown_long_enough_and_starts_early_when_it_must() -> None:
    assert frames([(1.0, 1.2)]) == [(25, 46)]
    assert frames([(1.0, 1.2), (1.84, 4.0)])[0] == (23, 44)


def test_slow_readers_get_the_free_time() -> None:
    assert frames([(1.0, 2.0), (9.0, 10.0)], reading=3.0)[0] == (25, 100)


def test_no_cue_stays_over_seven_seconds_or_beyond_the_recording() -> None:
    assert frames([(1.0, 12.0)]) == [(25, 200)]
    assert frames([(1.0, 1.5)], duration=1.5) == [(22, 37)]


def test_a_cue_starts_on_a_shot_change_or_half_a_second_before_it() -> None:
    starts = [frames([(seconds, 5.0)], shots=(2.0,))[0][0] for seconds in (1.4, 1.6, 1.8, 2.0, 2.2, 2.4)]
    assert starts == [35, 38, 50, 50, 50, 60]


def test_more_cues_than_frames_are_refused() -> None:
    with pytest.raises(ValueError, match="3 cues do not fit into 2 frames"):
        frames([(0.0, 0.0)] * 3, duration=0.08)


@given(
    st.lists(st.tuples(st.floats(0, 1.5), st.floats(0.05, 3)), min_size=1, max_size=30),
    st.sampled_from(["23.976", "24", "25", "29.97", "60"]),
    st.floats(0, 4),
)
def test_cues_never_overlap_and_stay_near_their_speech(
    steps: list[tuple[float, float]], fps: str, reading: float
) -> None:
    time, speech = 0.0, []
    for pause, length in steps:
        speech.append(Span(time + pause, time + pause + length))
        time += pause + length
    rate = float(FrameRate.of(fps).rate)
    spans = on_screen(speech, [reading] * len(speech), grid_for(time, FrameRate.of(fps), RULES))
    assert all(span.duration * rate > 0.99 and span.end <= time + 1e-5 for span in spans)
    assert all(cue.end <= after.start for cue, after in pairwise(spans))
    frame = 1 / rate
    if all(length > 3 * frame for _, length in steps):
        assert all(
            abs(cue.start - spoken.start) <= 4 * frame + 1e-6
            for cue, spoken in zip(spans, speech, strict=True)
        )
        gaps = [(after.start - cue.end, cue.duration) for cue, after in pairwise(spans)]
        assert all(gap > 1.99 * frame for gap, _ in gaps)
        assert not any(2.01 * frame < gap < 0.499 and length < 6.9 for gap, length in gaps)
