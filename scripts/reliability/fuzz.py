"""The readers under files that a fuzzer makes: atheris, which keeps what reaches new code and changes that.

Each reader runs in a process of its own, so that a crash, a file that it works on for too long, or memory
that grows ends that reader alone; the file is kept.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HANG = 10
"""Seconds that a reader may take for one file."""

MEMORY = 1500
"""Megabytes that it may hold."""

LARGEST = 20_000
"""Bytes of the files that the fuzzer makes; larger ones have trials of their own in hostile.py."""

ROOT = Path(__file__).resolve().parents[2]

_STATS = re.compile(r"stat::(\w+):\s+(\d+)")


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """What came of a reader.

    Attributes:
        files: that it was given.
        slowest: seconds that it took for one, at most, in whole seconds.
        peak: megabytes that it held at most.
        problem: what went wrong and where the file lies, "" when nothing did.
    """

    reader: str
    files: int
    slowest: int
    peak: int
    problem: str


def fuzz(names: Sequence[str], seconds: int, found: Path, seed: int) -> Iterator[Fuzzed]:
    """Give each reader files for so many seconds.

    Args:
        names: of the readers.
        found: folder that gets files which a reader does not bear.
        seed: the same files for the same seed and speed.
    """
    found.mkdir(parents=True, exist_ok=True)
    for name in names:
        with tempfile.TemporaryDirectory(prefix="fuzz-") as corpus:
            command = [sys.executable, "-m", "scripts.reliability.fuzz", name, corpus, str(found)]
            limits = [f"-max_total_time={seconds}", f"-timeout={HANG}", f"-rss_limit_mb={MEMORY}"]
            limits += [f"-max_len={LARGEST}", f"-seed={seed}", "-print_final_stats=1"]
            limits += [f"-artifact_prefix={found / name}-"]
            ran = subprocess.run(
                [*AFRESH, *command, *limits],
                cwd=ROOT,
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
            )
        yield _read(name, ran.stderr + ran.stdout, ran.returncode)


def _read(name: str, told: str, code: int) -> Fuzzed:
    """What libFuzzer says of a reader."""
    stats = {found[1]: int(found[2]) for found in _STATS.finditer(told)}
    problem = ""
    if code != 0 or "number_of_executed_units" not in stats:
        lines = [line.strip() for line in told.splitlines() if line.strip()]
        telling = [line for line in lines if re.search(r"Error|Exception|ERROR|Test unit written", line)]
        problem = f"ended with {code}: " + "; ".join((telling or lines)[-4:])
    return Fuzzed(
        name,
        stats.get("number_of_executed_units", 0),
        stats.get("slowest_unit_time_sec", 0),
        stats.get("peak_rss_mb", 0),
        problem,
    )


def main() -> None:
    """READER CORPUS FOUND FLAGS...: what the process of one reader does."""
    import atheris

    with atheris.instrument_imports(include=["align", "pysubs2", "markdown_it", "tomllib", "docx"]):
        from scripts.reliability.readers import attempt, readers

    name, corpus, _, *flags = sys.argv[1:]
    reader = readers()[name]
    for number, seed in enumerate(reader.seeds):
        (Path(corpus) / f"seed-{number}").write_bytes(seed)
    with tempfile.TemporaryDirectory(prefix="fuzz-", dir=_in_memory()) as folder:
        for seed in reader.seeds:
            attempt(reader, seed, Path(folder))  # what is loaded once is no part of a file's time
        atheris.Setup(
            [sys.argv[0], *flags, corpus], lambda data: attempt(reader, data, Path(folder)) and None
        )
        atheris.Fuzz()


def _in_memory() -> str | None:
    """A folder that no disk has to write, where there is one."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


if __name__ == "__main__":
    main()

AFRESH = ("/bin/sh", "-c", '"$@"; exit $?', "sh")
"""What starts a fuzzer: Linux counts the most memory that a process has had from that of its parent on, and
this parent has little."""
