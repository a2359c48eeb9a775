"""The aligners that are measured: how each is called, and how its answer is read."""

from __future__ import annotations

import hashlib
import json
import shlex
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from align.core.errors import ModelError, UsageError
from align.registry import ensure
from scripts.benchmarks import rivals
from scripts.benchmarks.process import LIMIT, Cost, ToolError, run_measured
from scripts.benchmarks.values import Run, Word

ROOT = Path(__file__).resolve().parents[2]
RUNNERS = Path(__file__).parent / "runners"


@dataclass(frozen=True, slots=True)
class Job:
    """One recording for one tool.

    Attributes:
        audio: mono 16-bit WAV at 16 kHz.
        text: a file.
        language: "en" or "zh".
        threads: that the tool may use, as far as it can be told.
        cache: the benchmark's folder, where rivals are installed.
    """

    audio: Path
    text: Path
    language: str
    threads: int
    cache: Path


@dataclass(frozen=True, slots=True)
class Tool:
    """An aligner.

    Attributes:
        title: for the tables.
        languages: that it can do.
        version: a text that changes whenever its answers may.
        run: a job, and an empty folder to work in.
    """

    title: str
    languages: tuple[str, ...]
    version: Callable[[], str]
    run: Callable[[Job, Path], Run]


def run_tool(tool: Tool, job: Job) -> Run:
    """Align one recording in a process, and a folder, of its own.

    Raises:
        ToolError: the tool gave no answer.
        ModelError: it cannot be installed.
    """
    with TemporaryDirectory(prefix="benchmark-") as folder:
        return tool.run(job, Path(folder))


def _align(aligner: str) -> Callable[[Job, Path], Run]:
    """`align run` with one of its aligners."""

    def run(job: Job, folder: Path) -> Run:
        document, cost = run_align(job, folder, aligner)
        words = tuple(Word(row["text"], row["start"], row["end"]) for row in document["tokens"])
        return Run(words, cost.seconds, cost.peak)

    return run


def run_align(
    job: Job,
    folder: Path,
    aligner: str = "phone",
    stages: Path | None = None,
    good: Collection[int] = (0, 1),
    limit: int = LIMIT,
) -> tuple[dict[str, Any], Cost]:
    """`align run` without translation and speakers.

    Args:
        job: what to align.
        folder: gets the files.
        aligner: to use.
        stages: where finished stages are kept; None for none, since one that is used again takes no time.
        good: exit codes that are no failure; 1 is below the gate, with a result.
        limit: seconds after which it is stopped.

    Returns: NAME.alignment.json, and what it cost.

    Raises:
        ToolError: it ended with another exit code, or without a result.
        ModelError: this align has no such aligner.
    """
    command: list[str | Path] = [sys.executable, "-m", "align", "run", job.audio, job.text, "-o", folder]
    options = ["--language", job.language, "--no-translate", "--speakers", "off", "--offline", "--quiet"]
    options += ["--clean", "off"]  # the truth is that of the text as it is given
    chosen = [*_aligner_option(aligner), "--threads", str(job.threads), "--device", "cpu"]
    environment = {"ALIGN_STAGES": str(stages or folder / "stages"), **_threads(job)}
    cost = run_measured([*command, *options, *chosen], folder, environment, good, limit)
    found = list(folder.glob("*.alignment.json"))
    if not found:
        raise ToolError(f"align: {(folder / 'log').read_text('utf-8')[-500:]}")
    return json.loads(found[0].read_text("utf-8")), cost


def _aligner_option(aligner: str) -> list[str]:
    """How this align is told to use an aligner."""
    from align.cli.main import cli

    run = cli.get_command(click.Context(cli), "run")
    if run is not None and any(option.name == "aligner" for option in run.params):
        return ["--aligner", aligner]
    if aligner == "attention":
        return []
    raise ModelError(aligner, "this align has no such aligner; leave it out with --tool")


def _stable_ts(job: Job, folder: Path) -> Run:
    """stable-ts on the weights that align has."""
    more = [str(job.threads), str(ensure("whisper-base"))]
    return _rival([rivals.python(job.cache), RUNNERS / "run_stable_ts.py"], job, folder, more)


def _match(job: Job, folder: Path) -> Run:
    """What Whisper recognises, matched with the text; on the weights that align has."""
    more = [str(job.threads), str(ensure("whisper-base"))]
    return _rival([rivals.python(job.cache), RUNNERS / "run_match.py"], job, folder, more)


def _pocketsphinx(job: Job, folder: Path) -> Run:
    """pocketsphinx with its own English model."""
    more = [str(job.threads)]
    return _rival([rivals.python(job.cache), RUNNERS / "run_pocketsphinx.py"], job, folder, more)


def _echogarden(job: Job, folder: Path) -> Run:
    """echogarden's engine dtw, which compares with speech of eSpeak."""
    module = rivals.echogarden(job.cache)
    return _rival(["node", RUNNERS / "run_echogarden.mjs", module], job, folder, [])


def _rival(runner: Sequence[str | Path], job: Job, folder: Path, more: Sequence[str]) -> Run:
    """A runner, which writes rows of text, start, end."""
    out = folder / "words.json"
    return _answer([*runner, job.audio, job.text, job.language, out, *more], out, job, folder)


def other(command: str, title: str) -> Tool:
    """An aligner of one's own.

    Args:
        command: with {audio}, {text}, {language}, {threads} and {out} where these belong; it writes a JSON
            list of rows [text, start, end] to {out}, times in seconds or null.
        title: for the tables.

    Raises:
        UsageError: the command lacks {audio}, {text} or {out}, or has other braces.
    """
    words = shlex.split(command)

    def filled(values: Mapping[str, object]) -> list[str]:
        try:
            return [word.format(**values) for word in words]
        except (KeyError, IndexError, ValueError) as error:
            raise UsageError(f"--with has a field that is unknown ({error}); see its help") from error

    def run(job: Job, folder: Path) -> Run:
        out = folder / "words.json"
        values = {"audio": job.audio, "text": job.text, "language": job.language}
        return _answer(filled({**values, "threads": job.threads, "out": out}), out, job, folder)

    fields = ("audio", "text", "language", "threads", "out")
    used = filled({field: f"{{{field}}}" for field in fields})
    for field in ("audio", "text", "out"):
        if not any(f"{{{field}}}" in word for word in used):
            raise UsageError(f"--with lacks {{{field}}}; see its help")
    return Tool(title, ("en", "zh"), lambda: f"{command}\n{title}", run)


def _answer(command: Sequence[str | Path], out: Path, job: Job, folder: Path) -> Run:
    """What a command writes to `out`.

    Raises:
        ToolError: it failed, or wrote something else.
    """
    cost = run_measured(command, folder, _threads(job))
    try:
        rows = json.loads(out.read_text("utf-8"))
        words = tuple(Word(str(text), _time(start), _time(end)) for text, start, end in rows)
    except (OSError, ValueError, TypeError) as error:
        raise ToolError(f"{out.name}: is not a list of rows of text, start and end ({error})") from error
    return Run(words, cost.seconds, cost.peak)


def _time(value: object) -> float | None:
    return None if value is None else float(str(value))


def _threads(job: Job) -> Mapping[str, str]:
    """For the libraries that compute."""
    names = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS")
    return dict.fromkeys(names, str(job.threads))


def _own_version() -> str:
    """A digest of align's code and of what it ships."""
    digest = hashlib.sha256()
    for path in sorted(_shipped()):
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _shipped() -> Iterator[Path]:
    for folder in ("align", "models"):
        yield from (path for path in (ROOT / folder).rglob("*") if path.is_file() and path.suffix != ".pyc")


def _runner_version(name: str, *packages: str) -> Callable[[], str]:
    """What a rival's answers depend on."""
    return lambda: "\n".join(packages) + (RUNNERS / name).read_text("utf-8")


TOOLS: Mapping[str, Tool] = {
    "phone": Tool("align, phone", ("en", "zh"), _own_version, _align("phone")),
    "attention": Tool("align, attention", ("en", "zh"), _own_version, _align("attention")),
    "stable-ts": Tool(
        "stable-ts 2.19.1", ("en", "zh"), _runner_version("run_stable_ts.py", *rivals.ALONE), _stable_ts
    ),
    "match": Tool(
        "faster-whisper 1.2.1, words matched",
        ("en", "zh"),
        _runner_version("run_match.py", *rivals.ALONE),
        _match,
    ),
    "pocketsphinx": Tool(
        "pocketsphinx 5.1.1",
        ("en",),
        _runner_version("run_pocketsphinx.py", *rivals.ALONE),
        _pocketsphinx,
    ),
    "echogarden": Tool(
        "echogarden 2.10.2, dtw",
        ("en", "zh"),
        _runner_version("run_echogarden.mjs", rivals.ECHOGARDEN),
        _echogarden,
    ),
}
"""By the name on the command line; the first is the one that the others are measured beside."""
