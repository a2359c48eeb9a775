"""Hold a track against the sound: where cues and speech do not meet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from align.core.types import Cue, Span, Track
from align.subtitles.check import Rule, Violation
from align.subtitles.layout import joined
from align.subtitles.options import CueOptions

_SLACK = 0.5
"""Seconds by which cue and speech may miss each other: what finds speech is not more exact, and rules let
a cue stay for that long."""
_SILENT = 0.1
"""Seconds of speech under a cue below which it stands over silence."""


def check_sound(track: Track, speech: Sequence[Span], options: CueOptions) -> tuple[Violation, ...]:
    """Where cues begin long before or after their speech, end before it or long after it, or stand over
    silence, and where speech has no cue; in the order of time.

    Args:
        speech: when somebody speaks, sorted, as align.audio.decode.find_speech tells.
    """
    stretches = _merged(speech)
    found = [
        violation
        for number, cue in enumerate(track.cues)
        for violation in _cue(number, cue, stretches, track.languages, options)
    ]
    found += _unheard(track.cues, stretches, speech)
    return tuple(sorted(found, key=lambda one: (one.span, one.cue)))


def _merged(speech: Sequence[Span]) -> list[Span]:
    """Stretches of speech, those with a short pause between them as one."""
    merged: list[Span] = []
    for span in speech:
        if merged and span.start - merged[-1].end < _SLACK:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged


def _cue(
    number: int, cue: Cue, speech: Sequence[Span], languages: Sequence[str], options: CueOptions
) -> Iterator[Violation]:
    """A cue over silence, or that begins long before its speech or stays long after it."""
    if cue.span.duration <= 0:
        return  # too short to be seen, which is told elsewhere
    under = [span for span in speech if span.overlap(cue.span) > 0]
    if not under or sum(span.overlap(cue.span) for span in under) < min(_SILENT, cue.span.duration / 2):
        reason = "Nobody speaks while it is on screen; move it or take it out."
        yield Violation(number, cue.span, Rule.SILENCE, cue.span.duration, 0.0, reason)
        return
    early = under[0].start - cue.span.start
    if early > _SLACK:
        reason = "It is seen long before its speech begins; let it begin later."
        yield Violation(number, cue.span, Rule.EARLY, early, _SLACK, reason)
    late = cue.span.end - under[-1].end
    if late > max(_SLACK, _to_read(cue, languages, options) - under[-1].end) + _SLACK:
        reason = "It stays long after its speech and longer than it takes to read; end it earlier."
        yield Violation(number, cue.span, Rule.STAYS, late, 2 * _SLACK, reason)


def _to_read(cue: Cue, languages: Sequence[str], options: CueOptions) -> float:
    """When somebody who began with the cue has read it, and it has been seen long enough."""
    pairs = [(options.rules(code), joined(lines)) for code, lines in zip(languages, cue.lines, strict=True)]
    return cue.span.start + max(max(rules.shortest, rules.reading(text)) for rules, text in pairs)


def _unheard(cues: Sequence[Cue], stretches: Sequence[Span], speech: Sequence[Span]) -> Iterator[Violation]:
    """Speech that no cue covers, told of the cue that should; pauses in it do not count."""
    for span in stretches:
        within = [number for number, cue in enumerate(cues) if cue.span.overlap(span) > 0]
        edges = [
            span.start,
            *(edge for n in within for edge in (cues[n].span.start, cues[n].span.end)),
            span.end,
        ]
        for place, (start, end) in enumerate(zip(edges[::2], edges[1::2], strict=True)):
            if end - start <= _SLACK:
                continue
            uncovered = Span(start, end)
            missed = sum(one.overlap(uncovered) for one in speech)
            if missed <= _SLACK:
                continue
            if not within:
                reason = "Somebody speaks, and there is no cue; see what is missing."
                yield Violation(-1, uncovered, Rule.UNCOVERED, missed, _SLACK, reason)
            elif place == 0:
                reason = "Its speech begins long before it; let it begin earlier, or see what is missing."
                yield Violation(within[0], cues[within[0]].span, Rule.LATE, missed, _SLACK, reason)
            else:
                reason = "Speech goes on behind it; let it stay, or see what is missing."
                yield Violation(
                    within[place - 1], cues[within[place - 1]].span, Rule.ENDS, missed, _SLACK, reason
                )
