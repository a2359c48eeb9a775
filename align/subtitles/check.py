"""Measure a track against the rules; what breaks them is data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from align.subtitles.layout import joined
from align.subtitles.rules import CueOptions, Rules, rules_for
from align.values import Cue, Track

_ROUNDING = 1e-6
"""Seconds; times are sums of frames and miss the exact figure by less."""


class Rule(str, Enum):
    """What a cue can break."""

    COLUMNS = "columns of a line"
    LINES = "lines of a language"
    SPEED = "columns a second"
    SHORTEST = "seconds at least"
    LONGEST = "seconds at most"
    OVERLAP = "seconds of overlap with the next cue"
    GAP = "seconds to the next cue"


@dataclass(frozen=True, slots=True)
class Violation:
    """A cue that breaks a rule.

    Attributes:
        cue: its index in the track.
        measured, limit: in the unit that the rule names.
    """

    cue: int
    rule: Rule
    measured: float
    limit: float


def check(track: Track, options: CueOptions) -> tuple[Violation, ...]:
    """Everything in `track` that breaks a rule of its languages, in the order of the cues."""
    found = [
        Violation(number, rule, measured, limit)
        for number, cue in enumerate(track.cues)
        for rule, measured, limit in [*_text(cue, track.languages), *_duration(cue, track.languages)]
    ]
    for number, (cue, after) in enumerate(pairwise(track.cues)):
        found += _gap(number, cue, after, rules_for(track.languages[0]), options.frame_rate)
    return tuple(sorted(found, key=lambda violation: violation.cue))


def share_inside(track: Track, options: CueOptions) -> float:
    """The share of cues (0 to 1) that break no rule; 1 for a track without cues."""
    broken = {violation.cue for violation in check(track, options)}
    return 1 - len(broken) / len(track.cues) if track.cues else 1.0


def _text(cue: Cue, languages: tuple[str, ...]) -> list[tuple[Rule, float, float]]:
    """What is wrong with the lines, each with the measured figure and the limit."""
    found: list[tuple[Rule, float, float]] = []
    for code, lines in zip(languages, cue.lines, strict=True):
        rules = rules_for(code)
        widest = max(map(rules.width, lines), default=0)
        if widest > rules.columns:
            found.append((Rule.COLUMNS, widest, rules.columns))
        if len(lines) > rules.lines:
            found.append((Rule.LINES, len(lines), rules.lines))
        speed = rules.width(joined(lines)) / cue.span.duration if lines else 0.0
        if speed > rules.speed + _ROUNDING:
            found.append((Rule.SPEED, speed, rules.speed))
    return found


def _duration(cue: Cue, languages: tuple[str, ...]) -> list[tuple[Rule, float, float]]:
    rules, duration = rules_for(languages[0]), cue.span.duration
    if duration < rules.shortest - _ROUNDING:
        return [(Rule.SHORTEST, duration, rules.shortest)]
    if duration > rules.longest + _ROUNDING:
        return [(Rule.LONGEST, duration, rules.longest)]
    return []


def _gap(number: int, cue: Cue, after: Cue, rules: Rules, frame_rate: float) -> list[Violation]:
    gap = after.span.start - cue.span.end
    least = rules.gap / frame_rate
    if gap < -_ROUNDING:
        return [Violation(number, Rule.OVERLAP, -gap, 0.0)]
    if gap < least - _ROUNDING:
        return [Violation(number, Rule.GAP, gap, least)]
    if least + _ROUNDING < gap < rules.joined - _ROUNDING:
        return [Violation(number, Rule.GAP, gap, rules.joined)]
    return []
