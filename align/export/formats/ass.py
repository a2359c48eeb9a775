"""Write Advanced SubStation (ASS), through pysubs2, which knows its sections, fields and colours."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pysubs2
from pysubs2.formats.substation import SubstationFormat

from align.core.types import Cue, Span, TimedToken, Track
from align.core.xml import legal_line
from align.export.formats.escape import BRACES, INVISIBLE
from align.export.formats.word_times import Word, words_on_screen
from align.subtitles.clock import milliseconds
from align.subtitles.options import CueOptions, SpeakerLabels
from align.subtitles.rules import Style

_WIDTH, _HEIGHT = 1920, 1080
"""The picture that sizes and margins are meant for; players scale them to the real one."""
_GREY = pysubs2.Color(160, 160, 160)
"""Karaoke words before they are spoken; the other language keeps its colour."""
_NAME = BRACES | str.maketrans({",": "，"})
_TEXT = BRACES | str.maketrans({"\\": f"\\{INVISIBLE}"})
"""Braces would be commands, and a backslash before N a line break: a word joiner parts them."""


def ass(track: Track, options: CueOptions) -> str:
    """The track as the text of an ASS file: a style for each language, the speaker in the Name field.

    A cue in two languages is one line of the file and switches style inside, since players stack
    lines that are shown together in no certain order. Times are hundredths of a second, rounded down.
    """
    return as_text(script(track, options))


def karaoke_ass(track: Track, options: CueOptions, tokens: Sequence[TimedToken], language: str) -> str:
    """The same with the time of each word of one language (`\\k`), grey until it is spoken.

    Args:
        tokens: of the whole transcript.
        language: that of the transcript, one of the track's.
    """
    marked = replace(track, cues=tuple(_marked(cue) for cue in track.cues))
    document = script(track, options)
    document.styles[language].secondarycolor = _GREY
    place = track.languages.index(language)
    sung = words_on_screen(marked, tokens, language)
    for event, cue, words in zip(document, marked.cues, sung, strict=True):
        if any(word.span for word in words):
            texts = [_text(lines) for lines in cue.lines]
            texts[place] = _timed(words, cue.span)
            event.text = _joined(texts, track.languages)
    return as_text(document)


def script(track: Track, options: CueOptions) -> pysubs2.SSAFile:
    """The track as pysubs2 holds it, for a writer that adds something of its own."""
    document = pysubs2.SSAFile()
    document.info = {
        "PlayResX": str(_WIDTH),
        "PlayResY": str(_HEIGHT),
        "WrapStyle": "0",
        "ScaledBorderAndShadow": "yes",
        "YCbCr Matrix": "TV.709",
    }
    main = track.languages[0]
    document.styles = {code: _style(options.rules(code).style, code == main) for code in track.languages}
    document.events = [_event(_marked(cue), track.languages, options) for cue in track.cues]
    return document


def as_text(document: pysubs2.SSAFile) -> str:
    """The file's content, with hours of as many digits as they need."""
    content = io.StringIO()
    _AnyHour.to_file(document, content, "ass", header_notice="")
    return content.getvalue()


def hundredths(seconds: float) -> int:
    """Milliseconds, rounded down to the hundredth of a second, which is all that ASS has."""
    return milliseconds(seconds) // 10 * 10


def one_line(text: str) -> str:
    """`text` as it may stand in a line of the file, without a command in it."""
    return legal_line(text).translate(_TEXT)


class _AnyHour(SubstationFormat):
    """pysubs2's format without its last time, 9:59:59.99, on which it would put all that is later.

    One digit is all that Aegisub has for hours; libass, ffmpeg and mkvmerge read any number.
    """

    @staticmethod
    def ms_to_timestamp(requested_ms: int) -> str:
        """Whole hundredths of a second as H:MM:SS.cc."""
        rest, hundredths = divmod(max(0, requested_ms) // 10, 100)
        minutes, second = divmod(rest, 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{second:02d}.{hundredths:02d}"


def _style(style: Style, main: bool) -> pysubs2.SSAStyle:
    """The style of one language, which may be smaller under another."""
    return pysubs2.SSAStyle(
        fontname=style.font,
        fontsize=float(style.size if main else style.below),
        primarycolor=_colour(style.colour),
        secondarycolor=_colour(style.colour),
        outlinecolor=_colour(style.outline),
        outline=3.0,
        shadow=1.0,
        alignment=pysubs2.Alignment.BOTTOM_CENTER,
        marginl=80,
        marginr=80,
        marginv=54,
    )


def _colour(text: str) -> pysubs2.Color:
    """A colour written as in HTML."""
    red, green, blue = bytes.fromhex(text.removeprefix("#"))
    return pysubs2.Color(red, green, blue)


def _event(cue: Cue, languages: tuple[str, ...], options: CueOptions) -> pysubs2.SSAEvent:
    """One cue, in the style of the first language that it has."""
    texts = [_text(lines) for lines in cue.lines]
    named = options.labels is not SpeakerLabels.OFF
    return pysubs2.SSAEvent(
        start=hundredths(cue.span.start),
        end=hundredths(cue.span.end),
        style=next(code for code, text in zip(languages, texts, strict=True) if text),
        name=(cue.speaker or "").translate(_NAME) if named else "",
        text=_joined(texts, languages),
    )


def _joined(texts: Sequence[str], languages: Sequence[str]) -> str:
    """The texts of the languages that have one, each below the last and in its own style."""
    shown = [(code, text) for code, text in zip(languages, texts, strict=True) if text]
    (_, first), *others = shown
    return first + "".join(f"\\N{{\\r{code}}}{text}" for code, text in others)


def _marked(cue: Cue) -> Cue:
    """The cue with no command in its lines."""
    return replace(cue, lines=tuple(tuple(line.translate(_TEXT) for line in lines) for lines in cue.lines))


def _text(lines: Sequence[str]) -> str:
    return "\\N".join(lines)


def _timed(words: Sequence[Word], span: Span) -> str:
    """The words, each behind the hundredths of a second from its own start to that of the next.

    A word without a time lights up with the one before it. What comes before the first is a syllable
    without text, and all of them together last as long as the cue, so that rounding never adds up.
    """
    begin, end = hundredths(span.start), hundredths(span.end)
    sung: list[tuple[int, str]] = []
    for word in words:
        start = min(max(hundredths(word.span.start), begin), end) if word.span else None
        shown = word.shown.replace("\n", "\\N")
        if sung and (start is None or start <= sung[-1][0]):
            sung[-1] = (sung[-1][0], sung[-1][1] + shown)
        else:
            sung.append((begin if start is None else start, shown))
    starts = [begin, *(start for start, _ in sung), end]
    lengths = [(later - earlier) // 10 for earlier, later in pairwise(starts)]
    texts = ["", *(text for _, text in sung)]
    return "".join(
        f"{{\\k{length}}}{text}" for length, text in zip(lengths, texts, strict=True) if length or text
    )
