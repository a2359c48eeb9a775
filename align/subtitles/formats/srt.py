"""Write SRT.

Our own, since the format is four lines a cue, and since pysubs2 would drop text in braces, turn a
written backslash and N into a line break, and leave `-->` in the text.
"""

from __future__ import annotations

import re

from align.subtitles.clock import timestamp
from align.subtitles.layout import joined, lines_of
from align.subtitles.rules import CueOptions, SpeakerLabels, is_spaced
from align.values import Cue, Track

_INVISIBLE = "\u2060"
"""A word joiner: it parts two characters for a program and changes nothing for the eye."""


def srt(track: Track, options: CueOptions) -> str:
    """The track as the text of an SRT file, with LF and the cues numbered from 1.

    The speaker's name stands before the text where the speaker changes, as `options.labels` says.
    What some reader would take for markup is made harmless: braces become full-width ones, and an
    invisible character parts `-->`, `<i`, `\\N`, a hyphen that begins a line, and a line of digits.
    """
    blocks = []
    speaker: str | None = None
    for number, cue in enumerate(track.cues, 1):
        label = _label(cue, track.languages, options.labels) if cue.speaker != speaker else ""
        speaker = cue.speaker or speaker
        lines = "\n".join(harmless(line) for line in _labelled(cue, track.languages, label))
        start, end = timestamp(cue.span.start, ","), timestamp(cue.span.end, ",")
        blocks.append(f"{number}\n{start} --> {end}\n{lines}\n")
    return "\n".join(blocks)


def _label(cue: Cue, languages: tuple[str, ...], labels: SpeakerLabels) -> str:
    """What stands before the first line, "" for no label."""
    if cue.speaker is None or labels is SpeakerLabels.OFF:
        return ""
    if labels is SpeakerLabels.CHEVRONS:
        return f">> {cue.speaker.upper()}: "
    first = next(code for code, lines in zip(languages, cue.lines, strict=True) if lines)
    return f"{cue.speaker}: " if is_spaced(first) else f"{cue.speaker}："


def _labelled(cue: Cue, languages: tuple[str, ...], label: str) -> list[str]:
    """All lines of the cue from the top, the first language's broken anew when it has a label."""
    shown: list[str] = []
    for code, lines in zip(languages, cue.lines, strict=True):
        shown += lines_of(label + joined(lines), code) if label and lines else lines
        label = "" if lines else label
    return shown


def harmless(line: str) -> str:
    """`line` without anything that a reader of SRT takes for markup."""
    line = line.translate({ord("{"): "｛", ord("}"): "｝"})
    line = re.sub(r"--(?=>)|<(?=[a-zA-Z/!?])|\\(?=[Nnh])", rf"\g<0>{_INVISIBLE}", line)
    return _INVISIBLE + line if line.startswith("-") or line.isdigit() else line
