"""Write SRT.

Our own, since the format is four lines a cue, and since pysubs2 would drop text in braces, turn a
written backslash and N into a line break, and leave `-->` in the text.
"""

from __future__ import annotations

from collections.abc import Iterator

from align.core.types import Cue, Track
from align.export.formats.escape import unescaped
from align.subtitles.clock import timestamp
from align.subtitles.layout import joined, lines_of
from align.subtitles.options import CueOptions, SpeakerLabels
from align.subtitles.rules import is_spaced


def srt(track: Track, options: CueOptions) -> str:
    """The track as the text of an SRT file, with LF and the cues numbered from 1.

    The speaker's name stands before the text where the speaker changes, as `options.labels` says.
    """
    blocks = []
    for number, (cue, lines) in enumerate(labelled(track, options), 1):
        start, end = timestamp(cue.span.start, ","), timestamp(cue.span.end, ",")
        text = "\n".join(map(unescaped, lines))
        blocks.append(f"{number}\n{start} --> {end}\n{text}\n")
    return "\n".join(blocks)


def labelled(track: Track, options: CueOptions) -> Iterator[tuple[Cue, list[str]]]:
    """Each cue with its lines from the top, the first with the speaker's name where the speaker changes.

    For formats that have no field for the speaker.
    """
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
