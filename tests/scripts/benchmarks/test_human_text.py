"""What counts of the reports about a recording of a person; align's answers are made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from align.core.types import Mismatch, MismatchKind, Severity, Span
from scripts.benchmarks import units as texts
from scripts.benchmarks.found import Count
from scripts.benchmarks.human_corpus import HumanRecording
from scripts.benchmarks.human_text import verbatim
from scripts.benchmarks.perturb import Aligner

RECORDING = HumanRecording(
    "talk-1", Path("talk.wav"), "zh", "talk", "今天我们来说说", fillers=(Span(0.5, 0.9), Span(1.1, 1.3))
)


class Made:
    """Answers each text with the same reports; the last token has no place."""

    def __init__(self, reports: Sequence[Mismatch]) -> None:
        self._reports = reports

    def run(self, audio: Path, text: str) -> Any:
        """The answer."""
        units, _ = texts.read(text)
        tokens = [
            SimpleNamespace(token=SimpleNamespace(text=unit.text), span=Span(k / 5, (k + 1) / 5))
            for k, unit in enumerate(units)
        ]
        tokens[-1].span = None
        data = SimpleNamespace(alignment=SimpleNamespace(tokens=tokens), duration=60.0)
        return SimpleNamespace(data=data, mismatches=self._reports)


def report(kind: MismatchKind, start: float, end: float, tokens: tuple[int, int]) -> Mismatch:
    """A report without anything heard."""
    return Mismatch(kind, Span(start, end), tokens, "", "", Severity.LOW, 0.5, ())


REPORTS = (
    report(MismatchKind.FILLER, 0.5, 0.8, (3, 3)),
    report(MismatchKind.FILLER, 0.1, 0.2, (1, 1)),
    report(MismatchKind.DIFFERENT, 0.4, 0.6, (2, 3)),
)


def test_a_report_is_true_only_of_a_filler_that_is_listed() -> None:
    one = verbatim(RECORDING, cast(Aligner, Made(REPORTS)))
    assert (one.tokens, one.fillers, one.listed) == (Count(6, 7), Count(1, 2), Count(1, 2))
    assert one.false == REPORTS[1:]
