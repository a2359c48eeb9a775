"""`scripts/benchmark belonging`: whether align tells a recording's own text from another."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from align.audio.decode import read_audio
from align.audio.phone_head import load_head
from align.audio.posteriors import posteriors_of
from align.audio.recognition import load_whisper
from align.registry import ensure, models_folder
from scripts.benchmarks import belonging, options, synthetic, units
from scripts.benchmarks.report import machine, write_part
from scripts.benchmarks.values import Sample

SETS = (synthetic.DEMO, *synthetic.UNHEARD)
BEGIN = "<!-- belonging: written by scripts/benchmark belonging --write -->"
END = "<!-- end of belonging -->"

_ABOUT = """Parts of 10, 20 and 40 seconds of synthetic recordings, each with its own text, with the first
half of it and then as much of another text, with the text of another part of the same recording, and with
that of another recording. Texts are as long as the part's own. A verdict is wrong where a text that belongs
is refused, or one that does not is accepted; the larger of the shares of text and speech that match
decides."""


@click.command(name="belonging")
@click.option("--set", "groups", multiple=True, type=click.Choice(SETS), help="By default all.")
@click.option("--pairs", default=1000, show_default=True, type=click.IntRange(4), help="Of part and text.")
@options.CACHE
@options.THREADS
@options.WRITE
def belonging_command(
    groups: tuple[str, ...], pairs: int, cache: Path | None, threads: int, write: bool
) -> None:
    """Give parts of recordings their own and other texts, and count wrong verdicts."""
    chosen = groups or SETS
    head = load_head(models_folder() / "phone-head" / "head.npz")
    cut = list(_parts(chosen, options.home(cache), threads))
    verdicts = [
        belonging.judge(kind, part, text, head)
        for kind, part, text in belonging.pairs(cut, pairs, random.Random(0))
    ]
    table = belonging.table(verdicts)
    click.echo(table)
    if write:
        named = "".join(f" --set {group}" for group in groups)
        typed = f"scripts/benchmark belonging{named} --pairs {pairs} --threads {threads} --write"
        measured = f"`{typed}`, {date.today()}, {machine()}."
        body = f"\n## Text that belongs, in part or not\n\n{measured}\n\n{_ABOUT}\n\n{table}\n\n"
        write_part(options.PAGES / "wrong-transcripts.md", BEGIN, END, body)


def _parts(groups: tuple[str, ...], home: Path, threads: int) -> Iterator[belonging.Part]:
    """The recordings of all sets in parts of all lengths."""
    head = load_head(models_folder() / "phone-head" / "head.npz")
    whisper = load_whisper(ensure("whisper-base"), "cpu", threads)
    for group in groups:
        samples: tuple[Sample, ...] = (
            (synthetic.demo_as_spoken(),) if group == synthetic.DEMO else synthetic.unheard(group, home)
        )
        for sample in samples:
            said = units.read(sample.text, sample.truth)[0]
            recording = read_audio(sample.audio)
            posteriors = posteriors_of(recording.samples, whisper, head, lambda _: None)
            for seconds in belonging.LENGTHS:
                yield from belonging.parts(sample.name, posteriors, said, seconds)
