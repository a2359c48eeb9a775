"""Write markers for Premiere: the XML of Final Cut Pro 7 (xmeml 4), a sequence with nothing but markers."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from align.core.types import Severity
from align.core.xml import as_document, element
from align.export.markers.marker import Marker
from align.subtitles.frames import FrameRate

_COLOURS = {Severity.HIGH: 4281740498, Severity.MEDIUM: 4281049552, Severity.LOW: 4294741314}
"""Premiere's own red, yellow and blue, alpha first and red last, as it writes them for itself."""
_ONE_FRAME = -1
"""The end of a marker that has no length."""


def fcp7(markers: Sequence[Marker], name: str, rate: FrameRate, start: int, length: int) -> str:
    """The markers as the text of an XML file.

    Args:
        start: the frame whose timecode the sequence begins with; markers count from there.
        length: of the sequence, in frames.
    """
    picture = element(
        "samplecharacteristics",
        {},
        _rate(rate),
        element("width", text="1920"),
        element("height", text="1080"),
        element("pixelaspectratio", text="square"),
        element("fielddominance", text="none"),
    )
    video = element("video", {}, element("format", {}, picture), element("track"))
    timecode = element(
        "timecode",
        {},
        _rate(rate),
        element("string", text=rate.timecode(start)),
        element("frame", text=str(start)),
        element("displayformat", text="DF" if rate.drop else "NDF"),
    )
    sequence = element(
        "sequence",
        {"id": "sequence-1"},
        element("name", text=f"{name} mismatches"),
        element("duration", text=str(length)),
        _rate(rate),
        timecode,
        element("media", {}, video, element("audio", {}, element("track"))),
        *map(_marker, markers),
    )
    return as_document(element("xmeml", {"version": "4"}, sequence), "xmeml")


def _rate(rate: FrameRate) -> Element:
    slowed = "TRUE" if rate.rate.denominator == 1001 else "FALSE"
    return element("rate", {}, element("timebase", text=str(rate.nominal)), element("ntsc", text=slowed))


def _marker(marker: Marker) -> Element:
    end = marker.frame + marker.frames if marker.frames > 1 else _ONE_FRAME
    return element(
        "marker",
        {},
        element("comment", text=marker.note),
        element("name", text=marker.name),
        element("in", text=str(marker.frame)),
        element("out", text=str(end)),
        element("pproColor", text=str(_COLOURS[marker.severity])),
    )
