"""The mismatches as one HTML file, with clips to listen to, that needs no network."""

from __future__ import annotations

import base64
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import quote

from align.core.types import MismatchKind, Recording, Result
from align.export.report_page.assets import REPORT, Assets
from align.export.report_page.cards import TITLES, cards
from align.export.report_page.clips import BUDGET, Clip, clip_spans, clips_of
from align.export.report_page.escape import cut, plain, shown
from align.export.report_page.timeline import timeline
from align.mismatch.entries import Entry, entries
from align.mismatch.filter import WORST_FIRST
from align.subtitles.clock import timecode

CERTAIN = 0.9
"""The score at which nine of ten tokens lie within a tenth of a second."""
STEPS = 10
"""Columns of the histogram of scores."""
_LANGUAGES = {"zh": "Mandarin", "en": "English"}
_SPEAKERS = {
    "labels": "speakers from the transcript",
    "voices": "speakers distinguished by voice",
    "none": "no speakers",
}


@dataclass(frozen=True, slots=True)
class ReportAudio:
    """What the reader of a page can hear.

    Attributes:
        recording: to cut clips and waveforms from; None if it is not available.
        address: URL of the whole recording, relative to the page; "" for none.
        budget: bytes of all clips, 0 for a page that is always beside its recording.
    """

    recording: Recording | None = None
    address: str = ""
    budget: int = BUDGET


SILENT = ReportAudio()
"""Nothing but files that the reader opens."""


def sound_for(recording: Recording | None, folder: Path) -> ReportAudio:
    """The sound of a page that is written into `folder`: clips, and the recording if it is there too."""
    if recording is None:
        return SILENT
    beside = recording.path.resolve().parent == folder.resolve()
    return ReportAudio(recording, f"./{quote(os.fsencode(recording.path.name))}" if beside else "")


def page(result: Result, sound: ReportAudio = SILENT) -> str:
    """NAME.mismatches.html: style, script and clips inside, nothing loaded from elsewhere.

    It is readable in order of time without JavaScript; with it, it can be filtered, searched, sorted and
    listened to. Fillers need no check: they are counted, and their times are folded away.
    """
    return render(result, sound, REPORT)


def render(
    result: Result, sound: ReportAudio, assets: Assets, more: Mapping[str, object] | None = None
) -> str:
    """A page made of other assets, such as those that let the reader decide.

    Args:
        assets: a template that extends page.html.jinja, and its styles and scripts.
        more: further variables of that template.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FunctionLoader(assets.read),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"shown": shown, "plain": plain, "cut": cut}
    listed = sorted(entries(result), key=lambda entry: entry.mismatch.span.start)
    places = [entry for entry in listed if entry.mismatch.kind is not MismatchKind.FILLER]
    fillers = [entry for entry in listed if entry.mismatch.kind is MismatchKind.FILLER]
    clips = _clips(places, fillers, result, sound)
    audible = sorted(
        (clip for clip in clips.values() if clip.clip), key=lambda clip: (clip.begin, clip.seconds)
    )
    clip_lines = (f"{c.begin} {c.seconds} {base64.b64encode(c.clip).decode('ascii')}\n" for c in audible)
    levels = Counter(entry.mismatch.severity for entry in places)
    speakers = Counter(entry.speaker for entry in places if entry.speaker is not None)
    return environment.get_template(assets.template).render(
        **(more or {}),
        result=result,
        sound=sound,
        cards=cards(places, result, [clips[entry.id] for entry in places]),
        fillers=fillers,
        clips="".join(dict.fromkeys(clip_lines)),
        silent=len(clips) - len(audible),
        timeline=timeline(result, places),
        confidence=confidence_summary(result),
        kinds=count_by_kind(places),
        levels=[(level.value, levels[level]) for level in WORST_FIRST if levels[level]],
        speakers=sorted(speakers.items(), key=lambda row: (-row[1], row[0])),
        worst_first=[level.value for level in WORST_FIRST],
        language=_language_name(result.language),
        second_language=_language_name(result.second_language or ""),
        speakers_from=_SPEAKERS[result.speakers_from],
        policy=assets.policy,
        style=Markup(assets.style),
        script=Markup(assets.script),
        clock=_clock,
        timecode=timecode,
        percent=_percent,
    )


def _clips(
    places: Iterable[Entry], fillers: Iterable[Entry], result: Result, sound: ReportAudio
) -> dict[str, Clip]:
    """The clip of each entry by its id; if the budget is too small for all, the worst have audio."""
    ordered = sorted(places, key=lambda entry: WORST_FIRST.index(entry.mismatch.severity)) + list(fillers)
    spans = [entry.mismatch.span for entry in ordered]
    if sound.recording is None:
        clips = clip_spans(spans, result.duration)
    else:
        clips = clips_of(spans, sound.recording, sound.budget)
    return {entry.id: clip for entry, clip in zip(ordered, clips, strict=True)}


@dataclass(frozen=True, slots=True)
class ConfidenceSummary:
    """The scores of the tokens; `placed` is how many of them have a time.

    Attributes:
        certain: share of the placed tokens with a score of CERTAIN or more.
        counts: placed tokens by score, in STEPS steps from 0 to 1.
    """

    tokens: int
    placed: int
    certain: float
    median: float
    counts: tuple[int, ...]


def confidence_summary(result: Result) -> ConfidenceSummary:
    """The scores of a result's tokens."""
    tokens = result.alignment.tokens
    scores = [timed.score for timed in tokens if timed.span is not None]
    counts = Counter(min(STEPS - 1, int(score * STEPS)) for score in scores)
    return ConfidenceSummary(
        tokens=len(tokens),
        placed=len(scores),
        certain=sum(score >= CERTAIN for score in scores) / len(scores) if scores else 0.0,
        median=median(scores) if scores else 0.0,
        counts=tuple(counts[step] for step in range(STEPS)),
    )


def count_by_kind(places: Iterable[Entry]) -> list[tuple[str, str, tuple[int, ...]]]:
    """The kinds that occur, each with its title and its counts by severity, as WORST_FIRST."""
    counts = Counter((entry.mismatch.kind, entry.mismatch.severity) for entry in places)
    rows = (
        (kind.value, title, tuple(counts[kind, level] for level in WORST_FIRST))
        for kind, title in TITLES.items()
    )
    return [row for row in rows if any(row[2])]


def _language_name(code: str) -> str:
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
