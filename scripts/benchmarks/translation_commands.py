"""The command that measures the second language."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from align.core.types import Phrase
from align.registry import ensure, find
from align.subtitles.options import CueOptions
from align.translate.local_llm import LocalTranslator
from scripts.benchmarks import options, sentence_pairs, show
from scripts.benchmarks import translation as translated
from scripts.benchmarks.translation import Quality

DRAWS = range(5)
"""Seeds by which the English text is changed for `file`."""


@click.command()
@click.option(
    "--corpora",
    type=click.Path(path_type=Path),
    envvar="BENCHMARK_CORPORA",
    show_envvar=True,
    required=True,
    help=f"Folder with a clone of https://github.com/{sentence_pairs.REPOSITORY}.",
)
@click.option("--count", default=200, show_default=True, type=click.IntRange(1), help="Sentences.")
@click.option("--show-minutes", default=10.0, show_default=True, type=click.FloatRange(0, 90),
              help="Of the show (scripts/benchmark make-show); 0 leaves it out.")  # fmt: skip
@click.option("--keep", type=click.Path(path_type=Path), help="Folder for the lines, to be read by a person.")
@options.CACHE
@click.option("--threads", default=os.cpu_count() or 1, show_default=True, type=click.IntRange(1))
@options.FRESH
@options.WRITE
def translation(
    corpora: Path,
    count: int,
    show_minutes: float,
    keep: Path | None,
    cache: Path | None,
    threads: int,
    fresh: bool,
    write: bool,
) -> None:
    """Translate sentences with references, the demo and a stretch of the show, and fit a text to cues.

    What is translated is remembered in the cache, and then the wall time is of what was left to do.
    """
    home = options.home(cache)
    memory = home / "translations.sqlite"
    if fresh:
        for one in home.glob(f"{memory.stem}*"):
            one.unlink()
    chosen = CueOptions()
    shares = translated.brought(sentence_pairs.read_pairs(corpora), count, DRAWS, chosen)
    click.echo(f"file: {', '.join(f'{share:.3f}' for share in shares)}")
    digest = find("translator").digest
    model = LocalTranslator(ensure("translator"), digest, threads, "cpu", home)
    rows: list[Quality] = []

    def told(row: Quality) -> None:
        click.echo(translated.line(row))
        rows.append(row)

    if show_minutes:
        truth = show.read(90, home).sample.audio.with_suffix(".json")
        row, said = translated.stretch(model, truth, show_minutes, memory, chosen)
        told(row)
        _kept(keep, "show", said)
    for row, said in translated.talk(model, memory, chosen):
        told(row)
        _kept(keep, row.what.replace(", ", "-").replace(" ", "-"), said)
    row, said = translated.demo(model, memory, home, threads, chosen)
    told(row)
    _kept(keep, "demo", said)
    references = [pair.english for pair in sentence_pairs.chosen(sentence_pairs.read_pairs(corpora), count)]
    for row, said in translated.sentences(model, corpora, count, memory, chosen):
        told(row)
        _kept(keep, f"{row.what}, {row.who}".replace(", ", "-").replace(" ", "-"), said, references)
    if write:
        typed = f"--count {count} --show-minutes {show_minutes:g} --threads {threads}{' --fresh' * fresh}"
        translated.write(
            options.PAGES / "translation.md", rows, shares, f"scripts/benchmark translation {typed} --write"
        )


def _kept(folder: Path | None, name: str, said: Sequence[Phrase], references: Sequence[str] = ()) -> None:
    """Keep what was translated, where somebody wants to read it."""
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        translated.save(folder / f"{name}.json", said, references)
