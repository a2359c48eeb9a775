"""Check a track against the rules and the audio; violations are data, each with its reason and a fix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import zip_longest

from align.core.types import Cue, Span, Track
from align.subtitles.clock import timestamp
from align.subtitles.frames import FrameRate
from align.subtitles.layout import joined
from align.subtitles.line_breaks import IN_WORD, break_costs
from align.subtitles.options import CueOptions
from align.subtitles.rules import Rules

_ROUNDING = 1e-6
"""Seconds by which float times may miss the exact ones."""

_MINIMUM_DURATION = 0.001
"""Seconds; keeps the reading speed of an empty cue finite."""

_AUDIO_TOLERANCE = 0.5
"""Seconds by which cue and speech may miss each other (0.3 to 1): voice activity detection is no more exact,
and rules let a cue stay that long."""

_SILENT = 0.1
"""Seconds of speech during a cue below which it is over silence."""


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
        cue: its index in the track, -1 for speech without a cue.
        span: when the cue is on screen, or when the speech without a cue is.
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
    rules, tolerance = options.rules(track.languages[0]), unit + _ROUNDING  # timing: of the language on top
    violations: list[Violation] = []
    for number, (cue, following) in enumerate(zip_longest(track.cues, track.cues[1:])):
        available = rules.longest
        if following is not None:
            until_next = following.span.start - options.fps.seconds(rules.gap) - cue.span.start
            available = min(available, until_next)
        broken = [
            *_text_violations(cue, available, track.languages, options, tolerance),
            *_time_violations(cue, following, available, rules, options.fps, tolerance),
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


def _text_violations(
    cue: Cue, available: float, languages: Sequence[str], options: CueOptions, tolerance: float
) -> Iterator[tuple[Rule, float, float, str]]:
    """Lines that are too wide, too many, too fast to read, or that break a word.

    Args:
        available: seconds from the cue's start until it must end, by its rules or for the next cue.
    """
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
            elif needed > options.rules(languages[0]).longest:
                reason += ", longer than a cue may stay; split it."
            else:
                reason = (
                    f"The speech is too fast: {reason} and has {max(0.0, available):.2f} s before the next "
                    "cue; shorten the text."
                )
            yield Rule.SPEED, reading_speed(cue, index, rules), rules.speed, reason
        broken_words = _broken_words(tuple(lines), code)
        if broken_words:
            reason = f"A line breaks inside {_quoted(broken_words[0])}; break it elsewhere."
            yield Rule.WORD, len(broken_words), 0, reason


@lru_cache(maxsize=8192)  # a review checks the same cues after every decision
def _broken_words(lines: tuple[str, ...], language: str) -> tuple[str, ...]:
    """What is read as one word but continues on the next line, with the break as a bar.

    Breaks between cues are not checked: many files leave out the comma at the end of a cue.
    """
    text, broken = lines[0], list[str]()
    for line in lines[1:]:
        text = line if line.startswith("-") else joined((text, line))  # a dash is another speaker
        at = len(text) - len(line)
        if at and break_costs(text, language)[at] >= IN_WORD:
            broken.append(f"{text[max(0, at - 6) : at]}|{line[:6]}")
    return tuple(broken)


def _quoted(text: str) -> str:
    """A text in quotes, shortened in the middle when it is long."""
    shown = text if len(text) <= 60 else f"{text[:28]} … {text[-28:]}"
    return f"“{shown}”" if any("㐀" <= character <= "鿿" for character in text) else f'"{shown}"'


def _time_violations(
    cue: Cue, following: Cue | None, available: float, rules: Rules, fps: FrameRate, tolerance: float
) -> Iterator[tuple[Rule, float, float, str]]:
    """A duration that is too short or too long, an overlap, or a gap that flickers."""
    duration = cue.span.duration
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
    gap, minimum = following.span.start - cue.span.end, fps.seconds(rules.gap)
    frames = f"{rules.gap} frames" if rules.gap != 1 else "one frame"
    if gap < -_ROUNDING:
        yield Rule.OVERLAP, -gap, 0.0, "The next cue starts before this one ends; end it earlier."
    elif gap < minimum - tolerance:
        yield Rule.GAP, gap, minimum, f"The change of cues is not visible; leave {frames}."
    elif minimum + tolerance < gap < rules.joined - tolerance:
        reason = f"So short a gap flickers; close it to {frames}, or leave {rules.joined:g} s."
        yield Rule.GAP, gap, rules.joined, reason


def check_audio(track: Track, speech: Sequence[Span], options: CueOptions) -> tuple[Violation, ...]:
    """Cues that start long before or after their speech, end before it or long after it, or are over silence,
    and speech without a cue; in order of time.

    Args:
        speech: from voice activity detection, sorted.
    """
    stretches: list[Span] = []
    for span in speech:
        if stretches and span.start - stretches[-1].end < _AUDIO_TOLERANCE:
            stretches[-1] = Span(stretches[-1].start, max(span.end, stretches[-1].end))
        else:
            stretches.append(span)
    violations = [
        violation
        for number, cue in enumerate(track.cues)
        for violation in _cue_violations(number, cue, stretches, track.languages, options)
    ]
    violations += _uncovered_speech(track.cues, stretches, speech)
    return tuple(sorted(violations, key=lambda violation: (violation.span, violation.cue)))


def _cue_violations(
    number: int, cue: Cue, speech: Sequence[Span], languages: Sequence[str], options: CueOptions
) -> Iterator[Violation]:
    """A cue over silence, or that starts long before its speech or stays long after it."""
    if cue.span.duration <= 0:
        return  # too short to be visible, which another rule reports
    spoken = [span for span in speech if span.overlap(cue.span) > 0]
    if not spoken or sum(span.overlap(cue.span) for span in spoken) < min(_SILENT, cue.span.duration / 2):
        reason = "Nobody speaks while it is on screen; move it or remove it."
        yield Violation(number, cue.span, Rule.SILENCE, cue.span.duration, 0.0, reason)
        return
    early = spoken[0].start - cue.span.start
    if early > _AUDIO_TOLERANCE:
        reason = "It appears long before its speech; start it later."
        yield Violation(number, cue.span, Rule.EARLY, early, _AUDIO_TOLERANCE, reason)
    late = cue.span.end - spoken[-1].end
    needed = max(
        max(rules.shortest, rules.reading(joined(lines)))
        for rules, lines in zip(map(options.rules, languages), cue.lines, strict=True)
    )
    if late > max(_AUDIO_TOLERANCE, cue.span.start + needed - spoken[-1].end) + _AUDIO_TOLERANCE:
        reason = "It stays long after its speech and longer than it takes to read; end it earlier."
        yield Violation(number, cue.span, Rule.STAYS, late, 2 * _AUDIO_TOLERANCE, reason)


def _uncovered_speech(
    cues: Sequence[Cue], stretches: Sequence[Span], speech: Sequence[Span]
) -> Iterator[Violation]:
    """Speech that no cue covers, reported for the cue that should; pauses in it do not count."""
    for stretch in stretches:
        within = [number for number, cue in enumerate(cues) if cue.span.overlap(stretch) > 0]
        edges = [stretch.start]
        for number in within:
            edges += [cues[number].span.start, cues[number].span.end]
        edges.append(stretch.end)
        for index, (start, end) in enumerate(zip(edges[::2], edges[1::2], strict=True)):
            if end - start <= _AUDIO_TOLERANCE:
                continue
            uncovered = Span(start, end)
            missed = sum(span.overlap(uncovered) for span in speech)
            if missed <= _AUDIO_TOLERANCE:
                continue
            if not within:
                rule, cue, reason = Rule.UNCOVERED, -1, "There is speech and no cue; check what is missing."
            elif index == 0:
                rule, cue = Rule.LATE, within[0]
                reason = "Its speech starts long before it; start it earlier, or check what is missing."
            else:
                rule, cue = Rule.ENDS, within[index - 1]
                reason = "Speech continues after it; extend it, or check what is missing."
            span = cues[cue].span if within else uncovered
            yield Violation(cue, span, rule, missed, _AUDIO_TOLERANCE, reason)
