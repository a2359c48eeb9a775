"""What was tried and what came of it, as lines and as tables of docs/development/reliability.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scripts.benchmarks.report import machine, write_part
from scripts.reliability.fuzz import HANG, MEMORY, Fuzzed
from scripts.reliability.reviews import Tried

PAGE = Path(__file__).resolve().parents[2] / "docs" / "development" / "reliability.md"

FAULTS = ("<!-- faults: written by scripts/faults --write -->", "<!-- end of faults -->")
REVIEW = ("<!-- review: written by scripts/faults review --write -->", "<!-- end of review -->")
NETWORK = ("<!-- network: written by scripts/faults network --write -->", "<!-- end of network -->")
TRACED = (
    "",
    "The recording is the first 27 s of the demo (synthetic speech). Each row is a command with",
    "everything it starts, with nothing kept of the rows before. Counted are processes and threads that",
    "opened a file, made a folder or used a socket, and these calls. Nothing was written outside align's",
    "cache, the output folder, TMPDIR and (voices) the file of voices; in TMPDIR nothing was left but",
    "Ray's own log folder. Compiled Python modules are left out (PYTHONDONTWRITEBYTECODE). The browser is",
    "that of the tests: it asks for a route to an IPv6 address, to which it sends nothing, and its driver",
    "waits for events by io_uring.",
)
FUZZ = ("<!-- fuzz: written by scripts/fuzz --write -->", "<!-- end of fuzz -->")


@dataclass(frozen=True, slots=True)
class Trial:
    """Something that was tried.

    Attributes:
        told: what came of it, in a few words.
        problem: what was not as it must be, "" when all was.
        seconds: it took.
    """

    title: str
    told: str
    problem: str
    seconds: float


def trial_line(row: Trial) -> str:
    """For the eye."""
    state = "FAILED" if row.problem else "ok"
    return f"{state:6}  {row.title}: {row.problem or row.told} ({row.seconds:.0f} s)"


def fuzzed_line(row: Fuzzed) -> str:
    """For the eye."""
    state = f"FAILED  {row.problem}" if row.problem else "ok"
    return f"{row.reader:10} {row.files:>10,} files  slowest {row.slowest} s  peak {row.peak} MB  {state}"


def write_faults(rows: Sequence[Trial], page: Path = PAGE) -> None:
    """Put the table on the page."""
    head = "## Kills, faults and hostile input\n\n`scripts/faults --write`"
    _write(page, FAULTS, head, "| tried | came out | |\n| --- | --- | --- |", _lines(rows))


def write_network(rows: Sequence[Trial], page: Path = PAGE) -> None:
    """Put the table on the page."""
    head = "## Who is called, and what is written where\n\n`scripts/faults network --write`"
    _write(page, NETWORK, head, "| run | strace saw | |\n| --- | --- | --- |", [*_lines(rows), *TRACED])


def write_review(row: Trial, tried: Tried, options: str, page: Path = PAGE) -> None:
    """Put the counts of the review on the page."""
    command = f"scripts/faults review {options} --write"
    head = f"## Many clients on one review\n\n`{command}`, synthetic speech of the demo"
    asked = Counter(one.what for one in tried.acks)
    counts = {
        "confirmed to a client": len(tried.acks),
        "… decisions": asked["decided"],
        "… undone": asked["undone"],
        "refused, since another client was faster": tried.refused,
        **{f"killed, {how} after the restart": count for how, count in sorted(tried.kills.items())},
        "confirmed and not there after a restart": tried.lost,
        "files neither the old nor the new ones": tried.torn,
        "restarts with another state, or old and new files together": tried.other,
    }
    lines = [f"| {_cell(what)} | {count:,} |" for what, count in counts.items()]
    lines.append(f"\n{_cell(row.problem) or 'Nothing was lost'}; {row.seconds:.0f} s.")
    _write(page, REVIEW, head, "| | |\n| --- | --: |", lines)


def write_fuzz(rows: Sequence[Fuzzed], seconds: int, page: Path = PAGE) -> None:
    """Put the table on the page."""
    lines = [f"| {_figures(row)} | {_cell(row.problem) or 'ok'} |" for row in rows]
    total = sum(row.files for row in rows)
    lines.append(f"\n{total:,} files; a hang is {HANG} s for one, the limit of memory {MEMORY} MB.")
    columns = "| reader | files | slowest s | peak MB | |\n| --- | --: | --: | --: | --- |"
    _write(page, FUZZ, f"## Fuzzers\n\n`scripts/fuzz --seconds {seconds} --write`", columns, lines)


def _write(page: Path, marks: tuple[str, str], head: str, columns: str, lines: Sequence[str]) -> None:
    """Put a part on the page: a head that ends with the command, and a table."""
    body = f"\n{head}, {date.today()}, {machine()}.\n\n{columns}\n" + "\n".join(lines) + "\n\n"
    write_part(page, *marks, body)


def _lines(rows: Sequence[Trial]) -> list[str]:
    return [f"| {row.title} | {_cell(row.problem or row.told)} | {_state(row.problem)} |" for row in rows]


def _figures(row: Fuzzed) -> str:
    return f"{row.reader} | {row.files:,} | {row.slowest} | {row.peak}"


def _state(problem: str) -> str:
    return "**failed**" if problem else "ok"


def _cell(text: str) -> str:
    """Text in one cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")
