"""What each dependency of the core installation weighs, and how long it takes to import."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from scripts.benchmarks.report import machine, write_part
from scripts.releasing.environments import ROOT, Environment, Installed, make, output, pip_install, run

PAGE = ROOT / "docs" / "development" / "dependencies.md"
BEGIN, END = "<!-- weights: written by scripts/dependencies --write -->", "<!-- end of weights -->"

OURS = "align-subtitles"
TIMES = 3
"""Times that each module is imported; the fastest counts."""

_IMPORT = "import time; start = time.perf_counter(); import {}; print(time.perf_counter() - start)"


@dataclass(frozen=True, slots=True)
class Weight:
    """One distribution of the core installation.

    Attributes:
        seconds: to import its slowest module in a process of its own, with all that it imports in turn;
            None where nothing can be imported.
        needed_by: the distributions that require it.
    """

    installed: Installed
    seconds: float | None
    needed_by: tuple[str, ...]


def weigh(environment: Environment) -> tuple[Weight, ...]:
    """The distributions of an environment, the largest first."""
    everything = environment.installed()
    return tuple(
        Weight(one, _import_time(environment, one), needed_by(one.name, everything)) for one in everything
    )


def needed_by(name: str, everything: Sequence[Installed]) -> tuple[str, ...]:
    """The names of the distributions that require `name`."""
    return tuple(sorted(one.name for one in everything if name in one.needs))


def _import_time(environment: Environment, one: Installed) -> float | None:
    """Seconds of the slowest module; one that cannot be imported alone is passed over."""
    if one.name == OURS:
        return None
    slowest: float | None = None
    for module in one.modules:
        try:
            times = [float(output([environment.python, "-c", _IMPORT.format(module)])) for _ in range(TIMES)]
        except RuntimeError:
            continue
        slowest = max(min(times), slowest or 0.0)
    return slowest


def table(weights: Sequence[Weight], whole: int) -> str:
    """The part of the page between the marks.

    Args:
        whole: bytes of the environment.
    """
    rows = [
        f"| {one.installed.name} {one.installed.version} | {one.installed.size / 2**20:.1f} "
        f"| {'–' if one.seconds is None else f'{one.seconds * 1000:.0f}'} | {', '.join(one.needed_by)} |"
        for one in weights
    ]
    version = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    return "\n".join(
        [
            "",
            "## Measured",
            "",
            f"`scripts/dependencies --write`, {date.today()}, {version}, {machine()}.",
            "",
            f"The whole environment takes {whole / 2**20:.0f} MB, pip itself included.",
            "",
            "| package | MB | import ms | needed by |",
            "| --- | --: | --: | --- |",
            *rows,
            "",
        ]
    )


@click.command()
@click.option("--write", is_flag=True, help="Put the table into docs/development/dependencies.md.")
def dependencies(write: bool) -> None:
    """Install the core of align into a fresh environment and weigh everything in it."""
    with TemporaryDirectory(prefix="align-") as folder:
        environment = make(Path(folder) / "core")
        pip_install(environment, ROOT)
        run([environment.commands / "align", "--version"])
        body = table(weigh(environment), environment.size())
    click.echo(body)
    if write:
        write_part(PAGE, BEGIN, END, body)


if __name__ == "__main__":
    dependencies()
