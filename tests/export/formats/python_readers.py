"""Read written subtitles with this project's own reader and with other Python libraries."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pysubs2
import ttconv.imsc.reader
import webvtt
from ttconv import model

from align.export.formats.escape import LOOK_ALIKES
from align.transcript.ass import read_ass
from align.transcript.lines import Line
from align.transcript.subtitles import read_srt, read_vtt

_OWN = {"srt": read_srt, "vtt": read_vtt, "ass": read_ass}
_NAMES = "{http://www.w3.org/ns/ttml#metadata}"


class Seen(NamedTuple):
    """A cue as a reader gives it: times in milliseconds, None where it has none; text as it is seen."""

    start: int | None
    end: int | None
    speaker: str | None
    text: str


def visible(text: str) -> str:
    """`text` as the eye sees it: full-width signs look like others."""
    return text.translate({wide: narrow for narrow, wide in LOOK_ALIKES.items()})


def by_align(text: str, form: str) -> list[Seen]:
    """With the reader of transcripts, which gives no times."""
    lines: list[Line] = _OWN[form](text, Path(f"cues.{form}"))
    cues = (list(cue) for _, cue in groupby(lines, key=lambda line: line.number))
    return [Seen(None, None, cue[0].speaker, visible("\n".join(line.text for line in cue))) for cue in cues]


def by_pysubs2(text: str, form: str) -> list[Seen]:
    """With pysubs2, which leaves the escapes of VTT as they are."""
    events = pysubs2.SSAFile.from_string(text, form)
    return [
        Seen(one.start, one.end, one.name or None, visible(_shown(one.plaintext, form))) for one in events
    ]


def by_webvtt(text: str) -> list[Seen]:
    """With webvtt-py, which leaves the escapes as they are."""
    return [
        Seen(_ms(one.start), _ms(one.end), _shown(one.voice, "vtt"), visible(_shown(one.text, "vtt")))
        for one in webvtt.from_string(text)
    ]


def by_ttconv(text: str) -> list[Seen]:
    """With ttconv; the names, which it passes over, from the XML."""
    tree = ElementTree.fromstring(text.encode("utf-8"))
    names = {agent.get(_XML_ID): agent.findtext(f"{_NAMES}name") for agent in tree.iter(f"{_NAMES}agent")}
    speakers = [names.get(p.get(f"{_NAMES}agent")) for p in tree.iter("{http://www.w3.org/ns/ttml}p")]
    document = ttconv.imsc.reader.to_model(ElementTree.ElementTree(tree))
    shown = [p for p in document.get_body().dfs_iterator() if isinstance(p, model.P)]
    return [
        Seen(_thousand(p.get_begin()), _thousand(p.get_end()), name, visible("".join(_pieces(p))))
        for p, name in zip(shown, speakers, strict=True)
    ]


_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def _pieces(p: Any) -> Iterator[str]:
    for inside in p.dfs_iterator():
        if isinstance(inside, model.Br):
            yield "\n"
        elif isinstance(inside, model.Text):
            yield inside.get_text()


def _thousand(seconds: Fraction | None) -> int:
    return round((seconds or 0) * 1000)


def _shown(text: str | None, form: str) -> str:
    return html.unescape(text or "") if form == "vtt" else text or ""


def _ms(clock: str) -> int:
    hours, minutes, seconds, thousandths = map(int, re.split("[:.]", clock))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths
