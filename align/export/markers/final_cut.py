"""Write markers as Final Cut XML: that of version 7 (xmeml 4), which Premiere reads, and FCPXML 1.9."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from xml.etree.ElementTree import Element

from align.core.types import Severity
from align.core.xml import as_document, element
from align.export.markers.marker import Marker
from align.subtitles.frames import FrameRate

_COLOURS = {Severity.HIGH: 4281740498, Severity.MEDIUM: 4281049552, Severity.LOW: 4294741314}
"""Premiere's own red, yellow and blue, alpha first and red last, as it writes them itself."""
_NO_LENGTH = "-1"
"""The end of a marker of one frame."""
_FORMATS = ("2398", "24", "25", "2997", "30", "50", "5994", "60")
"""The rates for which Final Cut has a named format of 1080 lines."""


def fcp7(markers: Sequence[Marker], name: str, rate: FrameRate, start: int, length: int) -> str:
    """The markers as xmeml: a sequence with nothing else.

    Args:
        start: the frame whose timecode the sequence begins with; markers count from there.
        length: of the sequence, in frames.
    """

    def leaf(tag: str, text: object) -> Element:
        return element(tag, text=str(text))

    def rate_element() -> Element:
        slowed = "TRUE" if rate.rate.denominator == 1001 else "FALSE"
        return element("rate", {}, leaf("timebase", rate.nominal), leaf("ntsc", slowed))

    picture = element(
        "samplecharacteristics",
        {},
        rate_element(),
        leaf("width", 1920),
        leaf("height", 1080),
        leaf("pixelaspectratio", "square"),
        leaf("fielddominance", "none"),
    )
    video = element("video", {}, element("format", {}, picture), element("track"))
    timecode = element(
        "timecode",
        {},
        rate_element(),
        leaf("string", rate.timecode(start)),
        leaf("frame", start),
        leaf("displayformat", "DF" if rate.drop else "NDF"),
    )
    sequence = element(
        "sequence",
        {"id": "sequence-1"},
        leaf("name", f"{name} mismatches"),
        leaf("duration", length),
        rate_element(),
        timecode,
        element("media", {}, video, element("audio", {}, element("track"))),
    )
    for marker in markers:
        end = marker.frame + marker.frames if marker.frames > 1 else _NO_LENGTH
        details = {"comment": marker.note, "name": marker.name, "in": marker.frame, "out": end}
        details["pproColor"] = _COLOURS[marker.severity]
        sequence.append(element("marker", {}, *(leaf(tag, value) for tag, value in details.items())))
    return as_document(element("xmeml", {"version": "4"}, sequence), "xmeml")


def fcpxml(markers: Sequence[Marker], name: str, rate: FrameRate, start: int, length: int) -> str:
    """The markers as FCPXML: a project whose one gap carries them as to-do items; all times are whole frames.

    Args:
        start: the frame whose timecode the project begins with.
        length: of the project, in frames.
    """

    def time(frame: int) -> str:
        """Seconds as a fraction over the frame rate, such as "1001/30000s"; the DTD asks for one."""
        seconds = Fraction(frame) / rate.rate
        if seconds.denominator == 1:
            return f"{seconds.numerator}s"
        return f"{frame * rate.rate.denominator}/{rate.rate.numerator}s"

    picture = {"id": "r1", "frameDuration": time(1), "width": "1920", "height": "1080"}
    short = f"{float(rate.rate):.2f}".removesuffix(".00").replace(".", "")
    if short in _FORMATS:
        picture["name"] = f"FFVideoFormat1080p{short}"
    origin, duration = time(start), time(length)
    gap = element("gap", {"name": "Gap", "offset": origin, "start": origin, "duration": duration})
    for marker in markers:
        attributes = {
            "start": time(start + marker.frame),
            "duration": time(1),
            "value": marker.name,
            "note": marker.note,
            "completed": "0",  # not done, so that it is listed among the to-do items and can be ticked off
        }
        gap.append(element("marker", attributes))
    clock = {"tcStart": origin, "tcFormat": "DF" if rate.drop else "NDF"}
    sequence = element("sequence", {"format": "r1", "duration": duration, **clock}, element("spine", {}, gap))
    title = {"name": f"{name} mismatches"}
    root = element(
        "fcpxml",
        {"version": "1.9"},
        element("resources", {}, element("format", picture)),
        element("library", {}, element("event", title, element("project", title, sequence))),
    )
    return as_document(root, "fcpxml")
