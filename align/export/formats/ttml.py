"""Write TTML: the IMSC 1.1 text profile (W3C), which players and broadcasters share.

Our own, since ttconv writes no escapes into other formats and its model has no speakers; the XML
is the standard library's.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from align.core.types import Cue, Track
from align.core.xml import as_document, element, legal
from align.subtitles.clock import timestamp
from align.subtitles.options import CueOptions, SpeakerLabels

_PROFILE = "http://www.w3.org/ns/ttml/profile/imsc1.1/text"
_NAMESPACES = {
    "xmlns": "http://www.w3.org/ns/ttml",
    "xmlns:tts": "http://www.w3.org/ns/ttml#styling",
    "xmlns:ttp": "http://www.w3.org/ns/ttml#parameter",
    "xmlns:ttm": "http://www.w3.org/ns/ttml#metadata",
}
_TEXT = {
    "xml:id": "text",
    "tts:fontFamily": "proportionalSansSerif",
    "tts:fontSize": "100%",
    "tts:lineHeight": "125%",
    "tts:textAlign": "center",
    "tts:color": "white",
    "tts:backgroundColor": "#000000C0",
}
_SECOND = {"xml:id": "second", "tts:fontSize": "85%"}
"""The style of the second language: smaller than the first."""
_BOTTOM = {
    "xml:id": "bottom",
    "tts:origin": "10% 10%",
    "tts:extent": "80% 80%",
    "tts:displayAlign": "after",
    "tts:showBackground": "whenActive",
}


def ttml(track: Track, options: CueOptions) -> str:
    """The track as the text of a TTML file: lines by `br`, a language a span, speakers as agents."""
    named = options.labels is not SpeakerLabels.OFF
    names = dict.fromkeys(cue.speaker for cue in track.cues if cue.speaker) if named else {}
    agents = {name: f"speaker{number}" for number, name in enumerate(names, 1)}
    head = element(
        "head",
        {},
        element("styling", {}, element("style", _TEXT), element("style", _SECOND)),
        element("layout", {}, element("region", _BOTTOM)),
    )
    if agents:
        metadata = element("metadata")
        for name, code in agents.items():
            full_name = element("ttm:name", {"type": "full"}, text=name)
            metadata.append(element("ttm:agent", {"xml:id": code, "type": "person"}, full_name))
        head.insert(0, metadata)
    attributes = {
        **_NAMESPACES,
        "xml:lang": track.languages[0],
        "ttp:timeBase": "media",
        "ttp:cellResolution": "32 18",
        "ttp:contentProfiles": _PROFILE,
    }
    cues = element("div", {}, *(_paragraph(cue, track.languages, agents) for cue in track.cues))
    body = element("body", {"region": "bottom", "style": "text"}, cues)
    return as_document(element("tt", attributes, head, body), inline="p")


def _paragraph(cue: Cue, languages: tuple[str, ...], agents: dict[str, str]) -> Element:
    """One cue: a span for each language, each starting on its own line."""
    paragraph = element("p", {"begin": timestamp(cue.span.start, "."), "end": timestamp(cue.span.end, ".")})
    if cue.speaker in agents:
        paragraph.set("ttm:agent", agents[cue.speaker])
    for number, (code, lines) in enumerate(zip(languages, cue.lines, strict=True)):
        if not lines:
            continue
        if len(paragraph):
            paragraph.append(Element("br"))
        style = {"style": "second"} if number else {}
        span = element("span", {"xml:lang": code} | style, text=lines[0])
        for line in lines[1:]:
            line_break = Element("br")
            line_break.tail = legal(line)
            span.append(line_break)
        paragraph.append(span)
    return paragraph
