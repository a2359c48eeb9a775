"""The same timed words cut into cues by align and by others, held against the rules of a profile."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, groupby, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import rjieba

from align.core.types import Alignment, Cue, Span, TimedToken, Track, Turn
from align.pronounce.tokens import tokenize
from align.subtitles.check import Rule, check
from align.subtitles.layout import lay_out
from align.subtitles.options import CueOptions
from align.subtitles.segment import segment
from align.subtitles.units import Unit, units_of
from scripts.benchmarks import rivals
from scripts.benchmarks.process import run_measured
from scripts.benchmarks.report import machine, write_part
from scripts.benchmarks.tools import RUNNERS

BEGIN = "<!-- cues: written by scripts/benchmark cues --write -->"
END = "<!-- end of cues -->"

SHOWN = (Rule.COLUMNS, Rule.LINES, Rule.SPEED, Rule.SHORTEST, Rule.LONGEST, Rule.OVERLAP, Rule.GAP)
"""The rules in the table."""

_NUMBER = re.compile(r"[0-9][0-9.,]*[0-9%]|[〇零一二三四五六七八九十百千万亿]{2,}")
"""Numbers that nobody parts; found here by a rule of its own, not by align's."""


@dataclass(frozen=True, slots=True)
class Words:
    """Speech whose words have exact times.

    Attributes:
        runs: what each speaker says, in units.
        duration: seconds.
    """

    alignment: Alignment
    turns: tuple[Turn, ...]
    runs: tuple[tuple[Unit, ...], ...]
    duration: float


@dataclass(frozen=True, slots=True)
class Cutting:
    """What somebody made of it.

    Attributes:
        seconds: of the CPU, for the cutting alone.
        ends: characters of the whole text, without spaces, before the end of each cue.
    """

    title: str
    track: Track
    seconds: float
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one cutting.

    Attributes:
        broken: how many cues break each rule.
        inside: cues that break none.
        one_frame: gaps of more than none and less than two frames.
        mean: seconds of a cue.
        words: ends of cues, inside a turn, that part a word by jieba and by SnowNLP, by both, and a number.
    """

    title: str
    cues: int
    broken: tuple[tuple[Rule, int], ...]
    inside: int
    one_frame: int
    mean: float
    words: tuple[int, int, int, int]
    seconds: float


def read_words(truths: Sequence[Path]) -> Words:
    """Recordings with their truth, one behind the other; each NAME.json has its NAME.txt beside it."""
    turns: list[Turn] = []
    placed: list[tuple[str, Span, str]] = []
    at = 0.0
    for path in truths:
        document = json.loads(path.read_text("utf-8"))
        rows = document["tokens"]
        speakers = {row["turn"]: row["speaker"] for row in rows}
        lines = path.with_suffix(".txt").read_text("utf-8").splitlines()
        turns += [Turn(speakers.get(n), line, len(turns) + n + 1) for n, line in enumerate(lines)]
        placed += [(row["text"], Span(row["start"] + at, row["end"] + at), row["speaker"]) for row in rows]
        at += document["duration"]
    tokens = tuple(
        TimedToken(token, span, 1.0, speaker)
        for token, (_, span, speaker) in zip(tokenize(turns), placed, strict=True)
    )
    alignment = Alignment(tokens, ())
    runs = groupby(units_of(alignment, turns), lambda unit: unit.run)
    return Words(alignment, tuple(turns), tuple(tuple(units) for _, units in runs), at)


def own(words: Words, options: CueOptions) -> Cutting:
    """What align makes of it."""
    begin = time.process_time()
    phrases = segment(words.alignment, words.turns, words.duration, "zh", options)
    track = lay_out(phrases, ("zh",), "zh", options)
    seconds = time.process_time() - begin
    ends = accumulate(len("".join(phrase.text.split())) for phrase in phrases)
    return Cutting("align", track, seconds, tuple(ends))


def others(words: Words, cache: Path) -> tuple[Cutting, ...]:
    """What stable-ts and WhisperX make of it.

    Raises:
        ModelError: they cannot be installed.
        ToolError: one of them failed.
    """
    given = [segment_rows(run) for run in words.runs]
    made = []
    for title, python, runner in (
        ("stable-ts 2.19.1, regroup", rivals.python, "run_regroup.py"),
        ("WhisperX 3.8.6, writer", rivals.cutters, "run_whisperx.py"),
    ):
        answer = run_json(python(cache), runner, given)
        made.append(_cutting(title, answer["cues"], answer["seconds"]))
    return tuple(made)


def run_json(python: Path, runner: str, given: object, *more: str) -> Any:
    """What a runner makes of some JSON."""
    with TemporaryDirectory(prefix="benchmark-") as name:
        folder = Path(name)
        source, out = folder / "given.json", folder / "out.json"
        source.write_text(json.dumps(given), "utf-8")
        run_measured([python, RUNNERS / runner, source, out, *more], folder, {"OMP_NUM_THREADS": "1"})
        return json.loads(out.read_text("utf-8"))


def segment_rows(run: Sequence[Unit]) -> dict[str, Any]:
    """A run as recognisers give what somebody says, with words."""
    rows = [
        {
            "word": unit.text + " " * unit.space,
            "start": unit.span.start,
            "end": unit.span.end,
            "probability": 1.0,
        }
        for unit in run
    ]
    text = "".join(str(row["word"]) for row in rows)
    return {"start": rows[0]["start"], "end": rows[-1]["end"], "text": text, "words": rows}


def _cutting(title: str, rows: Sequence[tuple[float, float, str]], seconds: float) -> Cutting:
    """Cues from rows of begin, end and text."""
    cues, ends = [], list(accumulate(len("".join(text.split())) for _, _, text in rows))
    for start, end, text in rows:
        lines = tuple(line.strip() for line in text.split("\n") if line.strip())
        cues.append(Cue(Span(start, max(start, end)), (lines,), None))
    return Cutting(title, Track(("zh",), tuple(cues)), seconds, tuple(ends))


def snownlp(cache: Path) -> Callable[[Sequence[str]], list[list[str]]]:
    """SnowNLP as a function from texts to their words."""
    return lambda texts: run_json(rivals.cutters(cache), "run_snownlp.py", list(texts))


def figures(words: Words, cutting: Cutting, options: CueOptions, independent: Sequence[set[int]]) -> Figures:
    """Measure a cutting.

    Args:
        independent: for each run the characters before which a word begins, by a second opinion.
    """
    found = check(cutting.track, options, 0.001)
    broken = Counter(rule for _, rule in {(one.cue, one.rule) for one in found})
    cues = cutting.track.cues
    gaps = [after.span.start - cue.span.end for cue, after in pairwise(cues)]
    least = options.fps.seconds(2) - 0.002
    return Figures(
        cutting.title,
        len(cues),
        tuple((rule, broken[rule]) for rule in Rule),
        len(cues) - len({one.cue for one in found}),
        sum(0.001 < gap < least for gap in gaps),
        sum(cue.span.duration for cue in cues) / len(cues),
        torn(words, cutting.ends, independent),
        cutting.seconds,
    )


def torn(words: Words, ends: Sequence[int], independent: Sequence[set[int]]) -> tuple[int, int, int, int]:
    """How many cues end inside a word by jieba, by the second opinion, by both, and inside a number."""
    at, counts = 0, [0, 0, 0, 0]
    wanted = set(ends)
    for run, second in zip(words.runs, independent, strict=True):
        text = text_of(run)
        first = begins(rjieba.cut(text))
        numbers = {k for match in _NUMBER.finditer(text) for k in range(match.start() + 1, match.end())}
        for place in (end - at for end in wanted if at < end < at + len(text)):
            if not (text[place - 1].isalnum() and text[place].isalnum()):
                continue  # behind a mark no word goes on, whatever a segmenter makes of it
            inside = (place not in first, place not in second)
            counts = [a + b for a, b in zip(counts, (*inside, all(inside), place in numbers), strict=True)]
        at += len(text)
    return counts[0], counts[1], counts[2], counts[3]


def text_of(run: Sequence[Unit]) -> str:
    """What a run says, without spaces, as cue ends are counted."""
    return "".join("".join(unit.text.split()) for unit in run)


def begins(parts: Sequence[str]) -> set[int]:
    """The characters before which a word begins."""
    return {0, *accumulate(len("".join(part.split())) for part in parts)}


def measure(words: Words, cache: Path, options: CueOptions) -> list[Figures]:
    """align and the others on the same words."""
    independent = [begins(parts) for parts in snownlp(cache)([text_of(run) for run in words.runs])]
    cuttings = [own(words, options), *others(words, cache)]
    return [figures(words, cutting, options, independent) for cutting in cuttings]


def table(measured: Sequence[Figures]) -> str:
    """All figures in Markdown."""
    return _HEAD + "".join(_row(one) for one in measured)


def _row(one: Figures) -> str:
    broken = dict(one.broken)
    cells = [one.title, str(one.cues), f"{100 * one.inside / one.cues:.1f} %", f"{one.mean:.2f}"]
    cells += [f"{100 * broken[rule] / one.cues:.1f}" for rule in SHOWN]
    cells += [str(one.one_frame), *map(str, one.words), f"{one.seconds:.1f}"]
    return f"| {' | '.join(cells)} |\n"


def write(page: Path, words: Words, measured: Sequence[Figures], options: CueOptions, command: str) -> None:
    """Put the table on a page."""
    head = f"\n## Cues\n\n`{command}`, {date.today()}, {machine()}.\n\n"
    about = _ABOUT.format(
        minutes=words.duration / 60,
        tokens=len(words.alignment.tokens),
        profile=options.profile_for("zh").name,
        fps=options.fps,
    )
    write_part(page, BEGIN, END, f"{head}{about}{table(measured)}\n")


_ABOUT = """The {tokens} words of the made show of {minutes:.0f} min, with their true times, cut into cues:
by align, by stable-ts' default regrouping, and by WhisperX' subtitle writer told 16 characters and 2 lines.
Each gets what one speaker says in one turn as a segment. Held against `{profile}` at {fps} frames a second
with the code of `align check`: cues inside all rules, mean seconds of a cue, then for each rule how
many of a hundred cues break it, and how many gaps are shorter than two frames. “Parted” counts the cues
that end inside a word by jieba (which align cuts by), by SnowNLP (which it does not know), by both, and in
a number. CPU seconds are those of the cutting alone. Neither of the others knows frames, gaps or reading
speed, so this says what is left to do by hand, not that they do badly what they are for.
"""

_COLUMNS = (
    *("cues", "inside", "mean s", "columns", "lines", "speed", "too short", "too long", "overlap", "gap"),
    *("under 2 frames", "parted: jieba", "SnowNLP", "both", "number", "CPU s"),
)
_HEAD = f"\n| | {' | '.join(_COLUMNS)} |\n| --- {'| --: ' * len(_COLUMNS)}|\n"
