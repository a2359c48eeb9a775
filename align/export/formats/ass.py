"""Write Advanced SubStation (ASS), through pysubs2, which knows its sections, fields and colours."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from itertools import pairwise

import pysubs2
from pysubs2.formats.substation import SubstationFormat

from align.core.types import Cue, TimedToken, Track
from align.core.xml import legal_line
from align.export.formats.escape import BRACES, LOOK_ALIKES, with_lines
from align.export.formats.words import Word, words_on_screen
from align.subtitles.clock import milliseconds
from align.subtitles.options import CueOptions, SpeakerLabels

_GREY = pysubs2.Color(160, 160, 160)
"""Karaoke words before they are spoken; the other language keeps its colour."""
_NAME = BRACES | str.maketrans({",": "，"})
_BREAK = re.compile(r"\\(?=[Nnh])")
"""Braces would be commands, and a backslash before these a line break or a space."""


def ass(track: Track, options: CueOptions) -> str:
    """The track as the text of an ASS file: a style for each language, the speaker in the Name field.

    A cue in two languages is an event in each, the lower one first: players put what comes later above what
    it would cover. The upper one has the margin that this comes to, so that it stands there in any order.
    Times are hundredths of a second, rounded down.
    """
    return as_text(script(track, options))


def karaoke_ass(track: Track, options: CueOptions, tokens: Sequence[TimedToken], language: str) -> str:
    """The same with the time of each word of one language (`\\k`), grey until it is spoken.

    Args:
        tokens: of the whole transcript.
        language: that of the transcript, one of the track's.
    """
    document = script(track, options)
    document.styles[language].secondarycolor = _GREY
    place = track.languages.index(language)
    safe = with_lines(track, _without_commands)
    cue_words = words_on_screen(safe, tokens, language)
    spoken = (event for event in document if event.style == language)
    shown = ((cue, words) for cue, words in zip(safe.cues, cue_words, strict=True) if cue.lines[place])
    for event, (cue, words) in zip(spoken, shown, strict=True):
        if any(word.span for word in words):
            event.text = _karaoke(words, hundredths(cue.span.start), hundredths(cue.span.end))
    return as_text(document)


def script(track: Track, options: CueOptions) -> pysubs2.SSAFile:
    """The track in pysubs2's own form, for a writer that adds something to it."""
    document, picture = pysubs2.SSAFile(), options.picture
    document.info = {
        "PlayResX": str(picture.width),
        "PlayResY": str(picture.height),
        "WrapStyle": "0",
        "ScaledBorderAndShadow": "yes",
        "YCbCr Matrix": "TV.709",
    }
    document.styles = {}  # without pysubs2's default
    for code in track.languages:
        style = options.rules(code).style
        colour, outline = (pysubs2.Color(*bytes.fromhex(c[1:])) for c in (style.colour, style.outline))
        document.styles[code] = pysubs2.SSAStyle(
            fontname=style.font,
            fontsize=float(style.size if code == track.languages[0] else style.below),
            primarycolor=colour,
            secondarycolor=colour,
            outlinecolor=outline,
            outline=3.0,
            shadow=1.0,
            alignment=pysubs2.Alignment.BOTTOM_CENTER,
            marginl=picture.side,
            marginr=picture.side,
            marginv=picture.bottom,
        )
    named = options.labels is not SpeakerLabels.OFF
    for cue in with_lines(track, _without_commands).cues:
        document.events += _events(cue, track.languages, document, picture.bottom, named)
    return document


def as_text(document: pysubs2.SSAFile) -> str:
    """The file's content, with hours of as many digits as they need."""
    content = io.StringIO()
    _AnyHour.to_file(document, content, "ass", header_notice="")
    return content.getvalue()


def hundredths(seconds: float) -> int:
    """Milliseconds, rounded down to the hundredth of a second, which is the precision of ASS."""
    return milliseconds(seconds) // 10 * 10


def one_line(text: str) -> str:
    """`text` as it may stand in a line of the file, without a command in it."""
    return _without_commands(legal_line(text))


class _AnyHour(SubstationFormat):
    """pysubs2's format without its last time, 9:59:59.99, to which it would move all that is later.

    Aegisub reads one digit of hours only; libass, ffmpeg and mkvmerge read any number.
    """

    @staticmethod
    def ms_to_timestamp(requested_ms: int) -> str:
        """Whole hundredths of a second as H:MM:SS.cc."""
        rest, hundredths = divmod(max(0, requested_ms) // 10, 100)
        minutes, second = divmod(rest, 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{second:02d}.{hundredths:02d}"


def _events(
    cue: Cue, languages: tuple[str, ...], document: pysubs2.SSAFile, bottom: int, named: bool
) -> list[pysubs2.SSAEvent]:
    """A cue as an event in each language that it has, the lowest first.

    Args:
        bottom: pixels between the lowest line and the edge of the picture.
        named: whether the speaker's name is given.
    """
    events: list[pysubs2.SSAEvent] = []
    taken = 0  # pixels of the languages below
    for code, lines in reversed(list(zip(languages, cue.lines, strict=True))):
        if not lines:
            continue
        event = pysubs2.SSAEvent(
            start=hundredths(cue.span.start),
            end=hundredths(cue.span.end),
            style=code,
            name=(cue.speaker or "").translate(_NAME) if named else "",
            marginv=bottom + taken if taken else 0,  # 0: that of the style
            text="\\N".join(lines),
        )
        events.append(event)
        taken += math.ceil(len(lines) * document.styles[code].fontsize)  # a line is as high as its font
    return events


def _without_commands(line: str) -> str:
    return _BREAK.sub(lambda match: match[0].translate(LOOK_ALIKES), line.translate(BRACES))


def _karaoke(words: Sequence[Word], begin: int, end: int) -> str:
    """The words, each after the hundredths of a second from its own start to that of the next.

    A word without a time lights up with the one before it. What comes before the first is a syllable
    without text, and all of them together last as long as the cue, so that rounding never adds up.

    Args:
        begin, end: of the cue, in milliseconds.
    """
    syllables: list[tuple[int, str]] = []
    for word in words:
        start = min(max(hundredths(word.span.start), begin), end) if word.span else None
        shown = word.shown.replace("\n", "\\N")
        if syllables and (start is None or start <= syllables[-1][0]):
            syllables[-1] = (syllables[-1][0], syllables[-1][1] + shown)
        else:
            syllables.append((begin if start is None else start, shown))
    starts = [begin, *(start for start, _ in syllables), end]
    lengths = [(later - earlier) // 10 for earlier, later in pairwise(starts)]
    texts = ["", *(text for _, text in syllables)]
    return "".join(
        f"{{\\k{length}}}{text}" for length, text in zip(lengths, texts, strict=True) if length or text
    )
