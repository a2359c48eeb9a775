"""What was measured, as lines, as tables of Markdown, and as JSON."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from align.core.atomic_write import write_whole
from scripts.benchmarks.metrics import Figures, Judged, figures, language_of

BEGIN = "<!-- timing: written by scripts/benchmark timing --write -->"
END = "<!-- end of timing -->"


@dataclass(frozen=True, slots=True)
class Score:
    """One tool on one set.

    Attributes:
        group: the set.
        tool: its name on the command line.
        title: its name in tables.
        tokens: of all recordings of the set.
        language: most of the set's text.
        seconds: of the set's recordings together.
        wall: seconds that the tool took for them, with a start of the program for each.
        peak: most bytes that it held.
        failed: what went wrong, "" when nothing did.
    """

    group: str
    tool: str
    title: str
    tokens: tuple[Judged, ...]
    language: str
    seconds: float
    wall: float
    peak: int
    failed: str = ""

    def by_language(self) -> Mapping[str, Figures]:
        """All tokens under "all", and where there are two languages each of them."""
        parts: dict[str, list[Judged]] = {}
        for one in self.tokens:
            parts.setdefault(language_of(one.truth.text, self.language), []).append(one)
        each = {name: figures(tokens) for name, tokens in sorted(parts.items())}
        return {"all": figures(self.tokens), **(each if len(each) > 1 else {})}


def line(score: Score) -> str:
    """One line for somebody who tunes."""
    if score.failed:
        return f"{score.group:17} {score.tool:12} failed: {score.failed}"
    one = figures(score.tokens)
    starts, ends = _both(one.start, one.start_bias), _both(one.end, one.end_bias)
    return (
        f"{score.group:17} {score.tool:12} AAS {_ms(one.aas)} ms  starts {starts}  ends {ends}  "
        f"median {_ms(one.median)}  p95 {_ms(one.p95)}  "
        f"in 20/50/100/200: {'/'.join(_percents(one))} %  tokens in 100: {_percent(one.tokens_within)} %  "
        f"missing {one.missing}/{one.tokens}  {score.wall:.1f} s  {score.peak / 1e6:.0f} MB"
    )


def worst(score: Score, count: int) -> Iterator[str]:
    """The edges with the largest errors, the largest first."""
    edges = [
        (said - known, one.truth.text, which, known)
        for one in score.tokens
        if one.placed is not None
        for which, known, said in (
            ("start", one.truth.start, one.placed.start),
            ("end", one.truth.end, one.placed.end),
        )
        if known is not None and said is not None
    ]
    for error, text, which, known in sorted(edges, key=lambda edge: -abs(edge[0]))[:count]:
        yield f"{error * 1000:+7.0f} ms  {which} of {text} at {known:.3f} s"


def as_json(scores: Iterable[Score]) -> str:
    """The figures for machines; errors in seconds, memory in bytes."""
    rows = [
        {
            "set": score.group,
            "tool": score.tool,
            "title": score.title,
            "recordings_seconds": round(score.seconds, 3),
            "wall_seconds": round(score.wall, 3),
            "peak_bytes": score.peak,
            "failed": score.failed,
            "figures": {name: asdict(one) for name, one in score.by_language().items()},
        }
        for score in scores
    ]
    return json.dumps({"machine": machine(), "date": str(date.today()), "rows": rows}, indent=1) + "\n"


def write_page(page: Path, scores: Sequence[Score], about: Mapping[str, str], command: str) -> None:
    """Replace the part of a page between BEGIN and END, or add it.

    Args:
        page: of Markdown.
        scores: to show, set by set.
        about: for each set what it is.
        command: that measured them.
    """
    write_part(page, BEGIN, END, _body(scores, about, command))


def write_part(page: Path, begin: str, end: str, body: str) -> None:
    """Replace what stands on a page of Markdown between two marks, or add it with them at the end."""
    text = page.read_text("utf-8") if page.is_file() else "# Benchmarks\n\n"
    before, found, rest = text.partition(begin)
    before, after = (
        (before, rest.partition(end)[2].lstrip("\n")) if found else (text.rstrip("\n") + "\n\n", "")
    )
    write_whole(page, f"{before}{begin}\n{body}{end}\n{after}")


def machine() -> str:
    """The class of this machine, without its name."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{platform.system()} {platform.machine()}, {cores} cores, {memory:.0f} GB, all on the CPU"


_LEGEND = """
Errors in ms; a bias above 0 is late. AAS is the mean absolute error over all starts and all ends. The shares
“≤ 20” to “≤ 200” are of edges, “tokens ≤ 100” is of tokens with every edge within 100 ms; what a tool did not
place at all (“missing”) counts as outside in the shares, and not in the means. A rival that gives one time to
a word of several Han characters is judged by that word's own start and end, and by nothing inside it. Each
tool ran in a process of its own: the wall time has its start and its model in it, once for each recording.
"""

_HEAD = """
| tool | text | tokens | missing | AAS | starts (bias) | ends (bias) | median | p95 \
| ≤ 20 | ≤ 50 | ≤ 100 | ≤ 200 | tokens ≤ 100 | wall s | peak MB |
| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |
"""


def _body(scores: Sequence[Score], about: Mapping[str, str], command: str) -> str:
    """Everything between the marks."""
    parts = [f"\n## Timing\n\n`{command}`, {date.today()}, {machine()}.\n{_LEGEND}"]
    for group in dict.fromkeys(score.group for score in scores):
        ours = [score for score in scores if score.group == group]
        seconds = max(score.seconds for score in ours)
        rows = [row for score in ours for row in _rows(score)]
        parts.append(f"\n### {group}\n\n{about[group]} {seconds:.0f} s.\n{_HEAD}" + "".join(rows))
    return "".join(parts) + "\n"


def _rows(score: Score) -> Iterable[str]:
    """One tool's rows of a table."""
    if score.failed:
        yield f"| {score.title} | failed: {score.failed.splitlines()[0][:80]} |" + " |" * 14 + "\n"
        return
    for language, one in score.by_language().items():
        cells = [score.title, language, str(one.tokens), str(one.missing), _ms(one.aas)]
        cells += [
            _both(one.start, one.start_bias),
            _both(one.end, one.end_bias),
            _ms(one.median),
            _ms(one.p95),
        ]
        cells += [*(f"{share} %" for share in _percents(one)), f"{_percent(one.tokens_within)} %"]
        cells += [f"{score.wall:.1f}", f"{score.peak / 1e6:.0f}"] if language == "all" else ["", ""]
        yield f"| {' | '.join(cells)} |\n"


def _both(size: float | None, bias: float | None) -> str:
    return f"{_ms(size)} ({_ms(bias, True)})" if size is not None else "–"


def _ms(seconds: float | None, signed: bool = False) -> str:
    """In milliseconds, with one decimal."""
    if seconds is None:
        return "–"
    return f"{seconds * 1000:+.1f}" if signed else f"{seconds * 1000:.1f}"


def _percents(one: Figures) -> list[str]:
    return [_percent(share) for share in one.within or (None,) * 4]


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share * 100:.1f}"
