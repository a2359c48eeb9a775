"""`align doctor`: what is installed, and how to fix what is not."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import click

from align.cli.messages import exit_code, print_document
from align.cli.options import with_output_options
from align.core.errors import ModelError, outcome
from align.core.extras import EXTRAS, install_command
from align.core.terminal import printer

NEEDED = (
    "av", "click", "cn2an", "ctranslate2", "faster-whisper", "filelock", "httpx2", "jinja2", "markdown-it-py",
    "msgspec", "numpy", "opencc", "platformdirs", "pypinyin", "pysubs2", "python-docx", "rapidfuzz", "rich",
    "rjieba", "sentencex", "text2num", "threadpoolctl",
)  # fmt: skip
"""The packages that the main job needs, those of pyproject.toml."""
LEAST_PYTHON = (3, 10)


@click.command()
@with_output_options
def doctor(**given: Any) -> int:
    """Check your installation, models and GPU, and suggest fixes."""
    findings = examine()
    broken = failure(findings)
    if given["as_json"]:
        print_document(as_document(findings, broken))
    else:
        print_table(
            ("Checked", "Found", "Fix"),
            [(finding.subject, finding.state, finding.fix) for finding in findings],
        )
    return exit_code(broken)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was checked; the fields are those of the JSON document.

    Attributes:
        sound: False if the main job cannot be done because of it.
        fix: a command or a sentence that fixes it, "" if nothing is wrong.
    """

    subject: str
    state: str
    sound: bool = True
    fix: str = ""


def examine() -> tuple[Finding, ...]:
    """Check Python, packages, models and devices; loads no model."""
    return (*_packages(), *_models(), _cuda())


def failure(findings: Sequence[Finding]) -> ModelError | None:
    """What stops the main job, None if nothing does."""
    broken = [finding for finding in findings if not finding.sound]
    return ModelError(broken[0].subject, f"{broken[0].state}; {broken[0].fix}") if broken else None


def as_document(findings: Sequence[Finding], broken: ModelError | None) -> dict[str, Any]:
    """What `align doctor --json` prints."""
    return {**outcome(broken), "findings": [asdict(finding) for finding in findings]}


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table on stdout in which no text is cut."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*row)
    printer().print(table)


def _packages() -> Iterator[Finding]:
    """Python, the packages that the main job needs, and those of the extras."""
    version = platform.python_version()
    old = sys.version_info < LEAST_PYTHON
    fix = f"install Python {LEAST_PYTHON[0]}.{LEAST_PYTHON[1]} or newer" if old else ""
    yield Finding("Python", f"{version} on {platform.system()} {platform.machine()}", not old, fix)
    for name in NEEDED:
        if installed := _version(name):
            yield Finding(name, installed)
        else:
            yield Finding(name, "not installed", sound=False, fix="pip install align-subtitles")
    for name, extra in EXTRAS.items():
        if installed := _version(name):
            yield Finding(name, installed)
        else:
            yield Finding(name, "not installed (optional)", fix=install_command(extra))


def _version(name: str) -> str | None:
    """The installed version of a package."""
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _models() -> Iterator[Finding]:
    """Which models are here, by name alone; `align models verify` reads them."""
    from align.registry import cache_folder, load_registry, state_of
    from align.registry.pull import State

    yield Finding("model cache", str(cache_folder()))
    for model in load_registry():
        state = state_of(model)
        fixable = state is not State.HERE and model.package is None
        yield Finding(
            f"model {model.name}", state.value, fix=f"align models pull {model.name}" if fixable else ""
        )


def _cuda() -> Finding:
    """Whether a CUDA GPU can be used."""
    import ctranslate2

    count = ctranslate2.get_cuda_device_count()
    if not count:
        return Finding("CUDA", "no usable GPU; everything runs on the CPU")
    try:
        types = ", ".join(sorted(ctranslate2.get_supported_compute_types("cuda")))
    except (RuntimeError, ValueError) as error:
        return Finding("CUDA", f"{count} found, not usable: {error}", fix="choose --device cpu")
    return Finding("CUDA", f"{count} usable ({types})")
