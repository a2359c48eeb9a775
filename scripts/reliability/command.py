"""The options of scripts/faults and scripts/fuzz."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

import click
import platformdirs

from scripts.reliability import fuzz as fuzzers
from scripts.reliability import kills, report
from scripts.reliability import network as traces
from scripts.reliability.faults import FAULTS
from scripts.reliability.hostile import HOSTILE
from scripts.reliability.report import Trial
from scripts.reliability.reviews import Tried, reviewed_demo
from scripts.reliability.trace import why_not
from scripts.reliability.workshop import Broken, Workshop, workshop

TRIALS = {trial.__name__: trial for trial in (*FAULTS, *HOSTILE)}
TRANSLATED = ("--speakers", "off")
"""The options of runs that translate."""


@click.group(invoke_without_command=True)
@click.option("--kills", "count", default=50, show_default=True, help="Runs to kill at moments by chance.")
@click.option("--translated", default=5, show_default=True, help="The same for runs that translate.")
@click.option(
    "--operations/--no-operations", default=True, show_default=True, help="Kill at each operation on a file."
)
@click.option(
    "--trial", "names", multiple=True, type=click.Choice(list(TRIALS)), help="By default all of the list."
)
@click.option("--no-trials", is_flag=True, help="Leave the list out.")
@click.option("--seed", default=1, show_default=True, help="Of the moments.")
@click.option("--write", is_flag=True, help="Write the counts into docs/development/reliability.md.")
@click.pass_context
def faults(
    context: click.Context,
    count: int,
    translated: int,
    operations: bool,
    names: Sequence[str],
    no_trials: bool,
    seed: int,
    write: bool,
) -> None:
    """Kill runs, try the list of faults and of hostile input, and count what is not as it must be."""
    if context.invoked_subcommand is not None:
        return
    rows: list[Trial] = []
    with workshop() as shop:
        if count:
            rows.append(_killed("at moments by chance", lambda: kills.at_moments(shop, count, seed)))
        if operations:
            rows.append(
                _killed(
                    "before each operation on a file of `align export`", lambda: kills.at_operations(shop)
                )
            )
        rows += [_tried(name, shop) for name in (() if no_trials else names or TRIALS)]
    if translated:
        with workshop(TRANSLATED) as shop:
            rows.append(_killed("while translating", lambda: kills.at_moments(shop, translated, seed + 1)))
    _end(rows, report.write_faults if write else None)


@faults.command("network")
@click.option("--write", is_flag=True, help="Write the counts into docs/development/reliability.md.")
def network(write: bool) -> None:
    """Run align with every extra under strace: whom does it call, and where does it write?"""
    if reason := why_not():
        raise click.ClickException(reason)
    rows = []
    with tempfile.TemporaryDirectory(prefix="network-") as root:
        for row in traces.steps(traces.place(Path(root))):
            click.echo(report.trial_line(row))
            rows.append(row)
    _end(rows, report.write_network if write else None)


@faults.command()
@click.option("--clients", default=20, show_default=True, type=click.IntRange(1), help="At once.")
@click.option(
    "--decisions", default=3300, show_default=True, type=click.IntRange(1), help="Of all, undos included."
)
@click.option(
    "--kills", default=10, show_default=True, type=click.IntRange(1), help="While the review applies."
)
@click.option("--seed", default=1, show_default=True, help="Of what is decided, and of the moments.")
@click.option("--write", is_flag=True, help="Write the counts into docs/development/reliability.md.")
def review(clients: int, decisions: int, kills: int, seed: int, write: bool) -> None:
    """Let many clients decide in one review, kill it while it applies, and count what is lost."""
    began, tried = time.monotonic(), Tried()
    try:
        with reviewed_demo() as storm:
            tried = storm.tried(clients, decisions, kills, seed, click.echo)
        problem = tried.problem
    except Broken as error:
        problem = str(error)
    seconds = time.monotonic() - began
    row = Trial(f"{clients} clients, {kills} kills in apply", tried.told, problem, seconds)
    click.echo(report.trial_line(row))
    if write:
        report.write_review(row, tried, f"--clients {clients} --decisions {decisions} --kills {kills}")
    sys.exit(bool(problem))


@click.command()
@click.option("--seconds", default=60, show_default=True, type=click.IntRange(1), help="For each reader.")
@click.option("--reader", "names", multiple=True, help="By default all.")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(1), help="Of the files.")
@click.option(
    "--found", type=click.Path(path_type=Path), help="Folder for files that a reader does not bear."
)
@click.option("--write", is_flag=True, help="Write the counts into docs/development/reliability.md.")
def fuzz(seconds: int, names: Sequence[str], seed: int, found: Path | None, write: bool) -> None:
    """Give every reader files that a fuzzer makes, and count crashes, hangs, and memory that grows."""
    from scripts.reliability.readers import readers

    unknown = set(names) - set(readers())
    if unknown:
        raise click.UsageError(
            f"there is no reader {sorted(unknown)[0]!r}; choose from {', '.join(readers())}"
        )
    folder = found or platformdirs.user_cache_path("align") / "fuzz"
    rows = []
    for row in fuzzers.fuzz(list(names or readers()), seconds, folder, seed):
        click.echo(report.fuzzed_line(row))
        rows.append(row)
    problems = sum(bool(row.problem) for row in rows)
    click.echo(f"{sum(row.files for row in rows):,} files, {problems} of {len(rows)} readers failed")
    if write:
        report.write_fuzz(rows, seconds)
    sys.exit(bool(problems))


def _killed(what: str, attempts: Callable[[], Iterator[kills.Kill]]) -> Trial:
    """The kills of a kind as a row."""
    began = time.monotonic()
    done, problems = [], []
    for one in attempts():
        done.append(one)
        if one.problem:
            problems.append(f"{one.at:g}: {one.problem}")
            click.echo(f"killed at {problems[-1]}", err=True)
    leaving = sum(bool(one.left) for one in done)
    told = f"{len(done)} runs, {len(problems)} with other bytes or something left over; "
    told += f"{leaving} left temporary files, which the next run removed"
    row = Trial(f"killed {what}", told, "; ".join(problems), time.monotonic() - began)
    click.echo(report.trial_line(row))
    return row


def _tried(name: str, shop: Workshop) -> Trial:
    """One of the list as a row."""
    began, title = time.monotonic(), name.replace("_", " ")
    try:
        told, problem = TRIALS[name](shop), ""
    except Broken as error:
        told, problem = "", str(error)
    row = Trial(title, told, problem, time.monotonic() - began)
    click.echo(report.trial_line(row))
    return row


def _end(rows: Sequence[Trial], write: Callable[[Sequence[Trial]], None] | None) -> NoReturn:
    problems = sum(bool(row.problem) for row in rows)
    click.echo(f"{problems} of {len(rows)} failed")
    if write:
        write(rows)
    sys.exit(bool(problems))
