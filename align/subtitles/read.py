"""Read a subtitle file as a track: cues with their times, lines and speakers.

align.transcript reads the same formats for their text alone, and knows how cues are marked in a file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from align.core.errors import InputError
from align.core.file_kinds import kind_of
from align.core.input_files import LONGEST_TEXT, read_source
from align.core.types import Cue, Span, Track
from align.pronounce.sound_key import HAN
from align.transcript import ass
from align.transcript import subtitles as formats
from align.transcript.bilingual import BILINGUAL, in_two_scripts
from align.transcript.encodings import decode
from align.transcript.speaker_names import is_name, is_person

_TIMES = re.compile(r"[ \t]*(\S+)[ \t]*-->[ \t]*(\S+)")
_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,4}(?:[.,]\d{1,9})?)")
_HAN = re.compile(f"[{HAN}]")
_LABEL = re.compile(r"(?P<arrows>>>+ *)?(?P<name>[^:：]{1,40}?) *(?::(?!\d)|：) *(?P<text>.*)")
_CHINESE = 0.5
"""A file in one language is Chinese when more than this share of its cues has Han characters."""


@dataclass(frozen=True, slots=True)
class Subtitles:
    """The contents of a subtitle file.

    Attributes:
        unit: seconds to which the format rounds times.
    """

    path: Path
    track: Track
    unit: float


def read_subtitles(path: Path) -> Subtitles:
    """The cues of an SRT, VTT or ASS file, sorted by their start.

    Speaker labels before the text, as in `Bruce: hello`, become speakers. A file in which most cues have
    lines with and without Han characters has two languages, the upper one first.

    Raises:
        InputError: it cannot be read, is not a subtitle file, or has no cue.
    """
    data = read_source(path, "name a subtitle file", LONGEST_TEXT)
    if kind := kind_of(data):
        raise InputError(path, f"is {kind}, not an SRT, VTT or ASS file; name one of these")
    text = decode(data, path)
    unit = 0.001
    if ass.is_ass(text):
        cues, unit = list(_ass_cues(text, path)), 0.01
    elif formats.is_vtt(text) or formats.is_srt(text):
        cues = _without_labels(list(_timed_cues(text, path)))
    else:
        raise InputError(path, "is not an SRT, VTT or ASS file; name one of these")
    cues = sorted((cue for cue in cues if cue.lines[0]), key=attrgetter("span"))
    if not cues:
        raise InputError(path, "has no cue with text in it; name another file")
    return Subtitles(path, _track(cues), unit)


def _timed_cues(text: str, path: Path) -> Iterator[Cue]:
    """The cues of SRT or VTT; an end before the start counts as the start."""

    def seconds(clock: re.Match[str]) -> float:
        hours, minutes, seconds = clock.groups("0")
        return int(hours) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))

    for number, (times, lines) in enumerate(formats.timed_cues(text), 1):
        match = _TIMES.match(times)
        start, end = (_CLOCK.fullmatch(clock) for clock in (match.groups() if match else ("", "")))
        if not start or not end:
            raise InputError(path, f"cue {number} has no two times in {times.strip()!r}; fix it")
        voice = formats.VOICE.search("\n".join(lines))
        plain = formats.plain_lines([formats.VOICE.sub("", line) for line in lines])
        span = Span(seconds(start), max(seconds(start), seconds(end)))
        yield Cue(span, (plain,), voice.group(1).strip() if voice else None)


def _ass_cues(text: str, path: Path) -> Iterator[Cue]:
    """The events of ASS; those with the same times are one cue."""
    times = attrgetter("start", "end")
    for (start, end), group in groupby(sorted(ass.ass_events(text, path), key=times), key=times):
        events = list(group)
        begin = max(0, start) / 1000
        span = Span(begin, max(begin, end / 1000))
        yield Cue(span, (ass.event_lines(events),), events[0].name.strip() or None)


def _without_labels(cues: Sequence[Cue]) -> list[Cue]:
    """The cues with speaker labels moved from their text to their speaker.

    A name counts after arrows (`>> BRUCE:`), where it can hardly be anything but a person's, or where it
    starts two cues. Subtitles name the speaker only where it changes.
    """
    if any(cue.speaker for cue in cues):
        return list(cues)
    labels = [_LABEL.match(cue.lines[0][0]) if cue.lines[0] else None for cue in cues]
    counts = Counter(label["name"] for label in labels if label and is_name(label["name"]))
    unlabelled: list[Cue] = []
    speaker: str | None = None
    for cue, label in zip(cues, labels, strict=True):
        name, (lines,) = label["name"] if label else "", cue.lines
        if label and name in counts and (label["arrows"] or counts[name] > 1 or is_person(name)):
            speaker = name
            lines = (*filter(None, [label["text"]]), *lines[1:])
        unlabelled.append(Cue(cue.span, (lines,), speaker))
    return unlabelled


def _track(cues: Sequence[Cue]) -> Track:
    """Cues of one column of lines in their language, or with their lines divided between two by script."""
    bilingual = [cue for cue in cues if in_two_scripts(cue.lines[0])]
    if len(bilingual) < BILINGUAL * len(cues):
        chinese = sum(_HAN.search("".join(cue.lines[0])) is not None for cue in cues)
        return Track(("zh" if chinese > _CHINESE * len(cues) else "en",), tuple(cues))
    chinese_first = bool(_HAN.search(bilingual[0].lines[0][0]))
    divided = []
    for cue in cues:
        lines = cue.lines[0]
        han = tuple(line for line in lines if _HAN.search(line))
        latin = tuple(line for line in lines if not _HAN.search(line))
        upper, lower = (han, latin) if chinese_first else (latin, han)
        if len(lines) > 1 and not (han and latin):  # all in one script, such as a Chinese line "Hello, Bruce"
            upper, lower = lines[: len(lines) // 2], lines[len(lines) // 2 :]
        divided.append(Cue(cue.span, (upper, lower), cue.speaker))
    return Track(("zh", "en") if chinese_first else ("en", "zh"), tuple(divided))
