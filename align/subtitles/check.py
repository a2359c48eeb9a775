"""Measure a track against the rules; what breaks them is data, with what stands in the way of mending it."""

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
from align.subtitles.rules import Rules, is_spaced

_ROUNDING = 1e-6
"""Seconds by which times miss the exact figure."""

_SEEN = 0.001
"""Seconds that a cue is taken to last that has no length, so that its speed is a number."""


class Rule(str, Enum):
    """What a cue can break."""

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
        rule: that it breaks.
        measured, limit: in the unit that the rule names.
        reason: a sentence that says why, and what would mend it.
    """

    cue: int
    span: Span
    rule: Rule
    measured: float
    limit: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Place:
    """A cue and its neighbourhood.

    Attributes:
        after: the next cue.
        unit: seconds to which the times are written; nothing is told that is smaller.
    """

    number: int
    cue: Cue
    after: Cue | None
    languages: tuple[str, ...]
    options: CueOptions
    unit: float

    def broken(self, rule: Rule, measured: float, limit: float, reason: str) -> Violation:
        return Violation(self.number, self.cue.span, rule, measured, limit, reason)

    @property
    def timing(self) -> Rules:
        """The rules whose times count: those of the language on top."""
        return self.options.rules(self.languages[0])

    @property
    def free(self) -> float:
        """Seconds from the cue's begin in which nothing else is on screen, and in which it may be."""
        if self.after is None:
            return self.timing.longest
        gap = self.options.fps.seconds(self.timing.gap)
        return min(self.timing.longest, self.after.span.start - gap - self.cue.span.start)


def check(track: Track, options: CueOptions, unit: float = 0.0) -> tuple[Violation, ...]:
    """Everything in `track` that breaks a rule of its languages, in the order of the cues.

    Args:
        options: have the profile and the frame rate.
        unit: seconds to which the track's times are rounded, such as 0.001 in SRT.
    """
    cues = track.cues
    places = [
        _Place(number, cue, after, track.languages, options, unit + _ROUNDING)
        for number, (cue, after) in enumerate(zip_longest(cues, cues[1:]))
    ]
    return tuple(violation for place in places for violation in _violations(place))


def share_inside(track: Track, options: CueOptions) -> float:
    """The share of cues (0 to 1) that break no rule; 1 for a track without cues."""
    broken = {violation.cue for violation in check(track, options)}
    return 1 - len(broken) / len(track.cues) if track.cues else 1.0


def speed_of(cue: Cue, language: int, rules: Rules) -> float:
    """Columns a second at which a reader has to read a cue's lines in one of its languages."""
    return rules.width(joined(cue.lines[language])) / max(cue.span.duration, _SEEN)


def _violations(place: _Place) -> Iterator[Violation]:
    """All that is wrong with one cue."""
    for index, code in enumerate(place.languages):
        if place.cue.lines[index]:
            yield from _text(place, place.cue.lines[index], code)
            yield from _speed(place, index, place.options.rules(code))
            yield from _torn(place, place.cue.lines[index], code)
    yield from _duration(place)
    yield from _gap(place)


def _text(place: _Place, lines: Sequence[str], code: str) -> Iterator[Violation]:
    rules = place.options.rules(code)
    widest = max(lines, key=rules.width)
    width = rules.width(widest)
    if width > rules.columns:
        fits = rules.width(joined(lines)) <= rules.columns * rules.lines
        mend = "break the lines elsewhere or shorten it" if fits else "shorten it or cut the cue in two"
        yield place.broken(
            Rule.COLUMNS, width, rules.columns, f"{_quoted(widest)} is too wide for a line; {mend}."
        )
    if len(lines) > rules.lines:
        yield place.broken(
            Rule.LINES, len(lines), rules.lines, "There are more lines than may be; cut the cue in two."
        )


def _speed(place: _Place, index: int, rules: Rules) -> Iterator[Violation]:
    text = joined(place.cue.lines[index])
    needed = rules.width(text) / rules.speed
    if needed <= place.cue.span.duration + place.unit:
        return
    if place.free + place.unit >= needed:
        until = timestamp(place.cue.span.start + needed, ".")
        reason = f"{_quoted(text)} takes {needed:.2f} s to read; let it stay until {until}."
    elif needed > place.timing.longest:
        reason = f"{_quoted(text)} takes {needed:.2f} s to read, longer than a cue may stay; cut it in two."
    else:
        reason = (
            f"Too much is said too fast: {_quoted(text)} takes {needed:.2f} s to read and the next cue "
            f"leaves it {max(0.0, place.free):.2f}; shorten the text."
        )
    yield place.broken(Rule.SPEED, speed_of(place.cue, index, rules), rules.speed, reason)


def _torn(place: _Place, lines: Sequence[str], code: str) -> Iterator[Violation]:
    """A word that goes on in the next line.

    From cue to cue nothing can be told: many files leave out the comma that ends a cue.
    """
    text, torn = lines[0], []
    for line in lines[1:]:
        text = line if line.startswith("-") else joined((text, line))  # a dash is another speaker
        cut = len(text) - len(line)
        if cut and break_costs(text, code)[cut] >= IN_WORD:
            torn.append(f"{text[max(0, cut - 6) : cut]}|{line[:6]}")
    if torn:
        reason = f"The line breaks inside what is read as one: {_quoted(torn[0])}; break it elsewhere."
        yield place.broken(Rule.WORD, len(torn), 0, reason)


def _duration(place: _Place) -> Iterator[Violation]:
    rules, duration = place.timing, place.cue.span.duration
    if duration < rules.shortest - place.unit:
        if place.free + place.unit >= rules.shortest:
            until = timestamp(place.cue.span.start + rules.shortest, ".")
            reason = f"Nothing follows at once; let it stay until {until}."
        else:
            reason = (
                f"The next cue leaves it {max(0.0, place.free):.2f} s; join the two, or let the first begin "
                "earlier."
            )
        yield place.broken(Rule.SHORTEST, duration, rules.shortest, reason)
    if duration > rules.longest + place.unit:
        yield place.broken(Rule.LONGEST, duration, rules.longest, "End it earlier, or cut it in two.")


def _gap(place: _Place) -> Iterator[Violation]:
    if place.after is None:
        return
    rules, fps = place.timing, place.options.fps
    gap = place.after.span.start - place.cue.span.end
    least = fps.seconds(rules.gap)
    frames = f"{rules.gap} frames" if rules.gap != 1 else "one frame"
    if gap < -_ROUNDING:
        yield place.broken(
            Rule.OVERLAP, -gap, 0.0, "The next cue begins before this one ends; end it earlier."
        )
    elif gap < least - place.unit:
        yield place.broken(Rule.GAP, gap, least, f"The eye does not see the change; leave {frames}.")
    elif least + place.unit < gap < rules.joined - place.unit:
        yield place.broken(
            Rule.GAP,
            gap,
            rules.joined,
            f"So short a gap flickers; close it to {frames}, or leave {rules.joined:g} s.",
        )


def _quoted(text: str) -> str:
    """A text in quotes, its middle left out when it is long."""
    longest = 60
    shown = text if len(text) <= longest else f"{text[:28]} … {text[-28:]}"
    return f'"{shown}"' if is_spaced("zh" if any(map(_is_han, text)) else "en") else f"“{shown}”"


def _is_han(character: str) -> bool:
    return "㐀" <= character <= "鿿"
