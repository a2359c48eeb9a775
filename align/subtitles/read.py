"""Read a subtitle file as a track: cues with their times, lines and speakers.

align.transcript reads the same formats for their text alone; what marks a cue in a file is decided there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from align.core.errors import InputError
from align.core.input_files import LONGEST_TEXT, read_source
from align.core.types import Cue, Span, Track
from align.pronounce.sound_key import HAN
from align.transcript import subtitles as formats
from align.transcript.decode import decode
from align.transcript.speaker_names import is_name, is_person

_TIMES = re.compile(r"[ \t]*(\S+)[ \t]*-->[ \t]*(\S+)")
_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,4}(?:[.,]\d{1,9})?)")
_HAN = re.compile(f"[{HAN}]")
_LABEL = re.compile(r"(?P<arrows>>>+ *)?(?P<name>[^:：]{1,40}?) *(?::(?!\d)|：) *(?P<text>.*)")
_CHINESE = 0.5
"""Share of the cues with Han characters above which a file in one language is Chinese."""


@dataclass(frozen=True, slots=True)
class Subtitles:
    """A file that was read.

    Attributes:
        unit: seconds to which the format rounds times.
    """

    path: Path
    track: Track
    unit: float


@dataclass(frozen=True, slots=True)
class _Shown:
    """One cue as it stands in the file."""

    span: Span
    lines: tuple[str, ...]
    speaker: str | None


def read_subtitles(path: Path) -> Subtitles:
    """The cues of an SRT, VTT or ASS file, sorted by their begin.

    Names of speakers that stand before the text, as in `Bruce: hello`, are no part of it. A file of
    which most cues have lines in Han characters and lines without has two languages, the upper one first.

    Raises:
        InputError: it cannot be read, is no subtitle file, or has no cue.
    """
    text = decode(read_source(path, "name a subtitle file", LONGEST_TEXT), path)
    unit = 0.001
    if formats.is_ass(text):
        shown, unit = _ass(text, path), 0.01
    elif formats.is_vtt(text) or formats.is_srt(text):
        shown = _without_labels(list(_cues(text, path)))
    else:
        raise InputError(path, "is no SRT, VTT or ASS file; name one of these")
    cues = sorted((cue for cue in shown if cue.lines), key=attrgetter("span"))
    if not cues:
        raise InputError(path, "has no cue with text in it; name another file")
    return Subtitles(path, _track(cues), unit)


def _cues(text: str, path: Path) -> Iterator[_Shown]:
    """The cues of SRT or VTT."""
    for number, (times, lines) in enumerate(formats.timed_cues(text), 1):
        speaker = formats.VOICE.search("\n".join(lines))
        name = speaker.group(1).strip() if speaker else None
        yield _Shown(_span(times, number, path), formats.plain_lines(_unvoiced(lines)), name)


def _unvoiced(lines: Iterable[str]) -> list[str]:
    return [formats.VOICE.sub("", line) for line in lines]


def _span(times: str, number: int, path: Path) -> Span:
    """The two times of a line of times; an end before its begin is none."""
    found = _TIMES.match(times)
    if not found:
        raise InputError(path, f"cue {number} has no two times in {times.strip()!r}; mend it")
    clocks = [_CLOCK.fullmatch(clock) for clock in found.groups()]
    if not all(clocks):
        raise InputError(path, f"cue {number} has no two times in {times.strip()!r}; mend it")
    start, end = (_seconds(clock) for clock in clocks if clock)
    return Span(start, max(start, end))


def _seconds(clock: re.Match[str]) -> float:
    """A time as SRT and VTT write it."""
    hours, minutes, seconds = clock.groups("0")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))


def _ass(text: str, path: Path) -> list[_Shown]:
    """The events of ASS; those of the same times are one cue."""
    events = sorted(formats.ass_events(text, path), key=attrgetter("start", "end"))
    shown = []
    for (start, end), together in groupby(events, key=attrgetter("start", "end")):
        several = list(together)
        begin = max(0, start) / 1000
        span = Span(begin, max(begin, end / 1000))
        shown.append(_Shown(span, formats.event_lines(several), several[0].name.strip() or None))
    return shown


def _without_labels(cues: Sequence[_Shown]) -> list[_Shown]:
    """The cues, names of speakers before their text taken for what they are.

    A name counts behind arrows (`>> BRUCE:`), where it is hardly anything but a person's, or where it begins
    two cues: subtitles name who speaks only where the speaker changes.
    """
    if any(cue.speaker for cue in cues):
        return list(cues)
    labels = [_LABEL.match(cue.lines[0]) if cue.lines else None for cue in cues]
    counts = Counter(label["name"] for label in labels if label and is_name(label["name"]))
    found: list[_Shown] = []
    speaker: str | None = None
    for cue, label in zip(cues, labels, strict=True):
        name = label["name"] if label else ""
        if label and name in counts and (label["arrows"] or counts[name] > 1 or is_person(name)):
            speaker = name
            first = (label["text"],) if label["text"] else ()
            found.append(_Shown(cue.span, (*first, *cue.lines[1:]), speaker))
        else:
            found.append(_Shown(cue.span, cue.lines, speaker))
    return found


def _track(cues: Sequence[_Shown]) -> Track:
    """The cues in their language, or in both."""
    both = [cue for cue in cues if formats.in_two_scripts(cue.lines)]
    if len(both) >= formats.BILINGUAL * len(cues):
        return _in_two(cues, bool(_HAN.search(both[0].lines[0])))
    chinese = sum(_HAN.search("".join(cue.lines)) is not None for cue in cues)
    code = "zh" if chinese > _CHINESE * len(cues) else "en"
    return Track((code,), tuple(Cue(cue.span, (cue.lines,), cue.speaker) for cue in cues))


def _in_two(cues: Sequence[_Shown], chinese_first: bool) -> Track:
    """The lines of each cue parted by their script."""
    found = []
    for cue in cues:
        han = tuple(line for line in cue.lines if _HAN.search(line))
        latin = tuple(line for line in cue.lines if not _HAN.search(line))
        found.append(Cue(cue.span, (han, latin) if chinese_first else (latin, han), cue.speaker))
    return Track(("zh", "en") if chinese_first else ("en", "zh"), tuple(found))
