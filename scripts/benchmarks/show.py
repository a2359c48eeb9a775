"""A show of ninety minutes in five voices whose times are known, made in parts that are kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

from align.core.atomic_write import write_whole
from align.core.errors import UsageError
from align.registry import ensure
from scripts.benchmarks import show_text
from scripts.benchmarks.values import Sample, Word
from scripts.speech import check, kokoro, output, render, voices
from scripts.speech.kokoro import SAMPLE_RATE
from scripts.speech.script import Line

Perform: TypeAlias = Callable[[Sequence[Line], render.Manner], Iterator[render.Block]]
"""Turns to sound."""

MINUTES = 90.0

VOICES = {
    "one": "jf_alpha",
    "two": "jm_kumo",
    "three": "jf_gongitsune",
    "four": "jf_nezumi@1.06",
    "five": "jf_tebukuro@0.94",
}
"""Of the speakers, in turn; the phone head never heard the third."""

MANNER = render.Manner(1.12, (0.3, 0.9), (0.15, 0.45), noise=30.0)
"""The seed is the number of the part, so rooms change from part to part as on a show of many days."""

_SPEECH = Path(__file__).parents[1] / "speech"
_ABOUT_FILES = ("__init__.py", "check.py", "command.py", "output.py", "script.py")
"""Of scripts/speech: what neither the sound nor its times depend on."""

_STEP = 10 * SAMPLE_RATE
"""Samples that are passed on at once when the parts are joined."""


@dataclass(frozen=True, slots=True)
class Part:
    """A few minutes of the show: folder/NAME.flac, NAME.json with the truth, and NAME.txt."""

    folder: Path
    name: str
    lines: tuple[Line, ...]
    number: int

    def file(self, ending: str) -> Path:
        """One of its files."""
        return self.folder / f"{self.name}{ending}"


@dataclass(frozen=True, slots=True)
class Show:
    """A recording that was made.

    Attributes:
        sample: with the text as it is spoken, and every token's times.
        seconds: its length.
        parts: stems of the recordings that it was joined from, each with .flac, .json and .txt.
    """

    sample: Sample
    seconds: float
    parts: tuple[Path, ...]


def make(minutes: float, cache: Path, perform: Perform, say: Callable[[str], None]) -> Show:
    """Speak the show of about that length; what an earlier call finished is not spoken again.

    Args:
        minutes: wanted, MINUTES or less.
        cache: folder of the benchmark.
        perform: what speaks, such as `voice`.
        say: told of each part.

    Raises:
        ModelError: the voice cannot be had.
    """
    parts = plan(minutes, cache / "show")
    for part in [part for part in parts if not part.file(".json").exists()]:
        say(f"speaking part {part.number + 1} of {len(parts)}")
        _speak(part, perform)
    made = _stem(minutes, cache).with_suffix(".made")
    names = "".join(f"{part.name}\n" for part in parts)
    if not made.exists() or made.read_text("utf-8") != names:
        say("joining the parts")
        _join(parts, made.with_suffix(".flac"))
        write_whole(made, names)
    return read(minutes, cache)


def voice(threads: int) -> Perform:
    """Kokoro in VOICES, loaded when it is first wanted; the sound is the same for any number of threads."""
    participants = {name: voices.parse(spec) for name, spec in VOICES.items()}
    model = lru_cache(lambda: kokoro.load(ensure("kokoro")))
    return lambda lines, manner: render.render(lines, participants, model(), manner, threads)


def read(minutes: float, cache: Path) -> Show:
    """The show of that length as it was made.

    Raises:
        UsageError: it was not made.
    """
    stem = _stem(minutes, cache)
    if not stem.with_suffix(".made").exists():
        raise UsageError(
            f"there is no show of {minutes:g} minutes yet; make it with "
            f"`scripts/benchmark make-show --minutes {minutes:g}`, which takes about as long"
        )
    names = stem.with_suffix(".made").read_text("utf-8").split()
    parts = tuple(stem.parent / name for name in names)
    return Show(*read_stem(stem), parts)


def read_stem(stem: Path) -> tuple[Sample, float]:
    """A recording with its text and truth beside it, and its length in seconds."""
    document = json.loads(stem.with_suffix(".json").read_text("utf-8"))
    truth = tuple(Word(row["text"], row["start"], row["end"]) for row in document["tokens"])
    text = stem.with_suffix(".txt").read_text("utf-8")
    return Sample("show", stem.name, stem.with_suffix(".flac"), text, "zh", truth), document["duration"]


def plan(minutes: float, folder: Path) -> tuple[Part, ...]:
    """The parts, named by all that their sound depends on."""
    code = [path for path in sorted(_SPEECH.glob("*.py")) if path.name not in _ABOUT_FILES]
    maker = b"\0".join(path.read_bytes() for path in code)
    text = show_text.SEED_TEXT.read_text("utf-8")
    found = []
    for number, lines in enumerate(show_text.parts(minutes, tuple(VOICES), text)):
        key = repr((lines, VOICES, MANNER, number)).encode() + maker
        name = f"part-{number:02}-{hashlib.sha256(key).hexdigest()[:8]}"
        found.append(Part(folder, name, lines, number))
    return tuple(found)


def unsaid(minutes: float) -> str:
    """The sentences of the seed that nobody says in the show of that length."""
    text = show_text.SEED_TEXT.read_text("utf-8")
    parts = show_text.parts(minutes, tuple(VOICES), text)
    return show_text.unsaid([line for part in parts for line in part], text)


def _stem(minutes: float, cache: Path) -> Path:
    """The show's files without their endings; no dot in it, which would be an ending."""
    return cache / "show" / f"show-{minutes:g}".replace(".", "_")


def _speak(part: Part, perform: Perform) -> None:
    """Make a part's files, the truth last, which says that all are there."""
    blocks = perform(part.lines, replace(MANNER, seed=part.number))
    samples, tokens = output.write_recording(part.file(".flac"), blocks, 0)
    write_whole(part.file(".txt"), "".join(f"{line.text}\n" for line in part.lines))
    output.write_truth(part.file(".json"), part.file(".flac").name, samples, VOICES, tokens)


def _join(parts: Sequence[Part], audio: Path) -> None:
    """Write the parts one behind the other, with their truth and text; memory holds one part."""
    samples, tokens = output.write_recording(audio, _blocks(parts), 0)
    output.write_truth(audio.with_suffix(".json"), audio.name, samples, VOICES, tokens)
    write_whole(audio.with_suffix(".txt"), "".join(part.file(".txt").read_text("utf-8") for part in parts))


def _blocks(parts: Sequence[Part]) -> Iterator[render.Block]:
    """The parts' sound, and with the first of each part all its tokens."""
    at = turns = 0
    for part in parts:
        samples, _ = check.read(part.file(".flac"))
        rows = json.loads(part.file(".json").read_text("utf-8"))["tokens"]
        tokens = tuple(moved(render.SpokenToken(**row), at / SAMPLE_RATE, turns) for row in rows)
        for first, last in pairwise([*range(0, len(samples), _STEP), len(samples)]):
            yield render.Block(samples[first:last], tokens if first == 0 else ())
        at, turns = at + len(samples), turns + len(part.lines)


def moved(token: render.SpokenToken, seconds: float, turns: int) -> render.SpokenToken:
    """The token as it is when as much comes before it."""
    later = token.turn + turns
    return replace(token, start=token.start + seconds, end=token.end + seconds, turn=later)
