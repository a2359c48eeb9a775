"""Write WebVTT.

Our own, since of the Python writers only pycaption escapes the text, and it has no voices.
"""

from __future__ import annotations

from collections.abc import Sequence

from align.core.types import Cue, TimedToken, Track
from align.export.formats.escape import unmarked, with_lines
from align.export.formats.words import words_on_screen
from align.subtitles.clock import milliseconds, timestamp
from align.subtitles.options import CueOptions, SpeakerLabels

_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}


def vtt(track: Track, options: CueOptions) -> str:
    """The track as the text of a WebVTT file, with LF; each cue whose speaker is known has a voice tag."""
    blocks = (_block(cue, _texts(cue), options) for cue in with_lines(track, unmarked).cues)
    return "\n".join(["WEBVTT\n", *blocks])


def karaoke_vtt(track: Track, options: CueOptions, tokens: Sequence[TimedToken], language: str) -> str:
    """The same with a time before each word of one language, for highlighting.

    The web page styles it, with `::cue(:future)`: ffmpeg 5.1 finds no cue in a file with a STYLE block.

    Args:
        tokens: of the whole transcript.
        language: that of the transcript, one of the track's.
    """
    track = with_lines(track, unmarked)
    place = track.languages.index(language)
    blocks = ["WEBVTT\n"]
    for cue, words in zip(track.cues, words_on_screen(track, tokens, language), strict=True):
        timed, last = "", milliseconds(cue.span.start)
        for word in words:  # the standard wants times within the cue, each after the one before it
            start = milliseconds(word.span.start) if word.span else last
            if last < start < milliseconds(cue.span.end):
                timed += f"<{timestamp(start / 1000, '.')}>"
                last = start
            timed += word.shown.translate(_ESCAPES)
        texts = _texts(cue)
        texts[place] = timed or texts[place]
        blocks.append(_block(cue, texts, options))
    return "\n".join(blocks)


def _texts(cue: Cue) -> list[str]:
    """The text of each language of a cue, escaped; "" if it has none."""
    return ["\n".join(lines).translate(_ESCAPES) for lines in cue.lines]


def _block(cue: Cue, texts: Sequence[str], options: CueOptions) -> str:
    start, end = timestamp(cue.span.start, "."), timestamp(cue.span.end, ".")
    has_voice = cue.speaker is not None and options.labels is not SpeakerLabels.OFF
    voice = f"<v {(cue.speaker or '').translate(_ESCAPES)}>" if has_voice else ""
    text = "\n".join(filter(None, texts))
    return f"{start} --> {end}\n{voice}{text}\n"
