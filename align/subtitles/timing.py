"""When each cue is on screen: close to its sound, long enough to read, never two at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from align.subtitles.rules import Rules
from align.values import Span

_ROUNDING = 1e-6
"""Frames; a time that should lie on a frame may miss it by this much."""


@dataclass(frozen=True, slots=True)
class Sound:
    """What a cue must cover: its sound, and the seconds that its text takes to read."""

    span: Span
    reading: float


@dataclass(frozen=True, slots=True)
class _Grid:
    """The rules in frames of the video, of which there are `frames`."""

    rate: float
    frames: int
    shortest: int
    longest: int
    joined: int
    rules: Rules


def on_screen(sounds: Sequence[Sound], duration: float, frame_rate: float, rules: Rules) -> tuple[Span, ...]:
    """The times of cues that show `sounds`, one each and in their order.

    A cue begins with its sound, or up to `rules.early` frames before when it needs the time. It stays
    up to `rules.late` frames after its sound, longer only to last `rules.shortest` seconds or to be
    readable. Where people speak without a pause it ends `rules.gap` frames before the next one
    begins. Times are whole frames at `frame_rate` (frames a second), inside `duration` (seconds).

    Raises:
        ValueError: there are more cues than frames.
    """
    grid = _grid(duration, frame_rate, rules)
    if len(sounds) > grid.frames:
        raise ValueError(f"{len(sounds)} cues do not fit into {grid.frames} frames")
    starts = _early(sounds, _starts(sounds, grid), grid)
    following = [*starts, grid.frames + rules.gap][1:]
    return tuple(
        Span(start / frame_rate, _end(sound, start, after, grid) / frame_rate)
        for sound, start, after in zip(sounds, starts, following, strict=True)
    )


def _grid(duration: float, rate: float, rules: Rules) -> _Grid:
    return _Grid(
        rate=rate,
        frames=math.floor(duration * rate + _ROUNDING),
        shortest=math.ceil(rules.shortest * rate - _ROUNDING),
        longest=math.floor(rules.longest * rate + _ROUNDING),
        joined=math.ceil(rules.joined * rate - _ROUNDING),
        rules=rules,
    )


def _starts(sounds: Sequence[Sound], grid: _Grid) -> list[int]:
    """The frame on which each sound begins, at least one after the one before, all inside the video."""
    starts: list[int] = []
    for number, sound in enumerate(sounds):
        frame = math.floor(sound.span.start * grid.rate + _ROUNDING)
        frame = max(frame, starts[-1] + 1 if starts else 0)
        starts.append(min(frame, grid.frames - (len(sounds) - number)))
    return starts


def _early(sounds: Sequence[Sound], starts: list[int], grid: _Grid) -> list[int]:
    """`starts`, moved forward where a cue lacks time and the pause before it has some to give."""
    moved = list(starts)
    for number, sound in enumerate(sounds):
        free = _sound_end(sounds[number - 1], grid) + grid.rules.gap if number else 0
        after = starts[number + 1] if number + 1 < len(starts) else grid.frames + grid.rules.gap
        lack = _needed(sound, grid) - (after - grid.rules.gap - starts[number])
        shift = min(
            lack, grid.rules.early, starts[number] - max(free, moved[number - 1] + 1 if number else 0)
        )
        moved[number] -= max(0, shift)
    return moved


def _sound_end(sound: Sound, grid: _Grid) -> int:
    return math.ceil(sound.span.end * grid.rate - _ROUNDING)


def _needed(sound: Sound, grid: _Grid) -> int:
    """Frames that the cue should last, to be seen and read."""
    reading = math.ceil(sound.reading * grid.rate - _ROUNDING)
    return min(grid.longest, max(grid.shortest, reading))


def _end(sound: Sound, start: int, after: int, grid: _Grid) -> int:
    """The frame on which the cue ends, when the next one starts at `after`."""
    latest = max(start + 1, after - grid.rules.gap)
    late = _sound_end(sound, grid) + grid.rules.late
    end = latest if latest <= late else min(late, after - grid.joined)
    end = max(end, start + _needed(sound, grid), _sound_end(sound, grid))
    if end > after - grid.joined:
        end = latest
    return max(start + 1, min(end, latest, start + grid.longest))
