"""When each cue is on screen: close to its speech, long enough to read, never two at once."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from align.core.types import Span
from align.subtitles.frames import FrameRate
from align.subtitles.parameters import DEFAULTS
from align.subtitles.rules import Rules


@dataclass(frozen=True, slots=True)
class Grid:
    """The timing rules in frames of a video; `Rules` explains them.

    Attributes:
        frames: length of the video; no cue is shown after the last.
        shots: the first frames of shots, sorted.
    """

    fps: FrameRate
    frames: int
    shortest: int
    longest: int
    joined: int
    gap: int
    early: int
    late: int
    shot: int
    shots: tuple[int, ...]

    @property
    def after_all(self) -> int:
        """Where a cue after the last frame and a gap would start."""
        return self.frames + self.gap

    def needed(self, reading: int) -> int:
        """Frames that a cue should last which takes `reading` frames to read."""
        return min(self.longest, max(self.shortest, reading))


def grid_for(duration: float, fps: FrameRate, rules: Rules, shots: Sequence[float] = ()) -> Grid:
    """The rules in frames, for a video of `duration` seconds with shot changes at `shots` (seconds)."""
    return Grid(
        fps=fps,
        frames=fps.frame_at(duration),
        shortest=fps.frame_from(rules.shortest),
        longest=fps.frame_at(rules.longest),
        joined=fps.frame_from(rules.joined),
        gap=rules.gap,
        early=rules.early,
        late=fps.frame_at(rules.late),
        shot=fps.frame_at(rules.shot),
        shots=tuple(sorted({fps.frame(shot) for shot in shots})),
    )


def on_screen(speech: Sequence[Span], reading_times: Sequence[float], grid: Grid) -> tuple[Span, ...]:
    """The times of cues, one for each span of speech and in their order.

    A cue starts with its speech, up to `early` frames before when it needs the time, or on a shot change
    near it, so as not to be on screen for less than half a second before it. It stays up to `late` after
    its speech, longer only to last `shortest` or to be readable. In
    continuous speech it ends `gap` frames before the next one, and near a shot change `gap` frames before
    that (Netflix, Subtitle Timing Guidelines). Dynamic programming finds the times that break the fewest
    rules over the whole recording. Times are whole frames inside the recording.

    Args:
        reading_times: seconds that each cue's text takes to read.

    Raises:
        ValueError: there are more cues than frames.
    """
    if len(speech) > grid.frames:
        raise ValueError(f"{len(speech)} cues do not fit into {grid.frames} frames")
    if not speech:
        return ()
    begins = first_frames([span.start for span in speech], grid)
    speech_ends = [grid.fps.frame_from(span.end) for span in speech]
    readings = [grid.fps.frame_from(seconds) for seconds in reading_times]
    starts = _best_starts(begins, speech_ends, readings, grid)
    following = [*starts[1:], grid.after_all]
    ends = [
        _end_frame(start, speech_end, after, reading, grid)
        for start, speech_end, after, reading in zip(starts, speech_ends, following, readings, strict=True)
    ]
    seconds = grid.fps.seconds
    return tuple(Span(seconds(start), seconds(end)) for start, end in zip(starts, ends, strict=True))


def first_frames(times: Sequence[float], grid: Grid) -> list[int]:
    """The frame on which speech starts at each of `times`, with room for a cue of one frame and a gap.

    Where they do not all fit into the video, the gaps are dropped.
    """
    step = 1 + grid.gap
    if len(times) * step > grid.frames:
        step = 1
    frames: list[int] = []
    for time in times:
        frame = grid.fps.frame_at(time)
        frames.append(max(frame, frames[-1] + step if frames else 0))
    latest = grid.frames - 1
    for index in reversed(range(len(frames))):
        frames[index] = min(frames[index], latest)
        latest = frames[index] - step
    return frames


def _end_frame(start: int, speech_end: int, after: int, reading: int, grid: Grid) -> int:
    """The frame on which a cue ends that starts at `start`, when the next one starts at `after`."""
    latest = max(start + 1, after - grid.gap)
    late = speech_end + grid.late
    end = latest if latest <= late else min(late, after - grid.joined)
    end = max(end, start + grid.needed(reading), speech_end)
    if end > after - grid.joined:
        end = latest
    end = max(start + 1, min(end, latest, start + grid.longest))
    if after - grid.joined < end < latest:
        end = max(after - grid.joined, min(end, start + grid.needed(reading)))
    if not grid.shots:
        return end
    on_shot = _nearest(end + grid.gap, grid.shots) - grid.gap
    is_near = abs(on_shot - end) <= grid.shot
    lasts = start + grid.needed(reading) <= on_shot <= start + grid.longest
    room = after - on_shot
    return on_shot if is_near and lasts and (room == grid.gap or room >= grid.joined) else end


def _nearest(frame: int, shots: Sequence[int]) -> int:
    """The shot change nearest to a frame; there is at least one."""
    index = bisect_left(shots, frame)
    return min(shots[max(0, index - 1) : index + 1], key=lambda shot: abs(shot - frame))


_Path: TypeAlias = "tuple[float, int, _Path | None]"
"""The cost of the cues so far, the frame on which the last one starts, and the path to the one before."""


def _best_starts(
    begins: Sequence[int], speech_ends: Sequence[int], readings: Sequence[int], grid: Grid
) -> list[int]:
    """The frame on which each cue starts."""
    margin = grid.fps.frame_at(DEFAULTS.shot_margin)

    def choices(begin: int) -> list[int]:
        """Frames on which a cue may start whose speech begins at `begin`, that frame first."""
        frames = [begin - lead for lead in range(min(grid.early, begin) + 1)]
        shot = _nearest(begin, grid.shots) if grid.shots else begin
        if abs(shot - begin) <= grid.shot and 0 <= shot < grid.frames and shot not in frames:
            frames.append(shot)
        if grid.shot < shot - begin < margin <= shot:
            frames.append(shot - margin)
        return frames

    def start_cost(begin: int, start: int, free: int) -> float:
        """The cost of starting at `start` and not with the speech; the cue before is spoken until `free`."""
        distance = _nearest(begin, grid.shots) - start if grid.shots else 0
        beside = -grid.shot <= distance < 0 or 0 < distance < margin
        lead = DEFAULTS.lead_frame * max(0, begin - start)
        interrupting = DEFAULTS.interrupting_frame * max(0, min(free, begin) - start)
        return lead + interrupting + DEFAULTS.near_shot * beside

    def end_cost(number: int, start: int, after: int) -> float:
        """The cost of the time that the cue is on screen, when the next one starts at `after`."""
        speech_end, reading = speech_ends[number], readings[number]
        end = _end_frame(start, speech_end, after, reading, grid)
        duration, gap = end - start, after - end
        bad_gap = after < grid.after_all and (gap < grid.gap or grid.gap < gap < grid.joined)
        broken = (duration < grid.shortest) + (duration < reading) + bad_gap
        missing = max(0, max(grid.shortest, reading) - duration)
        return (
            DEFAULTS.broken_rule * broken
            + DEFAULTS.missing_frame * missing
            + DEFAULTS.clipped_frame * max(0, speech_end - end)
        )

    paths: list[_Path] = [(start_cost(begins[0], start, 0), start, None) for start in choices(begins[0])]
    for number, begin in enumerate(begins[1:]):
        longer: list[_Path] = []
        for after in choices(begin):
            lead = start_cost(begin, after, speech_ends[number] + grid.gap)
            totals = [
                cost + end_cost(number, start, after) + lead if start < after else math.inf
                for cost, start, _ in paths
            ]
            best = min(range(len(paths)), key=totals.__getitem__)
            longer.append((totals[best], after, paths[best]))
        paths = longer
    last = len(begins) - 1
    path: _Path | None = min(paths, key=lambda path: path[0] + end_cost(last, path[1], grid.after_all))
    starts = []
    while path is not None:
        _, start, path = path
        starts.append(start)
    return starts[::-1]
