"""Write WebVTT.

Our own, since of the Python writers only pycaption escapes the text, and it has no voices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from align.core.types import Cue, Span, TimedToken, Track
from align.export.formats.escape import unmarked
from align.export.formats.word_times import Word, words_on_screen
from align.subtitles.clock import milliseconds, timestamp
from align.subtitles.options import CueOptions, SpeakerLabels

_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}


def vtt(track: Track, options: CueOptions) -> str:
    """The track as the text of a WebVTT file, with LF; each cue whose speaker is known has a voice tag."""
    blocks = ["WEBVTT\n", *(_block(cue, _text(_marked(cue).lines), options) for cue in track.cues)]
    return "\n".join(blocks)


def karaoke_vtt(track: Track, options: CueOptions, tokens: Sequence[TimedToken], language: str) -> str:
    """The same with a time before each word of one language, for highlighting.

    The page styles it, with `::cue(:future)`: ffmpeg 5.1 finds no cue in a file with a STYLE block.

    Args:
        tokens: of the whole transcript.
        language: that of the transcript, one of the track's.
    """
    marked = replace(track, cues=tuple(_marked(cue) for cue in track.cues))
    place = track.languages.index(language)
    blocks = ["WEBVTT\n"]
    for cue, words in zip(marked.cues, words_on_screen(marked, tokens, language), strict=True):
        texts = [_text([lines]) for lines in cue.lines]
        texts[place] = _timed(words, cue.span) or texts[place]
        blocks.append(_block(cue, "\n".join(filter(None, texts)), options))
    return "\n".join(blocks)


def _block(cue: Cue, text: str, options: CueOptions) -> str:
    start, end = timestamp(cue.span.start, "."), timestamp(cue.span.end, ".")
    has_voice = cue.speaker is not None and options.labels is not SpeakerLabels.OFF
    voice = f"<v {(cue.speaker or '').translate(_ESCAPES)}>" if has_voice else ""
    return f"{start} --> {end}\n{voice}{text}\n"


def _marked(cue: Cue) -> Cue:
    """The cue without what readers take for markup, except tags and escapes."""
    return replace(cue, lines=tuple(tuple(map(unmarked, lines)) for lines in cue.lines))


def _text(lines: Sequence[Sequence[str]]) -> str:
    return "\n".join(line.translate(_ESCAPES) for language in lines for line in language)


def _timed(words: Sequence[Word], span: Span) -> str:
    """The words with their times, as the standard wants them: within the cue, and each after the last."""
    text, last = "", milliseconds(span.start)
    for word in words:
        start = milliseconds(word.span.start) if word.span else last
        if last < start < milliseconds(span.end):
            text += f"<{timestamp(start / 1000, '.')}>"
            last = start
        text += word.shown.translate(_ESCAPES)
    return text
