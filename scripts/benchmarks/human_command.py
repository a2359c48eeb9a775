"""`scripts/benchmark human`: what align makes of recordings of people."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from align.core.errors import InputError
from scripts.benchmarks import human, human_page, human_text, options, show
from scripts.benchmarks.corpora import TEXTS
from scripts.benchmarks.human_corpus import read_recordings
from scripts.benchmarks.human_text import Planted
from scripts.benchmarks.perturb import Aligner

PARTS = ("verbatim", "planted", "speakers")


@click.command(name="human")
@click.option(
    "--corpora",
    type=click.Path(path_type=Path),
    envvar="BENCHMARK_CORPORA",
    show_envvar=True,
    required=True,
    help="Folder with clones of the repositories of scripts/benchmarks/human_recordings.json, and of "
    "https://github.com/pyannote/pyannote-audio. What is not there is named and left out.",
)
@click.option("--part", "parts", multiple=True, type=click.Choice(PARTS), help="By default all.")
@click.option(
    "--only", type=click.Choice(["tuning", "reporting"]), help="Half of the recordings; by default both."
)
@click.option(
    "--sort", "sorts", multiple=True, type=click.Choice(human_text.SORTS), help="Of planted errors; all."
)
@click.option("--seeds", default=3, show_default=True, type=click.IntRange(1), help="Of the planted errors.")
@options.THREADS
@options.WRITE
def human_command(
    corpora: Path,
    parts: tuple[str, ...],
    only: str | None,
    sorts: tuple[str, ...],
    seeds: int,
    threads: int,
    write: bool,
) -> None:
    """Align recordings of people with their own words and with planted errors, and tell who speaks.

    Lists every false report with its time. Figures have their counts and 95 % intervals.
    """
    chosen = parts or PARTS
    recordings, missing = read_recordings(corpora)
    wanted = [each for each in recordings if only is None or each.tuning == (only == "tuning")]
    for line in missing:
        click.echo(line)
    rows: dict[tuple[str, str], Planted] = {}
    measured: list[human_text.Verbatim] = []
    meetings: list[tuple[str, human.DiarizationError]] = []
    named = "".join(f" --part {part}" for part in parts) + (f" --only {only}" if only else "")
    named += "".join(f" --sort '{sort}'" for sort in sorts)
    typed = f"scripts/benchmark human --corpora FOLDER{named} --seeds {seeds} --threads {threads} --write"

    def save() -> None:
        if write:
            human_page.write(options.PAGES / "human-speech.md", measured, rows, meetings, missing, typed)

    with TemporaryDirectory(prefix="benchmark-") as folder:
        aligner = Aligner(Path(folder), threads)
        if {"verbatim", "planted"} & {*chosen}:
            measured = [human_text.verbatim(recording, aligner) for recording in wanted]
        if "verbatim" in chosen:
            click.echo(human_page.verbatim_table(measured))
            click.echo("\n".join(human_page.false_reports(measured)))
            save()
        if "planted" in chosen:
            languages = {one.recording.name: one.recording.language for one in measured}
            pools = {"zh": show.unsaid(90), "en": (TEXTS / "english.txt").read_text("utf-8")}
            for sort in sorts or human_text.SORTS:
                for name, each in human_text.planted(measured, pools, sort, range(seeds), aligner):
                    language = languages[name]
                    rows[language, sort] = rows.get((language, sort), Planted()) + each
                    click.echo(f"{name}, {sort}: found {human_page.cell(each.recall)}")
                save()
            click.echo(human_page.planted_table(rows))
    if "speakers" in chosen:
        try:
            for name, error in human.meetings(corpora):
                click.echo(human.report(name, error))
                meetings.append((name, error))
        except InputError as error:
            click.echo(str(error))
            missing = (*missing, f"the meetings: they are in https://github.com/{human.REPOSITORY}")
        if meetings:
            click.echo(human.report("all", sum((each for _, each in meetings[1:]), meetings[0][1])))
    save()
