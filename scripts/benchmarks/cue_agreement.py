"""How often cues end where people end theirs: align, stable-ts and WhisperX on the same words.

The subtitles are those that scripts/train_breaks reads, of the part that nothing was chosen on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

from align.core.types import Span
from align.subtitles.options import CueOptions
from align.subtitles.units import Unit
from scripts.benchmarks import rivals
from scripts.benchmarks.cues import run_json, segment_rows
from scripts.breaks.agreement import align_ends, f1, people, units
from scripts.breaks.corpus import PARTS, CutText, read_folder

FILES = 6
"""Files of each source, the first by name."""
CUES = 120
"""Cues of each file, from its beginning."""
_APART = 1_000_000.0
"""Seconds between two files, so that nobody joins them."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of one program with the people of one language.

    Attributes:
        sources: for each source the ends that both have, those of people, those of the program.
    """

    language: str
    program: str
    sources: tuple[tuple[str, tuple[int, int, int]], ...]

    @property
    def mean(self) -> float:
        """The mean F1 of the sources."""
        return sum(f1(counts) for _, counts in self.sources) / len(self.sources)


def judged(folders: Sequence[Path], language: str) -> list[CutText]:
    """The files that are judged."""
    texts: list[CutText] = []
    for folder in folders:
        kept = [text for text in read_folder(folder, language) if text.part == PARTS - 1]
        texts += [_beginning(text) for text in kept[:FILES]]
    return texts


def _beginning(text: CutText) -> CutText:
    if len(text.ends) < CUES:
        return text
    end = text.ends[CUES - 1]
    return replace(
        text, text=text.text[:end], ends=text.ends[: CUES - 1], spans=text.spans[:CUES],
        unknown=frozenset(at for at in text.unknown if at < end),
    )  # fmt: skip


def compare(folders: Sequence[Path], language: str, cache: Path) -> list[Agreement]:
    """align and the others against people.

    Raises:
        ModelError: the others cannot be installed.
        ToolError: one of them failed.
    """
    texts = judged(folders, language)
    ends = {"align": [align_ends(text, language, CueOptions()) for text in texts]}
    rows: list[dict[str, Any]] = []
    for number, text in enumerate(texts):
        rows.append(segment_rows([_later(unit, _APART * number) for unit in units(text)]))
    for program, python, runner in (
        ("stable-ts 2.19.1, regroup", rivals.python, "run_regroup.py"),
        ("WhisperX 3.8.6, writer", rivals.cutters, "run_whisperx.py"),
    ):
        answer = run_json(python(cache), runner, rows, language)
        ends[program] = _by_file([text for _, _, text in answer["cues"]], texts)
    return [Agreement(language, program, _counts(texts, each)) for program, each in ends.items()]


def _later(unit: Unit, seconds: float) -> Unit:
    return replace(unit, span=Span(unit.span.start + seconds, unit.span.end + seconds))


def _by_file(cues: Sequence[str], texts: Sequence[CutText]) -> list[list[int]]:
    """The ends of cues inside each file, in its characters without spaces."""
    ends = list(accumulate(len("".join(cue.split())) for cue in cues))
    found, first = [], 0
    for text in texts:
        last = first + len("".join(text.text.split()))
        found.append([end - first for end in ends if first < end < last])
        first = last
    return found


def _counts(
    texts: Sequence[CutText], ends: Sequence[Sequence[int]]
) -> tuple[tuple[str, tuple[int, int, int]], ...]:
    counts: dict[str, tuple[int, int, int]] = {}
    for text, mine in zip(texts, ends, strict=True):
        theirs, before = set(people(text)), counts.get(text.source, (0, 0, 0))
        both = len(theirs.intersection(mine))
        counts[text.source] = (before[0] + both, before[1] + len(theirs), before[2] + len(set(mine)))
    return tuple(counts.items())


def table(agreements: Sequence[Agreement]) -> str:
    """The agreements in Markdown."""
    lines = ["| language | program | mean F1 | by source |", "| --- | --- | --: | --- |"]
    for each in agreements:
        sources = ", ".join(f"{name} {f1(counts):.3f}" for name, counts in each.sources)
        lines.append(f"| {each.language} | {each.program} | {each.mean:.3f} | {sources} |")
    return "\n".join(lines) + "\n"
