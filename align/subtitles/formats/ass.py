"""Write Advanced SubStation (ASS), through pysubs2, which knows its sections, fields and colours."""

from __future__ import annotations

import pysubs2

from align.subtitles.clock import milliseconds
from align.subtitles.rules import CueOptions, SpeakerLabels, is_spaced
from align.values import Cue, Track

_WIDTH, _HEIGHT = 1920, 1080
"""The picture that sizes and margins are meant for; players scale them to the real one."""
_NAME = str.maketrans({",": "，", "{": "｛", "}": "｝"})
_TEXT = str.maketrans({"{": "｛", "}": "｝", "\\": "\\\u2060"})
"""Braces would be commands, and a backslash before N a line break: a word joiner parts them."""


def ass(track: Track, options: CueOptions) -> str:
    """The track as the text of an ASS file: a style for each language, the speaker in the Name field.

    A cue in two languages is one line of the file and switches style inside, since players stack
    lines that are shown together in no certain order. Times are hundredths of a second, rounded down.
    """
    document = pysubs2.SSAFile()
    document.info = {
        "PlayResX": str(_WIDTH),
        "PlayResY": str(_HEIGHT),
        "WrapStyle": "0",
        "ScaledBorderAndShadow": "yes",
        "YCbCr Matrix": "TV.709",
    }
    main = track.languages[0]
    document.styles = {code: _style(code, code == main) for code in track.languages}
    document.events = [_event(cue, track.languages, options) for cue in track.cues]
    return document.to_string("ass", header_notice="")


def _style(language: str, main: bool) -> pysubs2.SSAStyle:
    """The look of one language; the second is smaller, so that the first leads the eye."""
    spaced = is_spaced(language)
    return pysubs2.SSAStyle(
        fontname="Arial" if spaced else "Noto Sans CJK SC",
        fontsize=(60.0 if main else 50.0) if spaced else (72.0 if main else 60.0),
        outline=3.0,
        shadow=1.0,
        alignment=pysubs2.Alignment.BOTTOM_CENTER,
        marginl=80,
        marginr=80,
        marginv=54,
    )


def _event(cue: Cue, languages: tuple[str, ...], options: CueOptions) -> pysubs2.SSAEvent:
    """One cue, in the style of the first language that it has."""
    shown = [(code, _text(lines)) for code, lines in zip(languages, cue.lines, strict=True) if lines]
    (style, text), *others = shown
    named = options.labels is not SpeakerLabels.OFF
    return pysubs2.SSAEvent(
        start=milliseconds(cue.span.start) // 10 * 10,
        end=milliseconds(cue.span.end) // 10 * 10,
        style=style,
        name=(cue.speaker or "").translate(_NAME) if named else "",
        text=text + "".join(f"\\N{{\\r{code}}}{more}" for code, more in others),
    )


def _text(lines: tuple[str, ...]) -> str:
    return "\\N".join(line.translate(_TEXT) for line in lines)
