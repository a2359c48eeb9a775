"""The options of scripts/train_phone_head."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
import platformdirs

from align.audio.phone_head import PhoneHead, load_head, save_head
from align.audio.recognition import load_whisper
from align.core.errors import AlignError
from align.registry import ensure
from scripts.benchmarks import synthetic
from scripts.benchmarks.corpora import CORPORA, read_corpus
from scripts.benchmarks.metrics import Figures
from scripts.phone_head import card, recipe
from scripts.phone_head.corpus import CLONES
from scripts.phone_head.evaluate import calibrated, example, measured

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

OUT = Path(__file__).resolve().parents[2] / "models" / "phone-head"
JUDGED = ("emuR", "PolyglotDB")
"""Sets of people's marks, which nothing is trained on."""

_PATH = click.Path(path_type=Path)


@click.command(
    epilog="\b\nClones in --corpora, each left out when it is not there:\n" + "\n".join(CLONES.values())
)
@click.option(
    "--corpora", type=_PATH, envvar="BENCHMARK_CORPORA", help="Folder with clones of public speech."
)
@click.option("--cache", type=_PATH, help="Folder for what is made; by default one in the user's cache.")
@click.option("--out", type=_PATH, default=OUT, help="Folder for head.npz, metrics.json and README.md.")
@click.option("--seed", default=0, show_default=True, help="Decides all chance.")
@click.option("--threads", default=os.cpu_count() or 1, show_default=True, type=click.IntRange(1))
def main(corpora: Path | None, cache: Path | None, out: Path, seed: int, threads: int) -> None:
    """Train the phone head and write it into models/phone-head/. An hour or so on two cores."""
    import torch

    torch.set_num_threads(threads)
    began = time.monotonic()
    cache = cache or platformdirs.user_cache_path("align") / "phone-head"
    corpora = corpora or cache / "corpora"

    def say(line: str) -> None:
        click.echo(f"{time.monotonic() - began:6.0f} s  {line}", err=True)

    try:
        setting = recipe.Setting(cache, corpora, ensure("kokoro"), threads, seed, say)
        whisper = load_whisper(ensure("whisper-base"), "cpu", threads)
        head = recipe.train(setting, whisper)
        say("Calibrating the scores")
        head = calibrated(head, [example(recipe.check(setting))], whisper, recipe.PRICES, seed)
        out.mkdir(parents=True, exist_ok=True)
        save_head(head, out / "head.npz")
        say("Measuring")
        figures = _measure(load_head(out / "head.npz"), setting, whisper)
        card.write(out, figures, recipe.learned_from(setting), seed, time.monotonic() - began)
    except AlignError as error:
        click.echo(f"train_phone_head: {error}", err=True)
        sys.exit(error.exit_code)


def _measure(head: PhoneHead, setting: recipe.Setting, whisper: WhisperModel) -> dict[str, Figures]:
    """The figures of all sets that can be had."""
    sets = {group: synthetic.unheard(group, setting.cache) for group in synthetic.UNHEARD}
    for group in JUDGED:
        if (setting.corpora / CORPORA[group].folder).is_dir():
            sets[group] = read_corpus(group, setting.corpora)
    return {group: measured(samples, whisper, head, recipe.PRICES) for group, samples in sets.items()}
