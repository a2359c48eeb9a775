"""Write SRT.

Our own, since the format is four lines a cue, and since pysubs2 would drop text in braces, turn a
written backslash and N into a line break, and leave `-->` in the text.
"""

from __future__ import annotations

from align.core.types import Track
from align.export.formats.escape import unescaped
from align.export.formats.speaker_prefix import labelled
from align.subtitles.clock import timestamp
from align.subtitles.options import CueOptions


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
