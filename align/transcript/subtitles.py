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
from pathlib import Path

from align.transcript.lines import HEADER, REPEATED, Line
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
