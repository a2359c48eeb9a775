"""When each cue is on screen: close to its speech, long enough to read, never two at once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from align.core.types import Span
from align.subtitles.frames import FrameRate
from align.subtitles.parameters import DEFAULTS, SubtitleParameters
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


def on_screen(
    speech: Sequence[Span],
    reading_times: Sequence[float],
    grid: Grid,
    *,
    parameters: SubtitleParameters = DEFAULTS,
) -> tuple[Span, ...]:
    """The times of cues, one for each span of speech and in their order.

    A cue starts with its speech, up to `early` frames before when it needs the time, or on a shot change
    near it. It stays up to `late` after its speech, longer only to last `shortest` or to be readable. In
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
    starts = _best_starts(begins, speech_ends, readings, grid, parameters)
    times = []
    for start, after, speech_end, reading in zip(
        starts, [*starts[1:], grid.after_all], speech_ends, readings, strict=True
    ):
        end = end_frame(start, speech_end, after, reading, grid)
        times.append(Span(grid.fps.seconds(start), grid.fps.seconds(end)))
    return tuple(times)


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


def end_frame(start: int, speech_end: int, after: int, reading: int, grid: Grid) -> int:
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
    on_shot = nearest(end + grid.gap, grid.shots) - grid.gap
    is_near = abs(on_shot - end) <= grid.shot
    lasts = start + grid.needed(reading) <= on_shot <= start + grid.longest
    room = after - on_shot
    return on_shot if is_near and lasts and (room == grid.gap or room >= grid.joined) else end


def nearest(frame: int, shots: Sequence[int]) -> int:
    """The shot change nearest to a frame; there is at least one."""
    index = bisect_left(shots, frame)
    return min(shots[max(0, index - 1) : index + 1], key=lambda shot: abs(shot - frame))


def _best_starts(
    begins: Sequence[int],
    speech_ends: Sequence[int],
    readings: Sequence[int],
    grid: Grid,
    parameters: SubtitleParameters,
) -> list[int]:
    """The frame on which each cue starts."""

    def start_cost(begin: int, start: int, free: int) -> float:
        """The cost of starting at `start` and not with the speech; the cue before is spoken until `free`."""
        beside = bool(grid.shots) and 0 < abs(nearest(begin, grid.shots) - start) <= grid.shot
        lead = parameters.lead_frame * max(0, begin - start)
        interrupting = parameters.interrupting_frame * max(0, min(free, begin) - start)
        return lead + interrupting + parameters.near_shot * beside

    def end_cost(number: int, start: int, after: int) -> float:
        """The cost of the time that the cue is on screen, when the next one starts at `after`."""
        speech_end, reading = speech_ends[number], readings[number]
        end = end_frame(start, speech_end, after, reading, grid)
        duration, gap = end - start, after - end
        bad_gap = after < grid.after_all and (gap < grid.gap or grid.gap < gap < grid.joined)
        broken = (duration < grid.shortest) + (duration < reading) + bad_gap
        missing = max(0, max(grid.shortest, reading) - duration)
        return (
            parameters.broken_rule * broken
            + parameters.missing_frame * missing
            + parameters.clipped_frame * max(0, speech_end - end)
        )

    choices = [_possible_starts(begin, grid) for begin in begins]
    costs = [start_cost(begins[0], start, 0) for start in choices[0]]
    back: list[list[int]] = []
    for number, (current, following) in enumerate(pairwise(choices)):
        predecessors, best_costs = [], []
        for after in following:
            lead = start_cost(begins[number + 1], after, speech_ends[number] + grid.gap)
            totals = [
                cost + end_cost(number, start, after) + lead if start < after else float("inf")
                for start, cost in zip(current, costs, strict=True)
            ]
            best = min(range(len(current)), key=totals.__getitem__)
            predecessors.append(best)
            best_costs.append(totals[best])
        back.append(predecessors)
        costs = best_costs
    last = len(begins) - 1
    costs = [
        cost + end_cost(last, start, grid.after_all) for start, cost in zip(choices[-1], costs, strict=True)
    ]
    state = min(range(len(costs)), key=costs.__getitem__)
    starts = [choices[-1][state]]
    for predecessors, current in zip(reversed(back), reversed(choices[:-1]), strict=True):
        state = predecessors[state]
        starts.append(current[state])
    return starts[::-1]


def _possible_starts(begin: int, grid: Grid) -> list[int]:
    """Frames on which a cue may start whose speech begins at `begin`, that frame first."""
    frames = [begin - lead for lead in range(min(grid.early, begin) + 1)]
    if grid.shots:
        shot = nearest(begin, grid.shots)
        if abs(shot - begin) <= grid.shot and 0 <= shot < grid.frames and shot not in frames:
            frames.append(shot)
    return frames
