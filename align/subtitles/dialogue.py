"""Two short turns of two speakers in one cue, each on its own line after a hyphen.

As in Netflix's English and Simplified Chinese Timed Text Style Guides, "Dual Speakers".
"""

from __future__ import annotations

from align.core.types import Cue, Span, Track
from align.subtitles.check import Rule, check
from align.subtitles.options import CueOptions, Dialogue

_SHORT = 1.5
"""Seconds on screen up to which a turn is short (1 to 2)."""
_PAUSE = 1.0
"""Seconds between two turns from which on the viewer would notice the pause."""
_TIMING = frozenset({Rule.SHORTEST, Rule.SPEED})
_KEPT = frozenset({Rule.COLUMNS, Rule.LINES, Rule.LONGEST, *_TIMING})
"""Rules that a joined cue must not break."""


def with_dialogue(track: Track, options: CueOptions) -> Track:
    """The track with consecutive cues of two speakers joined, as `options.two_speaker_cues` says.

    Two cues stay apart where the joined one would break a rule of text or timing.
    """
    if options.two_speaker_cues is Dialogue.OFF:
        return track
    hurried = {violation.cue for violation in check(track, options) if violation.rule in _TIMING}
    cues: list[Cue] = []
    number = 0
    while number < len(track.cues):
        pair = track.cues[number : number + 2]
        wanted = not hurried.isdisjoint((number, number + 1)) or (
            options.two_speaker_cues is Dialogue.SHORT and all(cue.span.duration <= _SHORT for cue in pair)
        )
        joined = _joined(*pair, track.languages, options) if wanted and len(pair) == 2 else None
        cues.append(joined or pair[0])
        number += 2 if joined else 1
    return Track(track.languages, tuple(cues))


def _joined(first: Cue, second: Cue, languages: tuple[str, ...], options: CueOptions) -> Cue | None:
    """Two cues as one without a speaker; None where it would break a rule, or they do not belong together."""
    most_lines = max(map(len, (*first.lines, *second.lines)))
    pause = second.span.start - first.span.end
    if first.speaker == second.speaker or most_lines != 1 or pause >= _PAUSE:
        return None
    lines = tuple(
        tuple("-" + line for line in (*upper, *lower))
        for upper, lower in zip(first.lines, second.lines, strict=True)
    )
    cue = Cue(Span(first.span.start, second.span.end), lines, None)
    broken = {violation.rule for violation in check(Track(languages, (cue,)), options)}
    return cue if broken.isdisjoint(_KEPT) else None
