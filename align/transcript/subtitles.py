"""Subtitles given as a transcript: their text and speakers; their times only tell cues apart.

SRT and VTT are read here and not with pysubs2, which loses words: it deletes a last line of digits,
text in {...}, voice tags, and makes a line break of a literal \\N. ASS is read with pysubs2.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from align.core.errors import InputError
from align.pronounce.sound_key import HAN
from align.transcript.paragraphs import Paragraph
from align.transcript.passages import Passage

if TYPE_CHECKING:
    from pysubs2 import SSAEvent

_CLOCK = r"(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMING = re.compile(rf"^[ \t]*{_CLOCK}[ \t]*-->[ \t]*{_CLOCK}.*$", re.MULTILINE)
_TOO_LATE = re.compile(
    r"^(?:Dialogue|Comment):[^,\n]*,(?:[^,\n]*,)??\s*(\d{3,}:\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?)\s*,",
    re.MULTILINE,
)
"""An event of ASS with more digits for the hours than pysubs2 reads."""
_TAG = re.compile(
    r"</?(?:i|b|u|s|c|v|em|strong|lang|ruby|rt|font|span|br)(?:[ .][^>]*)?/?>|<\d[\d:.]*>", re.IGNORECASE
)
_OVERRIDE = re.compile(r"\{\\[^}]*\}")
VOICE = re.compile(r"<v(?:\.[^ >]*)?[ \t]+([^>]+)>")
_BREAK = re.compile(r"\\N(?![a-z])|<br ?/?>")
_NOT_CUES = re.compile(r"(?:NOTE|STYLE|REGION)\b")
_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
BILINGUAL = 0.8
"""Share of the cues that must have a line in each script for the file to count as bilingual."""
_ENDS = re.compile(r"[.!?。！？…][\"'”’」』）)]*$")
_WEAK = " ，、,"
"""Marks that do not undo the end of a sentence before them."""
_MARK = re.compile(r"[，。！？；,.!?;]")
_PUNCTUATED = 0.2
"""Share of the lines that must have a mark for the file to count as punctuated."""


def is_vtt(text: str) -> bool:
    """Whether it begins as WebVTT must."""
    return re.match(r"\s*WEBVTT\b", text) is not None


def is_ass(text: str) -> bool:
    """Whether it has the first section of an ASS or SSA file."""
    return re.search(r"^\s*\[Script Info\]", text, re.MULTILINE) is not None


def is_srt(text: str) -> bool:
    """Whether it has a line of times as SRT has above each cue."""
    return _TIMING.search(text) is not None


@dataclass(frozen=True, slots=True)
class _Cue:
    """What one voice says in one subtitle; `speaker` as in `Paragraph`."""

    number: int
    lines: tuple[str, ...]
    speaker: str | None = None


def read_srt(text: str, path: Path) -> list[Paragraph]:
    """Lines of all cues, in the order of the file, numbered by cue."""
    del path
    return _paragraphs(
        [_Cue(number, plain_lines(lines)) for number, (_, lines) in enumerate(timed_cues(text), 1)]
    )


def read_vtt(text: str, path: Path) -> list[Paragraph]:
    """The same for WebVTT; a voice tag gives the speaker of what follows it in its cue."""
    if not VOICE.search(text):
        return read_srt(text, path)
    return _paragraphs(
        [
            _Cue(number, plain_lines(spoken.split("\n")), speaker)
            for number, (_, lines) in enumerate(timed_cues(text), 1)
            for speaker, spoken in voices("\n".join(lines))
        ]
    )


def read_ass(text: str, path: Path) -> list[Paragraph]:
    """The same for ASS: events by their start, without comments and drawings; the Name column gives speakers.

    Raises:
        InputError: pysubs2 cannot make sense of the file.
    """
    spoken = ass_events(text, path)
    named = any(event.name.strip() for event in spoken)
    together = groupby(sorted(spoken, key=attrgetter("start")), key=attrgetter("start", "end", "name"))
    return _paragraphs(
        [
            _Cue(number, event_lines(events), name.strip() if named else None)
            for number, ((_, _, name), events) in enumerate(together, 1)
        ]
    )


def ass_events(text: str, path: Path) -> list[SSAEvent]:
    """The events of an ASS file that show text.

    Raises:
        InputError: pysubs2 cannot make sense of the file, or it has times of 100 hours and more.
    """
    import pysubs2

    late = _TOO_LATE.search(text)
    if late:
        raise InputError(
            path,
            f"has the time {late[1]}, and ASS is read up to 99:59:59.99; save it as SRT or VTT in its editor",
        )
    try:
        subtitles = pysubs2.SSAFile.from_string(text, format_="ass")
    except (pysubs2.exceptions.Pysubs2Error, ValueError, KeyError, IndexError) as error:
        raise InputError(path, f"is a damaged ASS file ({error}); save it again in Aegisub") from error
    return [event for event in subtitles if event.type == "Dialogue" and not event.is_drawing]


def event_lines(events: Iterable[SSAEvent]) -> tuple[str, ...]:
    """The lines of ASS events that are shown together, without their codes."""
    return tuple(line for event in events for line in map(str.strip, event.plaintext.split("\n")) if line)


def _paragraphs(cues: Sequence[_Cue]) -> list[Paragraph]:
    return [
        Paragraph(line, cue.number, cue.speaker) for cue in _one_language(cues) for line in cue.lines if line
    ]


def timed_cues(text: str) -> list[tuple[str, list[str]]]:
    """The line of times of each cue in SRT or VTT, and its lines, without numbers, comments and styles."""
    lines = re.sub("\r\n?", "\n", text).split("\n")
    vtt = is_vtt(text)
    starts = [number for number, line in enumerate(lines) if _TIMING.match(line)]
    cues = []
    for start, following in pairwise([*starts, len(lines)]):
        end = following - 1 if following < len(lines) and _is_title(lines, following - 1, vtt) else following
        cues.append((lines[start], _spoken(lines[start + 1 : end], vtt)))
    return cues


def _is_title(lines: Sequence[str], above: int, vtt: bool) -> bool:
    """Whether the line above a line of times is a cue's number, or in VTT its name."""
    title = lines[above].strip()
    return title.isdecimal() or (vtt and bool(title) and not lines[above - 1].strip())


def _spoken(lines: Sequence[str], vtt: bool) -> list[str]:
    """Lines up to the next block that is no cue; text behind an empty line still belongs to the cue."""
    kept: list[str] = []
    silent = False
    for above, line in zip(["-->", *lines], lines, strict=False):
        begins_block = not above.strip()
        silent = (silent and not (begins_block and line.strip())) or (
            vtt and begins_block and _NOT_CUES.match(line) is not None
        )
        if not silent and line.strip():
            kept.append(line.strip())
    return kept


def voices(cue: str) -> Iterator[tuple[str, str]]:
    """Speaker and text of each part of a cue; "" before the first voice tag."""
    before, *parts = VOICE.split(cue)
    if before.strip():
        yield "", before
    for name, spoken in zip(parts[::2], parts[1::2], strict=True):
        yield html.unescape(name).strip(), spoken


def plain_lines(lines: Iterable[str]) -> tuple[str, ...]:
    """Lines without tags and escapes, empty ones left out."""
    bare = (_TAG.sub("", _OVERRIDE.sub("", _BREAK.sub(" ", line))) for line in lines)
    return tuple(text for line in bare if (text := html.unescape(line).strip()))


def _one_language(cues: Sequence[_Cue]) -> Sequence[_Cue]:
    """In a bilingual file, only the lines with Han characters of the cues that have such a line."""
    several = [cue for cue in cues if len(cue.lines) > 1]
    both = [cue for cue in several if in_two_scripts(cue.lines)]
    if not both or len(both) < BILINGUAL * len(several) or len(both) < len(cues) / 2:
        return cues
    return [
        replace(cue, lines=tuple(filter(_HAN.search, cue.lines))) if in_two_scripts(cue.lines) else cue
        for cue in cues
    ]


def in_two_scripts(lines: Sequence[str]) -> bool:
    """Whether some lines have Han characters, and others Latin letters alone."""
    han = [bool(_HAN.search(line)) for line in lines]
    return any(han) and any(
        _LATIN.search(line) for line, is_han in zip(lines, han, strict=True) if not is_han
    )


def join_cues(cues: Sequence[Passage]) -> list[Passage]:
    """Join the cues of one speaker; where nobody is named, the cues of one sentence.

    In a file without punctuation each stays by itself, since its end is all there is to tell phrases apart.
    """
    punctuated = sum(_MARK.search(cue.parts[0].said) is not None for cue in cues) >= _PUNCTUATED * len(cues)
    groups: list[list[Passage]] = []
    for cue in cues:
        if groups and _belongs(cue, groups[-1][-1], punctuated):
            groups[-1].append(cue)
        else:
            groups.append([cue])
    return [Passage(group[0].speaker, tuple(part for cue in group for part in cue.parts)) for group in groups]


def _belongs(cue: Passage, last: Passage, punctuated: bool) -> bool:
    if cue.speaker != last.speaker:
        return False
    same_sentence = punctuated and (cue.speaker is not None or not _ends_sentence(last))
    return same_sentence or cue.parts[0].line == last.parts[-1].line


def _ends_sentence(cue: Passage) -> bool:
    return _ENDS.search(cue.parts[-1].said.rstrip(_WEAK)) is not None
