"""ASS and SSA: events with styles, of which those on the picture are not spoken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from align.core.errors import InputError
from align.transcript.lines import ON_SCREEN, REPEATED, Line
from align.transcript.plain import split_lines
from align.transcript.subtitles import TextCue, lines_of


def is_ass(text: str) -> bool:
    """Whether it has the first section of an ASS or SSA file."""
    return (
        re.search(r"^\s*\[(?:Script Info|V4\+? Styles|Events)\]", text, re.MULTILINE | re.IGNORECASE)
        is not None
    )


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
_FEW, _DISTINCT = 8, 0.8
"""Names, from which on some must come again, and the share that may be different."""
_NAMED, _OTHERS = 0.04, 0.1
"""Share of the events with a name for names to be speakers; of the texts in styles that are no signs."""
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
    named = _names_are_speakers(events)
    texts = {(event.style, "".join(event.plaintext.split()), event.is_placed) for event in events}
    placed = Counter(style for style, _, is_placed in texts if is_placed)
    every = Counter(style for style, *_ in texts)
    few_placed = sum(placed.values()) < len(texts) / 2
    others = sum(count for style, count in every.items() if not _SIGN.search(style))
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
        ) or (_SIGN.search(event.style) and others >= _OTHERS * len(texts)):
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


def _names_are_speakers(events: Sequence[AssEvent]) -> bool:
    """Whether the Name column says who speaks: it is filled often, and names come again."""
    talk = [event for event in events if not _SIGN.search(event.style)]
    names = [name for event in talk if (name := event.name.strip("_ -."))]
    recurs = len(names) < _FEW or len(set(names)) <= _DISTINCT * len(names)
    return bool(names) and len(names) >= _NAMED * len(talk) and recurs


def event_lines(events: Iterable[AssEvent]) -> tuple[str, ...]:
    """The lines of ASS events that are shown together, from the top down, without their codes."""
    downward = sorted(events, key=attrgetter("margin"), reverse=True)
    return tuple(line for event in downward for line in map(str.strip, event.plaintext.split("\n")) if line)
