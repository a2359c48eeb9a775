"""Check a track against the audio: where cues and speech do not meet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from align.core.types import Cue, Span, Track
from align.subtitles.check import Rule, Violation
from align.subtitles.layout import joined
from align.subtitles.options import CueOptions

_TOLERANCE = 0.5
"""Seconds by which cue and speech may miss each other (0.3 to 1): voice activity detection is no more exact,
and rules let a cue stay that long."""
_SILENT = 0.1
"""Seconds of speech during a cue below which it is over silence."""


def check_audio(track: Track, speech: Sequence[Span], options: CueOptions) -> tuple[Violation, ...]:
    """Cues that start long before or after their speech, end before it or long after it, or are over silence,
    and speech without a cue; in order of time.

    Args:
        speech: from voice activity detection, sorted.
    """
    stretches: list[Span] = []
    for span in speech:
        if stretches and span.start - stretches[-1].end < _TOLERANCE:
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
    if early > _TOLERANCE:
        reason = "It appears long before its speech; start it later."
        yield Violation(number, cue.span, Rule.EARLY, early, _TOLERANCE, reason)
    late = cue.span.end - spoken[-1].end
    needed = max(
        max(rules.shortest, rules.reading(joined(lines)))
        for rules, lines in zip(map(options.rules, languages), cue.lines, strict=True)
    )
    if late > max(_TOLERANCE, cue.span.start + needed - spoken[-1].end) + _TOLERANCE:
        reason = "It stays long after its speech and longer than it takes to read; end it earlier."
        yield Violation(number, cue.span, Rule.STAYS, late, 2 * _TOLERANCE, reason)


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
            if end - start <= _TOLERANCE:
                continue
            uncovered = Span(start, end)
            missed = sum(span.overlap(uncovered) for span in speech)
            if missed <= _TOLERANCE:
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
            yield Violation(cue, span, rule, missed, _TOLERANCE, reason)
