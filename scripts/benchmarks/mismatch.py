"""How many errors of a text align finds, how many it makes up, and how well it places the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scripts.benchmarks import found, own, show
from scripts.benchmarks.errors import Placing, placing, placing_cells
from scripts.benchmarks.found import FITTING, Count
from scripts.benchmarks.metrics import Judged, judged
from scripts.benchmarks.place import place, token_texts
from scripts.benchmarks.plant import Edited, Kind, plant
from scripts.benchmarks.report import machine, write_part
from scripts.benchmarks.show import Show
from scripts.benchmarks.values import Sample

BEGIN = "<!-- mismatch: written by scripts/benchmark mismatch --write -->"
END = "<!-- end of mismatch -->"


@dataclass(frozen=True, slots=True)
class Measured:
    """All plantings together.

    Attributes:
        recall: kind of error to how many were found.
        precision: kind of report to how many of the large ones were true.
        every: the same of all reports, the small ones with them.
        placing: of the tokens that are said.
        high: reports of high severity.
    """

    recall: Mapping[Kind, Count]
    precision: Mapping[str, Count]
    every: Mapping[str, Count]
    placing: Placing
    high: int


def measure(
    recording: Show, minutes: float, seeds: Sequence[int], cache: Path, threads: int, fresh: bool
) -> Measured:
    """Plant with each seed, align, and compare.

    Raises:
        ToolError: align gave no answer.
    """
    recall = dict.fromkeys(Kind, Count())
    precision, every = (dict.fromkeys(FITTING.values(), Count()) for _ in range(2))
    tokens: list[Judged] = []
    high = 0
    for seed in seeds:
        edited, sample = planted(recording, minutes, seed)
        answer = own.answer(sample, cache, threads, fresh)
        texts = token_texts(sample.text)
        own.check_tokens(answer, texts)
        reports = found.reports_of(answer.document)
        for kind, count in found.recalls(edited.planted, reports).items():
            recall[kind] += count
        for name, count in found.precisions(edited.planted, found.large(reports)).items():
            precision[name] += count
        for name, count in found.precisions(edited.planted, reports).items():
            every[name] += count
        tokens += judged(edited.truth, place(texts, answer.words))
        high += sum(row["severity"] == "high" for row in answer.document["mismatches"])
    return Measured(recall, precision, every, placing(tokens), high)


def planted(recording: Show, minutes: float, seed: int) -> tuple[Edited, Sample]:
    """The show with the errors of one seed in its text."""
    said = recording.sample
    edited = plant(said.text, said.truth, show.unsaid(minutes), recording.seconds, seed)
    truth = tuple(word for word in edited.truth if word is not None)
    return edited, Sample(said.group, f"{said.name}-planted-{seed}", said.audio, edited.text, "zh", truth)


def table(measured: Measured) -> str:
    """All figures in Markdown."""
    rows = []
    for kind, report in FITTING.items():
        recall, precision, every = measured.recall[kind], measured.precision[report], measured.every[report]
        true = [*_cells(precision), *_cells(every)] if kind is not Kind.BLOCK else [""] * 6
        rows.append([kind.value, *_cells(recall), report, *true])
    lines = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    cells = " | ".join(placing_cells(measured.placing))
    return f"{_HEAD}{lines}{_PLACING}| {cells} |\n\nReports of high severity: {measured.high}.\n"


def _cells(count: Count) -> list[str]:
    share = "–" if count.share is None else f"{count.share * 100:.0f} %"
    return [str(count.good), str(count.all), share]


def write(page: Path, measured: Measured, recording: Show, seeds: Sequence[int], command: str) -> None:
    """Put the table on a page."""
    about = _ABOUT.format(minutes=recording.seconds / 60, seeds=len(seeds), rule=rule())
    body = f"\n## Mismatches\n\n`{command}`, {date.today()}, {machine()}.\n\n{about}{table(measured)}\n"
    write_part(page, BEGIN, END, body)


def rule() -> str:
    """When an error is found and a report true, as the page says it."""
    return (found.__doc__ or "").partition("\n\n")[2].strip()


_ABOUT = """A made show of {minutes:.0f} min in five voices, with errors planted into its text {seeds} times:
stretches of 3 to 40 tokens left out, put in and changed, one long block left out (90 s of 90 min), and the
fillers and repeats taken out as a person does who cleans a transcript (scripts/benchmarks/plant.py).

{rule}
"""

_HEAD = """
| planted | found | of | recall | report | true | of | precision | true, small ones too | of | share |
| --- | --: | --: | --: | --- | --: | --: | --: | --: | --: | --: |
"""

_PLACING = """
The tokens that are said, in the texts with errors:

| tokens | missing | AAS ms | median ms | ≤ 200 ms | over 1 s | worst s |
| --: | --: | --: | --: | --: | --: | --: |
"""
