"""Subtitles given as a transcript: their text and speakers; their times only tell cues apart.

SRT and VTT are read here and not with pysubs2, which loses words: it deletes a last line of digits,
text in {...}, voice tags, and makes a line break of a literal \\N; and it refuses styles whose columns are in
another order. SBV and LRC are turned into the same cues.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from pathlib import Path

from align.core.errors import InputError
from align.transcript.lines import HEADER, ON_SCREEN, REPEATED, Line
from align.transcript.plain import split_lines

_CLOCK = r"(?:\d{1,4}[ \t]?:[ \t]?)?\d{1,3}[ \t]?:[ \t]?\d{1,2}(?:[ \t]?[.,:][ \t]?\d{1,6})?"
_TIMING = re.compile(rf"^[ \t]*({_CLOCK})[ \t]*-+[ \t]?>[ \t]*({_CLOCK}).*$", re.MULTILINE)
_SBV = re.compile(r"^\s*(\d{1,3}:\d{2}:\d{2}\.\d{1,3}),(\d{1,3}:\d{2}:\d{2}\.\d{1,3})\s*$", re.MULTILINE)
_LRC_FIELD = re.compile(
    r"\s*\[(?:ti|ar|al|au|by|offset|re|ve|length|la|id|kuwo|tool|lr)\s*:.*\]\s*", re.IGNORECASE
)
_LRC_TIME = re.compile(r"\s*\[(\d{1,3}:\d{1,2}(?:[.:]\d{1,3})?)\]")
_LRC_CREDIT = re.compile(
    r"(?:作?词|作?曲|作詞|編曲|编曲|制作人?|混音|录音|和声|吉他|监制|出品|演唱|歌手"
    r"|lyrics|composed|produced|written)(?: by)?\s*[:：]",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"</?(?:i|b|u|s|c|v|em|strong|lang|ruby|rt|font|span|br|p|div)(?:[ .][^>]*)?/?>|<\d[\d:.]*>",
    re.IGNORECASE,
)
_OVERRIDE = re.compile(r"\{\\[^}]*\}")
VOICE = re.compile(r"<v(?:\.[^ >]*)?(?:[ \t]+([^>]*))?>")
_BREAK = re.compile(r"\\N(?![a-z])|<br ?/?>")
_NOT_CUES = re.compile(r"(?:NOTE|STYLE|REGION)\b")
_MARKED_LINE = re.compile(r"([#*~|•])\1*(?:\s|[^\W\d_]|\1*$)|(·)\s")
_MARKED = 0.3
"""Share of the lines that must begin with the same mark for it to be none of their text."""
_ROLLING = 0.3
"""Share of the cues that repeat the end of the one before for captions to be rolling."""


def is_vtt(text: str) -> bool:
    """Whether it begins as WebVTT must."""
    return re.match(r"\s*WEBVTT\b", text) is not None


def is_ass(text: str) -> bool:
    """Whether it has the first section of an ASS or SSA file."""
    return (
        re.search(r"^\s*\[(?:Script Info|V4\+? Styles|Events)\]", text, re.MULTILINE | re.IGNORECASE)
        is not None
    )


def is_srt(text: str) -> bool:
    """Whether it has a line of times as SRT has above each cue."""
    return _TIMING.search(text) is not None


def is_sbv(text: str) -> bool:
    """Whether it has the lines of times of SBV."""
    return _SBV.search(text) is not None


def is_lrc(text: str) -> bool:
    """Whether it has a tag of a lyrics file."""
    return any(_LRC_FIELD.fullmatch(line) for line in split_lines(text[:4000])) and bool(
        re.search(r"^\s*\[\d{1,3}:\d{1,2}", text, re.MULTILINE)
    )


@dataclass(frozen=True, slots=True)
class TextCue:
    """What one voice says in one subtitle; `speaker` as in `Line`."""

    number: int
    lines: tuple[str, ...]
    span: tuple[float, float]
    speaker: str | None = None
    style: str = ""
    excluded: str = ""


def read_srt(text: str, path: Path) -> list[Line]:
    """Lines of all cues, in the order of the file, numbered by cue."""
    del path
    return lines_of(
        [
            TextCue(number, plain_lines(lines), _span(times))
            for number, (times, lines) in enumerate(timed_cues(text), 1)
        ]
    )


def read_vtt(text: str, path: Path) -> list[Line]:
    """The same for WebVTT; a voice tag gives the speaker of what follows it in its cue."""
    if not any(name and name.strip() for name in VOICE.findall(text)):
        return read_srt(VOICE.sub("", text).replace("</v>", ""), path)
    return lines_of(
        [
            TextCue(number, plain_lines(spoken.split("\n")), _span(times), speaker)
            for number, (times, lines) in enumerate(timed_cues(text), 1)
            for speaker, spoken in voices("\n".join(lines))
        ]
    )


def read_sbv(text: str, path: Path) -> list[Line]:
    """The same for SBV, which YouTube writes."""
    return read_srt(_SBV.sub(r"\1 --> \2", "\n".join(split_lines(text))).replace("[br]", "\n"), path)


def read_lrc(text: str, path: Path) -> list[Line]:
    """The lines of lyrics by their times; one with several times is sung as often."""
    del path
    sung: list[tuple[float, int, str]] = []
    fields: list[Line] = []
    for number, line in enumerate(split_lines(text), 1):
        position, times = 0, []
        while match := _LRC_TIME.match(line, position):
            times.append(_seconds(match[1]))
            position = match.end()
        if times:
            sung += [(time, number, _TAG.sub("", line[position:]).strip()) for time in times]
        elif line.strip():
            reason = HEADER if _LRC_FIELD.fullmatch(line) else ""
            fields.append(Line(line.strip(), number, excluded=reason))
    lines = [
        Line(words, number, span=(time, time), excluded=HEADER if _LRC_CREDIT.match(words) else "")
        for time, number, words in sorted(sung, key=lambda each: each[:2])
        if words
    ]
    return [*fields, *lines]


@dataclass(frozen=True, slots=True)
class AssEvent:
    """An event of ASS that shows text.

    Attributes:
        start, end: in milliseconds.
        text: with its codes.
        margin: pixels between it and the bottom of the picture; 0 for those of its style.
    """

    start: int
    end: int
    style: str
    name: str
    effect: str
    text: str
    margin: int = 0

    @property
    def plaintext(self) -> str:
        """The text without codes, its lines parted by newlines."""
        bare = re.sub(r"\{[^}]*\}", "", self.text)
        return re.sub(r"\\[Nn]", "\n", bare).replace("\\h", " ")

    @property
    def is_drawing(self) -> bool:
        """Whether it draws a shape."""
        return re.search(r"\{[^}]*\\p[1-9]", self.text) is not None

    @property
    def is_placed(self) -> bool:
        """Whether it stands at a place of the picture, as a translated sign does."""
        return re.search(r"\{[^}]*\\(?:pos|move|org|clip|fr[xyz])", self.text) is not None


_ASS_COLUMNS = ("layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text")
_ASS_TIME = re.compile(r"\s*(\d+):(\d{1,2}):(\d{1,2})(?:[.:,](\d{1,3}))?\s*")
_SIGN = re.compile(
    r"sign|title|screen|staff|credit|note|caption|\bop\b|\bed\b|op[ _-]|ed[ _-]|opening|ending"
    r"|karaoke|kara\b|romaji|logo|wm\b|watermark|屏幕|标题|注释|注解|片头|片尾|职员|歌词|水印|标识",
    re.IGNORECASE,
)


def ass_events(text: str, path: Path) -> list[AssEvent]:
    """The events of an ASS file that show text.

    Raises:
        InputError: an event has no two times or no text.
    """
    columns: Sequence[str] = _ASS_COLUMNS
    in_events = False
    events: list[AssEvent] = []
    for number, line in enumerate(split_lines(text), 1):
        kind, colon, rest = line.strip().partition(":")
        if line.lstrip().startswith("["):
            in_events = line.strip().casefold() == "[events]"
        elif in_events and colon and kind.casefold() == "format":
            columns = [name.strip().casefold() for name in rest.split(",")]
        elif in_events and colon and kind.casefold() == "dialogue":
            values = dict(zip(columns, rest.split(",", len(columns) - 1), strict=False))
            start, end = (_ASS_TIME.fullmatch(values.get(name, "")) for name in ("start", "end"))
            if start is None or end is None or "text" not in values:
                raise InputError(path, f"is a damaged ASS file (line {number}); save it again in Aegisub")
            name = values.get("name", values.get("actor", ""))
            event = AssEvent(
                _milliseconds(start), _milliseconds(end), values.get("style", "").strip().lstrip("*"),
                name.strip(), values.get("effect", "").strip(), values["text"],
                int(margin) if (margin := values.get("marginv", "").strip()).isdecimal() else 0,
            )  # fmt: skip
            if not event.is_drawing:
                events.append(event)
    return events


def _milliseconds(clock: re.Match[str]) -> int:
    hours, minutes, seconds, fraction = clock.groups()
    thousandths = int((fraction or "0").ljust(3, "0"))
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + thousandths


def read_ass(text: str, path: Path) -> list[Line]:
    """The same for ASS: events by their start; the Name column gives speakers.

    Not spoken are signs (styles named so, or events placed on the picture in a file of which most are not),
    effects of karaoke, and copies of an event in another layer.

    Raises:
        InputError: an event is damaged.
    """
    events = sorted(ass_events(text, path), key=lambda event: event.start)
    named = any(event.name for event in events)
    placed = Counter(event.style for event in events if event.is_placed)
    every = Counter(event.style for event in events)
    few_placed = sum(placed.values()) < len(events) / 2
    seen: set[tuple[str, int, int, str]] = set()
    ended: dict[str, int] = {}
    cues: list[TextCue] = []
    for number, event in enumerate(events, 1):
        words = "".join(event.plaintext.split())
        reason = ""
        if (
            event.effect.casefold().startswith(("fx", "karaoke", "template", "code"))
            and event.effect.casefold() != "karaoke"
        ):
            reason = REPEATED
        elif (
            few_placed
            and (_SIGN.search(event.style) or event.is_placed)
            and placed[event.style] > every[event.style] / 2
        ) or (_SIGN.search(event.style) and len(every) > 1 and every[event.style] < len(events) / 2):
            reason = ON_SCREEN
        elif (event.style, event.start, event.end, words) in seen or (
            words and ended.get(words, -1) > event.start
        ):
            reason = REPEATED
        seen.add((event.style, event.start, event.end, words))
        ended[words] = max(ended.get(words, 0), event.end)
        lines = tuple(line for line in map(str.strip, event.plaintext.split("\n")) if line)
        span = (event.start / 1000, event.end / 1000)
        cues.append(TextCue(number, lines, span, event.name if named else None, event.style, reason))
    return lines_of(cues)


def event_lines(events: Iterable[AssEvent]) -> tuple[str, ...]:
    """The lines of ASS events that are shown together, from the top down, without their codes."""
    downward = sorted(events, key=attrgetter("margin"), reverse=True)
    return tuple(line for event in downward for line in map(str.strip, event.plaintext.split("\n")) if line)


def lines_of(cues: Sequence[TextCue]) -> list[Line]:
    """The lines of cues; what rolling captions show again is excluded."""
    spoken = _once(cues)
    mark = _line_mark([line for cue in cues for line in cue.lines])
    return [
        Line(
            mark.sub("", line) if mark else line, cue.number, cue.speaker,
            span=cue.span, style=cue.style, excluded=cue.excluded or reason,
        )
        for cue, reasons in zip(cues, spoken, strict=True)
        for line, reason in zip(cue.lines, reasons, strict=True)
        if line
    ]  # fmt: skip


def _line_mark(lines: Sequence[str]) -> re.Pattern[str] | None:
    """The mark that begins many lines, as # does those in one of two languages; it is not text.

    Dashes and arrows are none, since they mark a change of speaker, nor are notes of music, nor a sign that
    belongs to a number, as in ~$150k, nor one that is said, as + and =.
    """
    counts = Counter(line[0] for line in lines if _MARKED_LINE.match(line))
    mark, count = counts.most_common(1)[0] if counts else ("", 0)
    return re.compile(rf"^(?:{re.escape(mark)}\s*)+") if count >= max(3, _MARKED * len(lines)) else None


def _once(cues: Sequence[TextCue]) -> list[list[str]]:
    """For each line of each cue why it is not spoken: because another cue shows it again, or "".

    Captions roll when many cues begin with the line that ends the cue before, or grow word by word.
    """
    reasons = [["" for _ in cue.lines] for cue in cues]
    filled = [index for index, cue in enumerate(cues) if cue.lines and not cue.excluded]
    follows = [
        (before, after, _overlap(cues[before].lines, cues[after].lines))
        for before, after in pairwise(filled)
        if cues[after].span[0] - cues[before].span[1] < 2 and cues[before].speaker == cues[after].speaker
    ]
    rolling = sum(count > 0 for _, _, count in follows) >= max(2, _ROLLING * len(follows))
    growing = sum(_grows(cues[before].lines, cues[after].lines) for before, after, _ in follows)
    grow = growing >= max(2, _ROLLING * len(follows))
    for before, after, count in follows:
        same = cues[before].span == cues[after].span and cues[before].lines == cues[after].lines
        same = same and cues[after].span[0] < cues[after].span[1]
        if rolling or same:
            reasons[after][:count] = [REPEATED] * count
        if grow and _grows(cues[before].lines, cues[after].lines):
            reasons[before][-1] = REPEATED
    return reasons


def _overlap(before: Sequence[str], after: Sequence[str]) -> int:
    """How many lines at the end of a cue are those at the start of the next."""
    for count in range(min(len(before), len(after)), 0, -1):
        if before[-count:] == after[:count]:
            return count
    return 0


def _grows(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a cue shows the line that ends the cue before with more words behind it."""
    return any(line != before[-1] and line.startswith(before[-1]) for line in after)


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


def _span(times: str) -> tuple[float, float]:
    match = _TIMING.match(times)
    return (_seconds(match[1]), _seconds(match[2])) if match else (0.0, 0.0)


def _seconds(clock: str) -> float:
    """Seconds of h:mm:ss.fff, mm:ss.fff or hh:mm:ss:ff, of which the frames do not count."""
    parts = re.split("[:.,]", clock.replace(" ", "").replace("\t", ""))
    fraction = f"0.{parts.pop()}" if re.search("[.,]", clock) else "0"
    seconds = 0.0
    for part in parts[:3]:
        seconds = seconds * 60 + int(part)
    return seconds + float(fraction)


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
        yield html.unescape(name or "").strip(), spoken


def plain_lines(lines: Iterable[str]) -> tuple[str, ...]:
    """Lines without tags and escapes, empty ones left out."""
    bare = (_TAG.sub("", _OVERRIDE.sub("", _BREAK.sub(" ", line))) for line in lines)
    return tuple(text for line in bare if (text := html.unescape(line).strip()))
