"""Write markers for Final Cut Pro, as FCPXML 1.9: a project whose one gap carries them as things to do."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from xml.etree.ElementTree import Element

from align.core.xml import as_document, element
from align.export.markers.marker import Marker
from align.subtitles.frames import FrameRate

_FORMATS = ("2398", "24", "25", "2997", "30", "50", "5994", "60")
"""The rates for which Final Cut has a name with 1080 lines."""


def fcpxml(markers: Sequence[Marker], name: str, rate: FrameRate, start: int, length: int) -> str:
    """The markers as the text of an FCPXML file; all times are whole frames.

    Args:
        start: the frame whose timecode the project begins with.
        length: of the project, in frames.
    """
    title = f"{name} mismatches"
    origin, lasting = _time(start, rate), _time(length, rate)
    gap = element(
        "gap",
        {"name": "Gap", "offset": origin, "start": origin, "duration": lasting},
        *(_marker(marker, start, rate) for marker in markers),
    )
    sequence = element(
        "sequence",
        {
            "format": "r1",
            "duration": lasting,
            "tcStart": origin,
            "tcFormat": "DF" if rate.drop else "NDF",
        },
        element("spine", {}, gap),
    )
    project = element("project", {"name": title}, sequence)
    root = element(
        "fcpxml",
        {"version": "1.9"},
        element("resources", {}, _format(rate)),
        element("library", {}, element("event", {"name": title}, project)),
    )
    return as_document(root, "fcpxml")


def _format(rate: FrameRate) -> Element:
    attributes = {"id": "r1", "frameDuration": _time(1, rate), "width": "1920", "height": "1080"}
    short = f"{float(rate.rate):.2f}".removesuffix(".00").replace(".", "")
    if short in _FORMATS:
        attributes["name"] = f"FFVideoFormat1080p{short}"
    return element("format", attributes)


def _marker(marker: Marker, start: int, rate: FrameRate) -> Element:
    """Not completed, so that it is listed among the things to do, and can be ticked off."""
    return element(
        "marker",
        {
            "start": _time(start + marker.frame, rate),
            "duration": _time(1, rate),
            "value": marker.name,
            "note": marker.note,
            "completed": "0",
        },
    )


def _time(frame: int, rate: FrameRate) -> str:
    """Seconds as a fraction over the frame rate, such as "1001/30000s"; the DTD asks for one."""
    seconds = Fraction(frame) / rate.rate
    if seconds.denominator == 1:
        return f"{seconds.numerator}s"
    return f"{frame * rate.rate.denominator}/{rate.rate.numerator}s"
