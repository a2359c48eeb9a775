"""Write the mismatches as comments between the subtitles of an ASS file, for Aegisub."""

from __future__ import annotations

from collections.abc import Iterable

import pysubs2

from align.core.types import MismatchKind, Track
from align.export.formats.ass import as_text, hundredths, one_line, script
from align.mismatch.entries import Entry, headline
from align.subtitles.options import CueOptions

_SHORTEST = 500
"""Milliseconds; a shorter comment is lengthened to this, to be seen beside the sound."""


def commented_ass(track: Track, listed: Iterable[Entry], options: CueOptions) -> str:
    """The track as an ASS file with a comment line for each mismatch that is not a filler.

    The kind is in the Actor column and the severity in Effect; players do not show comments.
    """
    document = script(track, options)
    for entry in listed:
        mismatch = entry.mismatch
        if mismatch.kind is MismatchKind.FILLER:
            continue
        start = hundredths(mismatch.span.start)
        text = f"{entry.id} {headline(mismatch)} ({' '.join(mismatch.reasons)})"
        document.events.append(
            pysubs2.SSAEvent(
                start=start,
                end=max(hundredths(mismatch.span.end), start + _SHORTEST),
                style=track.languages[0],
                name=mismatch.kind.value,
                effect=mismatch.severity.value,
                text=one_line(text.removesuffix(" ()")),
                type="Comment",
            )
        )
    document.events.sort(key=lambda event: (event.start, not event.is_comment))
    return as_text(document)
