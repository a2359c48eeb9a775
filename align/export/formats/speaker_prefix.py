"""Speakers' names in front of the text, for formats that have no field for them."""

from __future__ import annotations

from collections.abc import Iterator

from align.core.types import Cue, Track
from align.subtitles.layout import joined, lines_of
from align.subtitles.options import CueOptions, SpeakerLabels
from align.subtitles.rules import is_spaced


def labelled(track: Track, options: CueOptions) -> Iterator[tuple[Cue, list[str]]]:
    """Each cue with its lines from the top, the first with the speaker's name where the speaker changes."""
    speaker: str | None = None
    for cue in track.cues:
        label = _label(cue, track.languages, options.labels) if cue.speaker != speaker else ""
        speaker = cue.speaker or speaker
        yield cue, _lines(cue, track.languages, label, options)


def _label(cue: Cue, languages: tuple[str, ...], labels: SpeakerLabels) -> str:
    """What stands before the first line, "" for no label."""
    if cue.speaker is None or labels is SpeakerLabels.OFF:
        return ""
    if labels is SpeakerLabels.CHEVRONS:
        return f">> {cue.speaker.upper()}: "
    first = next(code for code, lines in zip(languages, cue.lines, strict=True) if lines)
    return f"{cue.speaker}: " if is_spaced(first) else f"{cue.speaker}："


def _lines(cue: Cue, languages: tuple[str, ...], label: str, options: CueOptions) -> list[str]:
    """All lines of the cue from the top, the first language's broken anew when it has a label."""
    shown: list[str] = []
    for code, lines in zip(languages, cue.lines, strict=True):
        anew = bool(label and lines)
        shown += lines_of(label + joined(lines), code, options.rules(code)) if anew else lines
        label = "" if lines else label
    return shown
