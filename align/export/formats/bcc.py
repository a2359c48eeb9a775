"""Write BCC, the JSON in which Bilibili keeps subtitles."""

from __future__ import annotations

import json

from align.core.types import Track
from align.export.formats.srt import labelled
from align.subtitles.clock import milliseconds
from align.subtitles.options import CueOptions

_STYLE = {
    "font_size": 0.4,
    "font_color": "#FFFFFF",
    "background_alpha": 0.5,
    "background_color": "#9C27B0",
    "Stroke": "none",
}
"""As the site's own editor writes it; the viewer's player has settings for each of them."""
_BOTTOM = 2
"""The position on the picture, numbered like the keys of a number pad."""


def bcc(track: Track, options: CueOptions) -> str:
    """The track, one language, as a BCC file; without a field for speakers, names are as in SRT."""
    body = [
        {
            "from": milliseconds(cue.span.start) / 1000,
            "to": milliseconds(cue.span.end) / 1000,
            "location": _BOTTOM,
            "content": "\n".join(lines),
        }
        for cue, lines in labelled(track, options)
    ]
    return json.dumps({**_STYLE, "body": body}, ensure_ascii=False, indent=1) + "\n"
