"""Check a track against the rules; violations are data, each with its reason and a fix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import zip_longest

from align.core.types import Cue, Span, Track
from align.subtitles.clock import timestamp
from align.subtitles.layout import joined
from align.subtitles.line_breaks import IN_WORD, break_costs
from align.subtitles.options import CueOptions
from align.subtitles.rules import Rules

_ROUNDING = 1e-6
"""Seconds by which float times may miss the exact ones."""

_MINIMUM_DURATION = 0.001
"""Seconds; keeps the reading speed of an empty cue finite."""


class Rule(str, Enum):
    """A rule that a cue can break, with the unit of its measure."""

    COLUMNS = "columns of a line"
    LINES = "lines of a language"
    SPEED = "columns a second"
    SHORTEST = "seconds at least"
    LONGEST = "seconds at most"
    OVERLAP = "seconds of overlap with the next cue"
    GAP = "seconds to the next cue"
    WORD = "line breaks inside a word, a number or a name"
    EARLY = "seconds before its speech"
    LATE = "seconds after its speech began"
    ENDS = "seconds of speech behind it"
    STAYS = "seconds after its speech ended"
    SILENCE = "seconds over silence"
    UNCOVERED = "seconds of speech without a cue"


@dataclass(frozen=True, slots=True)
class Violation:
    """A cue that breaks a rule.

    Attributes:
        cue: its index in the track, -1 where there is no cue.
        span: when it is on screen, or when there is speech without a cue.
        rule: the broken rule.
        measured, limit: in the unit that the rule names.
        reason: a sentence that says why, and how to fix it.
    """

    cue: int
    span: Span
    rule: Rule
    measured: float
    limit: float
    reason: str


def check(track: Track, options: CueOptions, unit: float = 0.0) -> tuple[Violation, ...]:
    """All violations in `track`, in the order of its cues.

    Args:
        unit: seconds to which the track's times are rounded, such as 0.001 in SRT.
    """
    tolerance = unit + _ROUNDING
    violations: list[Violation] = []
    for number, (cue, following) in enumerate(zip_longest(track.cues, track.cues[1:])):
        broken = [
            *_text_violations(cue, following, track.languages, options, tolerance),
            *_time_violations(cue, following, track.languages, options, tolerance),
        ]
        violations += (Violation(number, cue.span, *fields) for fields in broken)
    return tuple(violations)


def share_inside(track: Track, options: CueOptions) -> float:
    """The share of cues (0 to 1) that break no rule; 1 for a track without cues."""
    broken = {violation.cue for violation in check(track, options)}
    return 1 - len(broken) / len(track.cues) if track.cues else 1.0


def reading_speed(cue: Cue, language: int, rules: Rules) -> float:
    """Columns per second of the cue's lines in one of its languages."""
    return rules.width(joined(cue.lines[language])) / max(cue.span.duration, _MINIMUM_DURATION)


_Broken = tuple[Rule, float, float, str]


def _available(cue: Cue, following: Cue | None, rules: Rules, options: CueOptions) -> float:
    """Seconds from the cue's start until it must end, by its rules or for the next cue."""
    if following is None:
        return rules.longest
    return min(rules.longest, following.span.start - options.fps.seconds(rules.gap) - cue.span.start)


def _text_violations(
    cue: Cue, following: Cue | None, languages: Sequence[str], options: CueOptions, tolerance: float
) -> Iterator[_Broken]:
    """Lines that are too wide, too many, too fast to read, or that break a word."""
    timing = options.rules(languages[0])  # those of the language on top count
    available = _available(cue, following, timing, options)
    for index, (code, lines) in enumerate(zip(languages, cue.lines, strict=True)):
        if not lines:
            continue
        rules, text = options.rules(code), joined(lines)
        widest = max(lines, key=rules.width)
        if rules.width(widest) > rules.columns:
            fits = rules.width(text) <= rules.columns * rules.lines
            fix = "break the lines elsewhere or shorten it" if fits else "shorten it or split the cue"
            reason = f"{_quoted(widest)} is too wide for a line; {fix}."
            yield Rule.COLUMNS, rules.width(widest), rules.columns, reason
        if len(lines) > rules.lines:
            yield Rule.LINES, len(lines), rules.lines, "There are too many lines; split the cue."
        needed = rules.width(text) / rules.speed
        if needed > cue.span.duration + tolerance:
            reason = f"{_quoted(text)} takes {needed:.2f} s to read"
            if available + tolerance >= needed:
                reason += f"; extend it to {timestamp(cue.span.start + needed, '.')}."
            elif needed > timing.longest:
                reason += ", longer than a cue may stay; split it."
            else:
                reason = (
                    f"The speech is too fast: {reason} and has {max(0.0, available):.2f} s before the next "
                    "cue; shorten the text."
                )
            yield Rule.SPEED, reading_speed(cue, index, rules), rules.speed, reason
        broken_words = _broken_words(lines, code)
        if broken_words:
            reason = f"A line breaks inside {_quoted(broken_words[0])}; break it elsewhere."
            yield Rule.WORD, len(broken_words), 0, reason


def _broken_words(lines: Sequence[str], language: str) -> list[str]:
    """What is read as one word but continues on the next line, with the break as a bar.

    Breaks between cues are not checked: many files leave out the comma at the end of a cue.
    """
    text, broken = lines[0], []
    for line in lines[1:]:
        text = line if line.startswith("-") else joined((text, line))  # a dash is another speaker
        at = len(text) - len(line)
        if at and break_costs(text, language)[at] >= IN_WORD:
            broken.append(f"{text[max(0, at - 6) : at]}|{line[:6]}")
    return broken


def _time_violations(
    cue: Cue, following: Cue | None, languages: Sequence[str], options: CueOptions, tolerance: float
) -> Iterator[_Broken]:
    """A duration that is too short or too long, an overlap, or a gap that flickers."""
    rules, duration = options.rules(languages[0]), cue.span.duration
    available = _available(cue, following, rules, options)
    if duration < rules.shortest - tolerance:
        if available + tolerance >= rules.shortest:
            reason = f"There is room: extend it to {timestamp(cue.span.start + rules.shortest, '.')}."
        else:
            reason = f"The next cue leaves it {max(0.0, available):.2f} s; join the two, or start it earlier."
        yield Rule.SHORTEST, duration, rules.shortest, reason
    if duration > rules.longest + tolerance:
        yield Rule.LONGEST, duration, rules.longest, "End it earlier, or split it."
    if following is None:
        return
    gap, minimum = following.span.start - cue.span.end, options.fps.seconds(rules.gap)
    frames = f"{rules.gap} frames" if rules.gap != 1 else "one frame"
    if gap < -_ROUNDING:
        yield Rule.OVERLAP, -gap, 0.0, "The next cue starts before this one ends; end it earlier."
    elif gap < minimum - tolerance:
        yield Rule.GAP, gap, minimum, f"The change of cues is not visible; leave {frames}."
    elif minimum + tolerance < gap < rules.joined - tolerance:
        reason = f"So short a gap flickers; close it to {frames}, or leave {rules.joined:g} s."
        yield Rule.GAP, gap, rules.joined, reason


def _quoted(text: str) -> str:
    """A text in quotes, shortened in the middle when it is long."""
    shown = text if len(text) <= 60 else f"{text[:28]} … {text[-28:]}"
    return f"“{shown}”" if any("㐀" <= character <= "鿿" for character in text) else f'"{shown}"'
