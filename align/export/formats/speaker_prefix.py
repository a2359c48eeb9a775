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
        label = ""
        if cue.speaker != speaker and cue.speaker is not None and options.labels is not SpeakerLabels.OFF:
            first = next(code for code, lines in zip(track.languages, cue.lines, strict=True) if lines)
            label = f"{cue.speaker}: " if is_spaced(first) else f"{cue.speaker}："
            if options.labels is SpeakerLabels.CHEVRONS:
                label = f">> {cue.speaker.upper()}: "
        speaker = cue.speaker or speaker
        shown: list[str] = []
        for code, lines in zip(track.languages, cue.lines, strict=True):
            shown += lines_of(label + joined(lines), code, options.rules(code)) if label and lines else lines
            label = "" if lines else label
        yield cue, shown
