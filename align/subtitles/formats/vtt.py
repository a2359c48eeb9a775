"""Write WebVTT.

Our own, since of the Python writers only pycaption escapes the text, and it has no voices.
"""

from __future__ import annotations

from align.subtitles.clock import timestamp
from align.subtitles.rules import CueOptions, SpeakerLabels
from align.values import Cue, Track

_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}


def vtt(track: Track, options: CueOptions) -> str:
    """The track as the text of a WebVTT file, with LF; each cue whose speaker is known has a voice tag."""
    blocks = ["WEBVTT\n"]
    for cue in track.cues:
        start, end = timestamp(cue.span.start, "."), timestamp(cue.span.end, ".")
        blocks.append(f"{start} --> {end}\n{_voice(cue, options)}{_text(cue)}\n")
    return "\n".join(blocks)


def _text(cue: Cue) -> str:
    return "\n".join(line.translate(_ESCAPES) for lines in cue.lines for line in lines)


def _voice(cue: Cue, options: CueOptions) -> str:
    if cue.speaker is None or options.labels is SpeakerLabels.OFF:
        return ""
    return f"<v {cue.speaker.translate(_ESCAPES)}>"
