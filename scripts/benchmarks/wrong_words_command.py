"""`scripts/benchmark wrong-words`."""

from __future__ import annotations

import re
import time
from pathlib import Path

import click

from align.core.cache import Cache
from align.core.progress import Silent
from align.pipeline.loaded_models import TRANSLATOR
from align.pipeline.proofread import cached_reader
from align.proofread.language_model import LanguageModel
from align.proofread.proofread import proofread
from align.proofread.syllables import Sound
from align.registry import ensure, find
from align.translate.local_llm import gguf_file
from scripts.benchmarks import options
from scripts.benchmarks.found import Count
from scripts.benchmarks.wrong_words import Counts, Marked, counts, planted, read_marks

ROOT = Path(__file__).resolve().parents[2]
TEXTS = (
    ROOT / "seeds" / "demo" / "transcript.plain.txt",
    ROOT / "scripts" / "benchmarks" / "texts" / "mandarin.txt",
)
CHINESE, ENGLISH = ("homo", "near", "same", "fuzzy"), ("english",)


@click.command("wrong-words")
@click.option(
    "--marks",
    "marked_files",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="A text with marked errors, as JSON; may be given several times.",
)
@click.option("--seeds", default=3, show_default=True, type=click.IntRange(0), help="Plantings of each kind.")
@click.option(
    "--proofread",
    "how",
    type=click.Choice(["latin", "words", "all"]),
    default="all",
    show_default=True,
    help="What is read.",
)
@options.CACHE
@options.THREADS
def wrong_words(
    marked_files: tuple[Path, ...], seeds: int, how: str, cache: Path | None, threads: int
) -> None:
    """How many planted and marked wrong words are suspected, and how many suspicions are true."""
    model = find(TRANSLATOR)
    read = cached_reader(
        lambda: LanguageModel(gguf_file(ensure(TRANSLATOR)), threads),
        model.digest, Cache(options.home(cache) / "wrong-words"), Silent(),
    )  # fmt: skip

    def count(marked: Marked, latin: bool, kinds: tuple[str, ...]) -> Counts:
        begun = time.process_time()
        found = proofread(marked.text, (), None if how == "latin" else read, how == "all")
        counted = counts(marked, found, latin, kinds)
        took = time.process_time() - begun
        _print(
            f"{marked.name}{' English' if latin else ''}",
            counted,
            f"{len(marked.text)} characters, {took:.0f} s",
        )
        return counted

    for path in marked_files:
        marked = read_marks(path)
        count(marked, True, ENGLISH)
        if how != "latin":
            count(marked, False, CHINESE)
    texts = {path.stem: re.sub(r"(?m)^#.*\n", "", path.read_text("utf-8")) for path in TEXTS}
    if how == "latin":
        return
    for name, text in texts.items():
        count(Marked(f"{name}, nothing planted", text, ()), False, CHINESE)
    for sound in (Sound.SAME, Sound.NEAR):
        # Thresholds are chosen on the even seeds.
        for half, chosen in (("chosen on", range(0, seeds, 2)), ("other half", range(1, seeds, 2))):
            total = Counts(Count(), Count(), Count())
            for seed in chosen:
                for name, text in texts.items():
                    total += count(planted(name, text, sound, seed), False, CHINESE)
            _print(f"{sound.name.lower()} sound, {half}", total, "all")


def _print(name: str, counted: Counts, about: str) -> None:
    cells = (
        f"{label} {part.good}/{part.all} ({part.share or 0:.2f})"
        for label, part in (
            ("recall", counted.recall), ("precision", counted.precision), ("first right", counted.first)
        )
    )  # fmt: skip
    click.echo(f"{name}: {', '.join(cells)}; {about}")
