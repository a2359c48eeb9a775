"""The command of `scripts/train_breaks`."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import click

from align.core.atomic_write import write_whole
from align.subtitles.break_model import WEIGHTS
from align.subtitles.options import CueOptions
from scripts.benchmarks.options import FOLDER
from scripts.breaks.corpus import PARTS, read_folder
from scripts.breaks.learn import learn

_TARGET = Path(__file__).resolve().parents[2] / "align" / "subtitles" / WEIGHTS


@click.command(help=__doc__)
@click.option("--english", multiple=True, type=FOLDER, help="Folder of English subtitles.")
@click.option("--chinese", multiple=True, type=FOLDER, help="Folder of Chinese subtitles.")
def main(english: tuple[Path, ...], chinese: tuple[Path, ...]) -> None:
    """Learn the weights of both languages, and write them."""
    document: dict[str, object] = {"about": "Written by scripts/train_breaks.", "date": str(date.today())}
    for language, folders in (("en", english), ("zh", chinese)):
        texts = [text for folder in folders for text in read_folder(folder, language)]
        used = [text for text in texts if text.part < PARTS // 2]
        weights = learn(used, language, CueOptions().rules(language))
        counts = Counter(text.source for text in used)
        cues = Counter(
            {source: sum(len(t.ends) + 1 for t in used if t.source == source) for source in counts}
        )
        document[language] = {
            "sources": {name: {"files": counts[name], "cues": cues[name]} for name in sorted(counts)},
            "weights": weights,
        }
        click.echo(
            f"{language}: {sum(counts.values())} files, {sum(cues.values())} cues, {len(weights)} weights"
        )
    write_whole(_TARGET, json.dumps(document, ensure_ascii=False, indent=0, sort_keys=True) + "\n")
