"""When each cue is on screen: close to its sound, long enough to read, never two at once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from align.core.types import Span
from align.subtitles.frames import FrameRate
from align.subtitles.rules import Rules

BROKEN = 1000.0
"""The price of a broken rule: more than all that is only not nice."""
_LACK = 2.0
"""The price of each frame that a cue lacks, so that what cannot be legal is at least as long as it can be."""
_CUT_OFF = 0.2
"""The price of each frame of its sound that a cue is not there for."""
_LEAD, _INTERRUPTING = 0.1, 0.4
"""The price of each frame that a cue begins before its sound, and more while the one before is heard."""
_BESIDE_SHOT = 3.0
"""The price of beginning near a shot change and not on it: the eye takes the change for a new cue."""


@dataclass(frozen=True, slots=True)
class CueSound:
    """What a cue must cover: its sound, and the seconds that its text takes to read."""

    span: Span
    reading: float


@dataclass(frozen=True, slots=True)
class Grid:
    """The rules in frames of a video.

    Attributes:
        frames: that the video has; no cue is seen after the last.
        after_all: where a cue behind the last frame would begin.
        shots: the frames with which new shots begin, sorted.
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
        """Behind the gap that follows the last frame."""
        return self.frames + self.gap

    def needed(self, reading: int) -> int:
        """Frames that a cue should last that takes `reading` frames to read."""
        return min(self.longest, max(self.shortest, reading))


@dataclass(frozen=True, slots=True)
class _Heard:
    """A sound in frames: where it ends, and frames to read its text."""

    end: int
    reading: int


def grid_for(duration: float, fps: FrameRate, rules: Rules, shots: Sequence[float] = ()) -> Grid:
    """The rules in frames, for a video of `duration` seconds whose shots change at `shots` (seconds)."""
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


def on_screen(sounds: Sequence[CueSound], grid: Grid) -> tuple[Span, ...]:
    """The times of cues that show `sounds`, one each and in their order.

    A cue begins with its sound, or up to `early` frames before when it needs the time, or with a shot
    change near it. It stays up to `late` after its sound, longer only to last `shortest` or to be
    readable. Where people speak without a pause it ends `gap` frames before the next one begins, and
    near a shot change `gap` frames before that (Netflix, Subtitle Timing Guidelines). Of all
    such times those are taken that break the fewest rules over the whole recording, by dynamic
    programming. Times are whole frames, inside the recording.

    Raises:
        ValueError: there are more cues than frames.
    """
    if len(sounds) > grid.frames:
        raise ValueError(f"{len(sounds)} cues do not fit into {grid.frames} frames")
    if not sounds:
        return ()
    begins = first_frames([sound.span.start for sound in sounds], grid)
    heard = [_Heard(grid.fps.frame_from(one.span.end), grid.fps.frame_from(one.reading)) for one in sounds]
    starts = _best_starts(begins, heard, grid)
    following = [*starts[1:], grid.after_all]
    ends = [
        ending(start, one.end, after, one.reading, grid)
        for start, one, after in zip(starts, heard, following, strict=True)
    ]
    return tuple(
        Span(grid.fps.seconds(start), grid.fps.seconds(end)) for start, end in zip(starts, ends, strict=True)
    )


def first_frames(times: Sequence[float], grid: Grid) -> list[int]:
    """The frame on which each of these sounds begins, so that a cue of a frame and a gap fit between two.

    Where they do not all fit into the video, the gaps go first.
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


def ending(start: int, sound_end: int, after: int, reading: int, grid: Grid) -> int:
    """The frame on which a cue ends that begins at `start`, when the next one begins at `after`."""
    latest = max(start + 1, after - grid.gap)
    late = sound_end + grid.late
    end = latest if latest <= late else min(late, after - grid.joined)
    end = max(end, start + grid.needed(reading), sound_end)
    if end > after - grid.joined:
        end = latest
    end = max(start + 1, min(end, latest, start + grid.longest))
    if after - grid.joined < end < latest:
        end = max(after - grid.joined, min(end, start + grid.needed(reading)))
    return _before_shot(start, end, after, reading, grid) if grid.shots else end


def _before_shot(start: int, end: int, after: int, reading: int, grid: Grid) -> int:
    """`end`, or the frame `gap` before a shot change near it where no rule speaks against that."""
    near = nearest(end + grid.gap, grid.shots)
    moved = near - grid.gap
    if abs(moved - end) > grid.shot or not start + grid.needed(reading) <= moved <= start + grid.longest:
        return end
    left = after - moved
    return moved if left == grid.gap or left >= grid.joined else end


def nearest(frame: int, shots: Sequence[int]) -> int:
    """The shot change nearest to a frame; there is at least one."""
    place = bisect_left(shots, frame)
    return min(shots[max(0, place - 1) : place + 1], key=lambda shot: abs(shot - frame))


def broken(start: int, end: int, after: int, reading: int, grid: Grid) -> int:
    """How many rules of time a cue breaks."""
    length = end - start
    gap = after - end
    return (
        (length < grid.shortest)
        + (length < reading)
        + (after < grid.after_all and (gap < grid.gap or grid.gap < gap < grid.joined))
    )


def _best_starts(begins: Sequence[int], heard: Sequence[_Heard], grid: Grid) -> list[int]:
    """The frame on which each cue begins."""
    choices = [_choices(begin, grid) for begin in begins]
    costs = [_lead_price(begins[0], start, 0, grid) for start in choices[0]]
    back: list[list[int]] = []
    for number, (here, there) in enumerate(pairwise(choices)):
        one, row, prices = heard[number], [], []
        for after in there:
            lead = _lead_price(begins[number + 1], after, one.end + grid.gap, grid)
            reached = [
                cost + _price(start, one, after, grid) + lead if start < after else float("inf")
                for start, cost in zip(here, costs, strict=True)
            ]
            best = min(range(len(here)), key=reached.__getitem__)
            row.append(best)
            prices.append(reached[best])
        back.append(row)
        costs = prices
    costs = [
        cost + _price(start, heard[-1], grid.after_all, grid)
        for start, cost in zip(choices[-1], costs, strict=True)
    ]
    state = min(range(len(costs)), key=costs.__getitem__)
    starts = [choices[-1][state]]
    for row, here in zip(reversed(back), reversed(choices[:-1]), strict=True):
        state = row[state]
        starts.append(here[state])
    return starts[::-1]


def _choices(begin: int, grid: Grid) -> list[int]:
    """Frames on which a cue may begin whose sound begins at `begin`: the sound's own first."""
    frames = [begin - lead for lead in range(min(grid.early, begin) + 1)]
    if grid.shots:
        near = nearest(begin, grid.shots)
        if abs(near - begin) <= grid.shot and 0 <= near < grid.frames and near not in frames:
            frames.append(near)
    return frames


def _lead_price(begin: int, start: int, free: int, grid: Grid) -> float:
    """What it costs to begin at `start` and not with the sound; the screen is free from `free` on."""
    beside = bool(grid.shots) and 0 < abs(nearest(begin, grid.shots) - start) <= grid.shot
    lead = max(0, begin - start)
    held_back = max(0, min(free, begin) - start)
    return _LEAD * lead + _INTERRUPTING * held_back + _BESIDE_SHOT * beside


def _price(start: int, one: _Heard, after: int, grid: Grid) -> float:
    """What the times of a cue cost that begins at `start` and is followed by one at `after`."""
    end = ending(start, one.end, after, one.reading, grid)
    lack = max(0, max(grid.shortest, one.reading) - (end - start))
    return (
        BROKEN * broken(start, end, after, one.reading, grid)
        + _LACK * lack
        + _CUT_OFF * max(0, one.end - end)
    )
