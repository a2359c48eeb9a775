"""How align does when recordings and texts are changed in ways whose right result is known."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

import align
from align.audio.decode import read_audio
from align.core.types import Mismatch, MismatchKind, Span
from scripts.benchmarks import perturb_audio
from scripts.benchmarks import units as texts
from scripts.benchmarks.pcm import write_wave
from scripts.benchmarks.perturb_text import Change, ChangedText, stretches, text_perturbations
from scripts.benchmarks.report import machine, write_part
from scripts.benchmarks.units import Unit
from scripts.benchmarks.values import Sample

BEGIN = "<!-- perturb: written by scripts/benchmark perturb --write -->"
END = "<!-- end of perturb -->"

FAR = 1.0
"""Seconds by which a word may be off without a report."""

_NO_WORDS = (MismatchKind.FILLER,)


@dataclass(frozen=True, slots=True)
class Row:
    """What align made of one change.

    Attributes:
        spoken, lost, far: tokens that are said; of those without a place or over FAR seconds off, and in no
            report.
        error, worst: mean and largest error of the edges of placed tokens, in seconds; None without any.
        unspoken, shown: tokens that nobody says; of those with a place.
        changes, reported, as_filler: places that a report should name; that one names; that only one of a
            filler names.
        false, false_fillers: reports of no change, without and of fillers.
        refused: whether align says that text and recording do not belong together.
    """

    name: str
    spoken: int
    lost: int
    far: int
    error: float | None
    worst: float | None
    unspoken: int
    shown: int
    changes: int
    reported: int
    as_filler: int
    false: int
    false_fillers: int
    refused: bool


class Aligner:
    """Aligns changed recordings in one process, with models that stay loaded."""

    def __init__(self, folder: Path, threads: int) -> None:
        """Work in a folder."""
        self._folder, self._threads = folder, threads
        self._models: align.Models | None = None

    def run(self, audio: Path, text: str) -> align.Result:
        """The result of one recording and its text, without translation and diarization."""
        transcript = self._folder / "text.txt"
        transcript.write_text(text, "utf-8")
        result = align.align(
            audio, transcript, models=self._models, threads=self._threads, speakers="off", clean="off"
        )
        self._models = result.models
        return result


def measure(sample: Sample, other: str, threads: int, only: Sequence[str] = ()) -> Iterator[Row]:
    """Each change of a recording's text, and of its sound.

    Args:
        sample: a recording with the times of all tokens of its text.
        other: text that is said nowhere in it.
        only: names of changes; () for all.
    """
    units = texts.read(sample.text, sample.truth)[0]
    samples = np.asarray(read_audio(sample.audio).samples[:], np.float32)
    with TemporaryDirectory(prefix="perturb-") as name:
        folder = Path(name)
        aligner = Aligner(folder, threads)
        for title, change_text in text_perturbations(other).items():
            if not only or title in only:
                changed = change_text(units, random.Random(title))
                yield judge(title, changed, aligner.run(sample.audio, changed.text))
        for title, change_audio in perturb_audio.PERTURBATIONS.items():
            if not only or title in only:
                sound, said = change_audio(samples, units)
                path = folder / "sound.wav"
                write_wave(path, sound)
                yield judge(title, _as_changed(title, said), aligner.run(path, texts.write(said, "。")))


def _as_changed(title: str, said: Sequence[Unit]) -> ChangedText:
    """The text of a changed recording, with the places that its report should name."""
    if title != "turns said in another order":
        return ChangedText(tuple(said))
    turns = stretches(said, "\n")
    changes = [Change(turn, Span(said[turn[0]].start or 0.0, said[turn[1] - 1].end or 0.0)) for turn in turns]
    return ChangedText(tuple(said), tuple(changes))


def judge(name: str, changed: ChangedText, result: align.Result) -> Row:
    """Compare a result with the truth of its text."""
    timed = result.data.alignment.tokens
    if [token.token.text for token in timed] != [unit.text for unit in changed.units]:
        raise ValueError(f"{name}: align splits the text into other tokens than the benchmark")
    words = [one for one in result.mismatches if one.kind not in _NO_WORDS]
    fillers = [one for one in result.mismatches if one.kind in _NO_WORDS]
    reported = {k for one in words for k in range(*one.tokens)}
    errors: list[float] = []
    spoken = lost = far = unspoken = shown = 0
    for k, (unit, token) in enumerate(zip(changed.units, timed, strict=True)):
        if unit.start is None or unit.end is None:
            unspoken += 1
            shown += token.span is not None
            continue
        spoken += 1
        if token.span is None:
            lost += k not in reported
            continue
        edges = (abs(token.span.start - unit.start), abs(token.span.end - unit.end))
        errors += edges
        far += max(edges) > FAR and k not in reported
    named = [any(fits(one, change) for one in words) for change in changed.changes]
    as_filler = sum(
        not is_named and any(fits(one, change) for one in fillers)
        for is_named, change in zip(named, changed.changes, strict=True)
    )
    return Row(
        name=name,
        spoken=spoken,
        lost=lost,
        far=far,
        error=float(np.mean(errors)) if errors else None,
        worst=max(errors, default=None),
        unspoken=unspoken,
        shown=shown,
        changes=len(changed.changes),
        reported=sum(named),
        as_filler=as_filler,
        false=sum(not any(fits(one, change) for change in changed.changes) for one in words),
        false_fillers=sum(not any(fits(one, change) for change in changed.changes) for one in fillers),
        refused=not result.data.phrases,
    )


def fits(report: Mismatch, change: Change) -> bool:
    """Whether a report is about a change: it meets its tokens, or its time."""
    first, end = change.tokens
    if report.tokens[0] < report.tokens[1]:
        if max(first, report.tokens[0]) < min(end, report.tokens[1]):
            return True
        if first == end and report.tokens[0] <= first <= report.tokens[1]:
            return True
    elif first <= report.tokens[0] <= end:
        return True
    return (
        change.span is not None
        and report.span.overlap(change.span) >= 0.5 * min(report.span.duration, change.span.duration) > 0
    )


HEAD = (
    "| changed | said | lost | over 1 s, unreported | mean ms | worst s | unsaid | shown | changes |"
    " reported | as filler | false | false fillers |\n"
    "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |"
)


def line(row: Row) -> str:
    """A row of the table."""
    cells = [
        row.name + (" (refused)" if row.refused else ""),
        row.spoken,
        row.lost,
        row.far,
        "–" if row.error is None else f"{row.error * 1000:.1f}",
        "–" if row.worst is None else f"{row.worst:.2f}",
        row.unspoken,
        row.shown,
        row.changes,
        row.reported,
        row.as_filler,
        row.false,
        row.false_fillers,
    ]
    return f"| {' | '.join(map(str, cells))} |"


def write(page: Path, tables: Mapping[str, Sequence[Row]], command: str) -> None:
    """Put the tables on a page."""
    body = f"\n`{command}`, {date.today()}, {machine()}.\n"
    for name, rows in tables.items():
        listed = "\n".join(line(row) for row in rows)
        body += f"\n### {name}\n\n{HEAD}\n{listed}\n"
    write_part(page, BEGIN, END, body)
