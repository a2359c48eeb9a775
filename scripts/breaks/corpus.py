"""Subtitles that people cut, as texts with the places where their cues end."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from align.core.errors import AlignError
from align.core.types import Span
from align.subtitles.layout import joined, plain
from align.subtitles.read import read_subtitles
from align.subtitles.rules import is_spaced
from align.transcript.cleaning.chinese_script import convert_to

PARTS = 4
"""Files are dealt to this many parts by a hash of their text: weights are learned on the first two, the
parameters of the search chosen on the third, and the fourth is kept to judge."""
_SHORT = 20
"""Cues from which on a file is used."""
_TORN = {
    "en": re.compile(r"\b(?:the|a|an|of|to|my|your|our|their|and)$", re.IGNORECASE),
    "zh": re.compile(r"(?:一个|我们的|这个|那个|和|在|把|被|是)$"),
}
_MOST_TORN = 0.08
"""Share of cues that end on such a word above which a file was cut by width, not by sense (0.05 to 0.1)."""
_NOTE = re.compile(
    r"<[^>]*>|\{[^}]*\}|\([^)]*\)|（[^）]*）|\[[^\]]*\]|♪|^\s*[-–—]+\s*|^[A-Z][A-Za-z. ]{1,20}:\s"
)


@dataclass(frozen=True, slots=True)
class CutText:
    """The text of a file of subtitles.

    Attributes:
        source: the folder it came from.
        part: 0 to PARTS - 1.
        text: all cues in a row.
        ends: characters before the end of each cue but the last.
        spans: when each cue is on screen.
        unknown: characters at which people put a space for a mark inside a cue, which is not in the text.
    """

    source: str
    part: int
    text: str
    ends: tuple[int, ...]
    spans: tuple[Span, ...]
    unknown: frozenset[int]


def read_folder(folder: Path, language: str) -> Iterator[CutText]:
    """The files of a folder that people cut by sense."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in (".srt", ".vtt"):
            continue
        try:
            cues = read_subtitles(path).track.cues
        except AlignError:
            continue
        texts = [plain(_NOTE.sub("", joined(sum(cue.lines, ())))).strip() for cue in cues]
        kept = [(cue, text) for cue, text in zip(cues, texts, strict=True) if text]
        torn = sum(_TORN[language].search(text) is not None for _, text in kept)
        if len(kept) >= _SHORT and torn <= _MOST_TORN * len(kept):
            spans = [cue.span for cue, _ in kept]
            yield _cut_text(folder.name, [text for _, text in kept], spans, language)


def _cut_text(source: str, texts: Sequence[str], spans: Sequence[Span], language: str) -> CutText:
    digest = hashlib.sha256("\n".join(texts).encode()).digest()[0]
    text, ends, unknown = "", [], set()
    for cue in texts:
        if is_spaced(language):
            text += cue + " "
        else:
            for part in re.split(r"\s{2,}|(?<=[\u3400-\u9fff])\s|\s(?=[\u3400-\u9fff])", _simplified(cue)):
                text += part
                unknown.add(len(text))
        ends.append(len(text))
    return CutText(
        source, digest % PARTS, text, tuple(ends[:-1]), tuple(spans), frozenset(unknown.difference(ends))
    )


def _simplified(text: str) -> str:
    """`text` in simplified characters."""
    rule = convert_to("simplified")
    for start, end, after in sorted(rule(text), reverse=True):
        text = text[:start] + after + text[end:]
    return text
