"""Two short turns of two speakers in one cue, each on its own line behind a dash.

As Netflix has it (English and Simplified Chinese Timed Text Style Guides, Dual Speakers): a hyphen without a
space, one speaker a line.
"""

from __future__ import annotations

from align.core.types import Cue, Span, Track
from align.subtitles.check import Rule, check
from align.subtitles.options import CueOptions, Dialogue

_DASH = "-"
_LITTLE = 1.5
"""Seconds on screen below which a turn is short."""
_TIME = frozenset({Rule.SHORTEST, Rule.SPEED})
_SPOILED = frozenset({Rule.COLUMNS, Rule.LINES, Rule.LONGEST, *_TIME})


def with_dialogue(track: Track, options: CueOptions) -> Track:
    """The track with cues joined that follow each other and have two speakers, as `options.dialogue` says.

    A joined cue breaks no rule of its text and time; where it would, the two stay apart.
    """
    if options.two_speaker_cues is Dialogue.OFF:
        return track
    hurried = {one.cue for one in check(track, options) if one.rule in _TIME}
    cues: list[Cue] = []
    number = 0
    while number < len(track.cues):
        pair = track.cues[number : number + 2]
        both = _joined(pair[0], pair[1]) if len(pair) == 2 and _may_join(pair[0], pair[1]) else None
        needed = not hurried.isdisjoint((number, number + 1))
        wanted = needed or (
            options.two_speaker_cues is Dialogue.SHORT and all(_is_short(cue) for cue in pair)
        )
        if both and wanted and _keeps_rules(both, track.languages, options):
            cues.append(both)
            number += 2
        else:
            cues.append(track.cues[number])
            number += 1
    return Track(track.languages, tuple(cues))


def _may_join(one: Cue, other: Cue) -> bool:
    """Whether two speakers say a line each, without a pause that the eye would see."""
    lines = max(map(len, (*one.lines, *other.lines)))
    return one.speaker != other.speaker and lines == 1 and other.span.start - one.span.end < 1.0


def _is_short(cue: Cue) -> bool:
    return cue.span.duration <= _LITTLE


def _joined(one: Cue, other: Cue) -> Cue:
    """Both in one cue, whose speaker is nobody."""
    lines = tuple(
        tuple(_DASH + line for line in (*first, *second))
        for first, second in zip(one.lines, other.lines, strict=True)
    )
    return Cue(Span(one.span.start, other.span.end), lines, None)


def _keeps_rules(cue: Cue, languages: tuple[str, ...], options: CueOptions) -> bool:
    found = check(Track(languages, (cue,)), options)
    return not any(one.rule in _SPOILED for one in found)
