"""What several commands of scripts/benchmark ask for."""

from __future__ import annotations

from pathlib import Path

import click
import platformdirs

DEVELOPMENT = Path(__file__).resolve().parents[2] / "docs" / "development"
PAGES = DEVELOPMENT / "benchmarks"
RELIABILITY = DEVELOPMENT / "reliability.md"
BATCH = DEVELOPMENT.parent / "guides" / "many-recordings.md"

CACHE = click.option(
    "--cache",
    type=click.Path(path_type=Path),
    envvar="BENCHMARK_CACHE",
    show_envvar=True,
    help="Folder for what is made and installed; by default one in the user's cache.",
)

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)

THREADS = click.option(
    "--threads", default=1, show_default=True, type=click.IntRange(1), help="For each tool."
)

FRESH = click.option("--fresh", is_flag=True, help="Use no kept answers.")

WRITE = click.option("--write", is_flag=True, help="Write the tables into docs/development/benchmarks/.")

MINUTES = click.option(
    "--minutes",
    default=90.0,
    show_default=True,
    type=click.FloatRange(0.5, 90),
    help="Length of the show, about.",
)


def home(cache: Path | None) -> Path:
    """The benchmark's folder."""
    return (cache or platformdirs.user_cache_path("align") / "benchmark").resolve()


def typed(command: str, minutes: float, threads: int, more: str = "") -> str:
    """What was typed, without this machine's folders."""
    return f"scripts/benchmark {command} --minutes {minutes:g} --threads {threads}{more} --write"
