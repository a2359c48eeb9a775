"""The mismatches as one HTML file that a person reads, and listens by, without any network."""

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
from align.export.report_page.clips import BUDGET, Clip, excerpts, silent_excerpts
from align.export.report_page.escape import cut, plain, shown
from align.export.report_page.summary import kinds, levels, speakers, sureness
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
    heard = _excerpts(places, fillers, result, sound)
    return environment.get_template(assets.template).render(
        **(more or {}),
        result=result,
        sound=sound,
        cards=cards(places, result, [heard[entry.id] for entry in places]),
        fillers=fillers,
        clips=_clips(heard.values()),
        silent=sum(not one.clip for one in heard.values()),
        timeline=timeline(result, places),
        sureness=sureness(result),
        kinds=kinds(places),
        levels=levels(places),
        speakers=speakers(places),
        worst_first=[level.value for level in WORST_FIRST],
        language=_language(result.language),
        second_language=_language(result.second_language or ""),
        speakers_from=_SPEAKERS[result.speakers_from],
        policy=assets.policy,
        style=Markup(assets.style),
        script=Markup(assets.script),
        clock=_clock,
        timecode=timecode,
        percent=_percent,
    )


def _excerpts(
    places: Sequence[Entry], fillers: Sequence[Entry], result: Result, sound: ReportAudio
) -> dict[str, Clip]:
    """The excerpt of each entry by its id; where there is not room for all clips, the worst have theirs."""
    ordered = sorted(places, key=lambda entry: WORST_FIRST.index(entry.mismatch.severity)) + list(fillers)
    spans = [entry.mismatch.span for entry in ordered]
    if sound.recording is None:
        found = silent_excerpts(spans, result.duration)
    else:
        found = excerpts(spans, sound.recording, sound.budget)
    return dict(zip((entry.id for entry in ordered), found, strict=True))


def _clips(found: Iterable[Clip]) -> str:
    """A line for each clip: where it begins, how long it is, and itself in base64."""
    heard = sorted((one for one in found if one.clip), key=lambda one: (one.begin, one.seconds))
    rows = (f"{one.begin} {one.seconds} {base64.b64encode(one.clip).decode('ascii')}\n" for one in heard)
    return "".join(dict.fromkeys(rows))


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
