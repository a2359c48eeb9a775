"""The mismatches as one HTML file, with clips to listen to, that needs no network."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from align.core.types import MismatchKind, Recording, Result
from align.export.report_page.assets import REPORT, Assets
from align.export.report_page.cards import WORST_FIRST, cards
from align.export.report_page.clips import BUDGET, Clip, clip_spans, clips_of
from align.export.report_page.escape import cut, plain, shown
from align.export.report_page.summary import confidence_summary, kinds, levels, speakers
from align.export.report_page.timeline import timeline
from align.mismatch.entries import Entry, entries
from align.subtitles.clock import timecode

_LANGUAGES = {"zh": "Mandarin", "en": "English"}
_SPEAKERS = {
    "labels": "speakers from the transcript",
    "voices": "speakers told apart by voice",
    "none": "no speakers",
}


@dataclass(frozen=True, slots=True)
class ReportAudio:
    """What a page lets its reader hear.

    Attributes:
        recording: to cut clips and waveforms from; None where it is not at hand.
        address: of the whole recording, as the page's browser finds it; "" for none.
        budget: bytes of all clips, 0 for a page that is always beside its recording.
    """

    recording: Recording | None = None
    address: str = ""
    budget: int = BUDGET


SILENT = ReportAudio()
"""Nothing but what the reader opens."""


def sound_for(recording: Recording | None, folder: Path) -> ReportAudio:
    """The sound of a page that is written into `folder`: clips, and the recording when it lies there."""
    if recording is None:
        return SILENT
    beside = recording.path.resolve().parent == folder.resolve()
    return ReportAudio(recording, f"./{quote(os.fsencode(recording.path.name))}" if beside else "")


def page(result: Result, sound: ReportAudio = SILENT) -> str:
    """NAME.mismatches.html: style, script and clips inside, nothing loaded from any other place.

    It reads in order of time without JavaScript; with it, it can be filtered, searched, sorted and listened
    to. Fillers are no places to check: they are counted, and their times are folded away.
    """
    return render(result, sound, REPORT)


def render(
    result: Result, sound: ReportAudio, assets: Assets, more: Mapping[str, object] | None = None
) -> str:
    """A page made of other assets, such as those that let the reader decide.

    Args:
        result: that it shows.
        sound: that it has.
        assets: a template that extends page.html.jinja, and its styles and scripts.
        more: what that template needs besides.
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
    return environment.get_template(assets.template).render(
        **(more or {}),
        result=result,
        sound=sound,
        cards=cards(places, result, [clips[entry.id] for entry in places]),
        fillers=fillers,
        clips=_clip_lines(clips.values()),
        silent=sum(not clip.clip for clip in clips.values()),
        timeline=timeline(result, places),
        sureness=confidence_summary(result),
        kinds=kinds(places),
        levels=levels(places),
        speakers=speakers(places),
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
    places: Sequence[Entry], fillers: Sequence[Entry], result: Result, sound: ReportAudio
) -> dict[str, Clip]:
    """The clip of each entry by its id; where the budget is too small for all, the worst have audio."""
    ordered = sorted(places, key=lambda entry: WORST_FIRST.index(entry.mismatch.severity)) + list(fillers)
    spans = [entry.mismatch.span for entry in ordered]
    if sound.recording is None:
        clips = clip_spans(spans, result.duration)
    else:
        clips = clips_of(spans, sound.recording, sound.budget)
    return {entry.id: clip for entry, clip in zip(ordered, clips, strict=True)}


def _clip_lines(clips: Iterable[Clip]) -> str:
    """A line for each clip: start, duration and base64 audio."""
    audible = sorted((clip for clip in clips if clip.clip), key=lambda clip: (clip.begin, clip.seconds))
    lines = (
        f"{clip.begin} {clip.seconds} {base64.b64encode(clip.clip).decode('ascii')}\n" for clip in audible
    )
    return "".join(dict.fromkeys(lines))


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
