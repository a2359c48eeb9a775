"""The mismatches as one HTML file that a person reads, and listens by, without any network."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from dataclasses import dataclass
from importlib.resources import files

from align.mismatch.entries import Entry, entries, timecode
from align.mismatch.find import text_of
from align.review.differences import Marked, differences
from align.values import Mismatch, MismatchKind, Result, Severity

_TITLES = {
    MismatchKind.MISSING_TEXT: "Said, not written",
    MismatchKind.UNSPOKEN: "Written, not said",
    MismatchKind.DIFFERENT: "Different words",
    MismatchKind.SAME_SOUND: "Same sound, other characters",
    MismatchKind.MOVED: "Said in another place",
    MismatchKind.SPEAKER: "Another voice",
    MismatchKind.TIMING: "Unlikely timing",
}
"""Of the kinds that are places to check; a filler is none, and stands in a folded list of its own."""

_SILENCE = {
    MismatchKind.MISSING_TEXT: "speech that was not recognised",
    MismatchKind.UNSPOKEN: "nothing",
    MismatchKind.MOVED: "this text",
    MismatchKind.DIFFERENT: "something that was not recognised",
}
"""What stands for the heard text where there is none; the other kinds say nothing about it."""
_WORST_FIRST = (Severity.HIGH, Severity.MEDIUM, Severity.LOW)
_LANGUAGES = {"zh": "Mandarin", "en": "English"}
_SPEAKERS = {
    "labels": "speakers from the transcript",
    "voices": "speakers told apart by voice",
    "none": "no speakers",
}
_TICK = {Severity.HIGH: 20.0, Severity.MEDIUM: 13.0, Severity.LOW: 7.0}
"""Heights on the strip, which is 20 high and 1000 wide."""

_AROUND = 15
"""Tokens on each side of the place at which moved text is said."""


@dataclass(frozen=True, slots=True)
class _Card:
    """One mismatch in the list.

    Attributes:
        rank: its place when the worst comes first.
        silence: stands for the heard text where there is none.
        around: for moved text, the transcript on either side of the place at which it is said.
    """

    id: str
    kind: str
    level: str
    title: str
    start: float
    end: float
    timecode: str
    speaker: str | None
    score: float
    rank: int
    before: str
    written: Marked
    heard: Marked
    silence: str
    around: tuple[str, str]
    after: str
    translation: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Tick:
    """A mismatch on the strip that stands for the recording."""

    level: str
    x: float
    y: float
    width: float
    height: float


def page(result: Result) -> str:
    """The whole page: style and script inside, nothing loaded from anywhere.

    It reads in order of time without JavaScript; with it, it can be filtered, sorted by weight and,
    once the reader opens the recording, listened to. Fillers are no places to check: they are counted,
    and their times are folded away.
    """
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    template, style, script = (_shipped(f"page.{ending}") for ending in ("html.jinja", "css", "js"))
    listed = _in_time(entries(result))
    checked = [entry for entry in listed if entry.mismatch.kind is not MismatchKind.FILLER]
    mismatches = [entry.mismatch for entry in checked]
    return environment.from_string(template).render(
        result=result,
        cards=_cards(checked, result),
        fillers=[entry for entry in listed if entry.mismatch.kind is MismatchKind.FILLER],
        ticks=_ticks(mismatches, result.duration),
        kinds=_kinds(mismatches),
        levels=_levels(mismatches),
        shares=(
            (result.found, "of the text is in the audio"),
            (result.covered, "of the speech is in the text"),
        ),
        language=_language(result.language),
        second_language=_language(result.second_language or ""),
        speakers=_SPEAKERS[result.speakers_from],
        policy=_policy(style, script),
        style=Markup(style),
        script=Markup(script),
        clock=_clock,
        timecode=timecode,
        percent=_percent,
    )


def _shipped(name: str) -> str:
    return files("align.review").joinpath(name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """Only this style and this script run, and only a recording that the reader opened is played."""
    return (
        f"default-src 'none'; style-src '{_source(style)}'; script-src '{_source(script)}'; "
        "media-src blob:; base-uri 'none'; form-action 'none'"
    )


def _source(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _in_time(listed: tuple[Entry, ...]) -> list[Entry]:
    return sorted(listed, key=lambda entry: entry.mismatch.span.start)


def _cards(listed: list[Entry], result: Result) -> list[_Card]:
    worst = sorted(listed, key=lambda e: (_WORST_FIRST.index(e.mismatch.severity), -e.mismatch.score))
    ranks = {entry.id: rank for rank, entry in enumerate(worst)}
    return [_card(entry, ranks[entry.id], result) for entry in listed]


def _card(entry: Entry, rank: int, result: Result) -> _Card:
    mismatch = entry.mismatch
    written, heard = _marked(mismatch)
    return _Card(
        id=entry.id,
        kind=mismatch.kind.value,
        level=mismatch.severity.value,
        title=_TITLES[mismatch.kind],
        start=mismatch.span.start,
        end=mismatch.span.end,
        timecode=timecode(mismatch.span.start),
        speaker=entry.speaker,
        score=mismatch.score,
        rank=rank,
        before=entry.before,
        written=written,
        heard=heard,
        silence=_SILENCE.get(mismatch.kind, ""),
        around=_around(mismatch, result) if mismatch.kind is MismatchKind.MOVED else ("", ""),
        after=entry.after,
        translation=entry.translation,
        reasons=mismatch.reasons,
    )


def _around(mismatch: Mismatch, result: Result) -> tuple[str, str]:
    """The transcript before and behind the moment at which a text is said, without that text itself."""
    first, end = mismatch.tokens
    timed, moment = result.alignment.tokens, mismatch.span.start
    placed = [(k, one.span.start) for k, one in enumerate(timed) if one.span]
    before = [k for k, start in placed if start < moment][-_AROUND:]
    behind = [k for k, start in placed if start >= moment][:_AROUND]
    before = [k for k in before if k >= end] or before
    behind = [k for k in behind if k < first] or behind
    return _text(before, result), _text(behind, result)


def _text(tokens: list[int], result: Result) -> str:
    """The transcript from the first to the last of some tokens."""
    return text_of(result.alignment.tokens, (tokens[0], tokens[-1] + 1), result.turns) if tokens else ""


def _marked(mismatch: Mismatch) -> tuple[Marked, Marked]:
    """Both texts with their differences marked, where the words are what the mismatch is about."""
    if mismatch.kind in (MismatchKind.SPEAKER, MismatchKind.TIMING):
        return _whole(mismatch.written, False), _whole(mismatch.heard, False)
    if mismatch.written and mismatch.heard:
        return differences(mismatch.written, mismatch.heard)
    return _whole(mismatch.written, True), _whole(mismatch.heard, True)


def _whole(text: str, differs: bool) -> Marked:
    return ((text, differs),) if text else ()


def _ticks(mismatches: list[Mismatch], duration: float) -> list[_Tick]:
    """The mildest first, so that the worst are drawn on top."""
    scale = 1000 / max(duration, 0.001)
    ticks = []
    for mismatch in sorted(mismatches, key=lambda m: -_WORST_FIRST.index(m.severity)):
        height = _TICK[mismatch.severity]
        width = max(2.0, mismatch.span.duration * scale)
        x = min(mismatch.span.start * scale, 998.0)
        ticks.append(_Tick(mismatch.severity.value, round(x, 1), (20 - height) / 2, round(width, 1), height))
    return ticks


def _kinds(mismatches: list[Mismatch]) -> list[tuple[str, str, int]]:
    """Each kind that occurs, its title and its count."""
    counts = Counter(mismatch.kind for mismatch in mismatches)
    return [(kind.value, title, counts[kind]) for kind, title in _TITLES.items() if counts[kind]]


def _levels(mismatches: list[Mismatch]) -> list[tuple[str, int]]:
    counts = Counter(mismatch.severity for mismatch in mismatches)
    return [(level.value, counts[level]) for level in _WORST_FIRST if counts[level]]


def _language(code: str) -> str:
    return _LANGUAGES.get(code.split("-")[0], code)


def _clock(seconds: float) -> str:
    """M:SS, or H:MM:SS from an hour on; whole seconds, rounded down."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute}:{second:02d}"


def _percent(share: float, decimals: int = 1) -> str:
    """Such as "98.7 %"; only all of it is 100 %."""
    tenths = int(share * 100 * 10**decimals + 1e-6) / 10**decimals
    return f"{tenths:.{decimals}f} %" if share < 1 else "100 %"
