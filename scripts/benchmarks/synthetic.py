"""Recordings whose times are known because scripts/make_speech made them."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

import numpy as np

from align.audio.decode import read_audio
from align.core.atomic_write import write_whole
from align.core.errors import InputError, ModelError
from align.core.types import SAMPLE_RATE
from scripts.benchmarks import degrade
from scripts.benchmarks.pcm import write_wave
from scripts.benchmarks.values import Sample, Word
from scripts.speech import check

ROOT = Path(__file__).resolve().parents[2]
TEXTS = Path(__file__).parent / "texts"

VOICE = "jf_gongitsune"
"""Left out when the phone head is trained."""

Speak: TypeAlias = Callable[[Path, Path], None]
"""A script to a recording, with its truth beside it."""

UNHEARD: Mapping[str, tuple[str, str]] = {
    "unheard-mandarin": ("mandarin", "zh"),
    "unheard-english": ("english", "en"),
    "unheard-mixed": ("mixed", "zh"),
}
"""Set to the name of its text and its language."""

CLEAN = "unheard-mandarin"
"""What the copies in DEGRADED are made of."""

DEGRADED: Mapping[str, str] = {
    "noise": "with noise of the speech's own spectrum, 10 dB below it",
    "laugh": "with a made laugh of 1.5 s every 8 s, 3 dB below the speech",
    "music": "with made chords and drums underneath, 10 dB below it",
    "fast": "1.4 times as fast at the same pitch, times mapped through the same cuts",
}
"""Set to what was done to CLEAN."""

DEMO = "demo"


def unheard(group: str, cache: Path, speak: Speak | None = None) -> tuple[Sample, ...]:
    """One set of UNHEARD, spoken now unless this text was spoken before by this make_speech.

    Args:
        group: a name in UNHEARD.
        cache: folder of the benchmark.
        speak: what speaks a script, make_speech by default.

    Raises:
        ModelError: the speech cannot be made.
    """
    name, language = UNHEARD[group]
    text = (TEXTS / f"{name}.txt").read_text("utf-8")
    audio = cache / "speech" / f"{name}.flac"
    made = audio.with_suffix(".made")
    wanted = _maker_digest(text)
    if not audio.is_file() or not made.is_file() or made.read_text("utf-8") != wanted:
        script = audio.with_suffix(".script.txt")
        write_whole(script, "".join(f"Reader: {line}\n" if line else "\n" for line in text.splitlines()))
        (speak or make_speech)(script, audio)
        write_whole(made, wanted)
    return (Sample(group, name, audio, text, language, read_truth(audio.with_suffix(".json"))),)


def degraded(group: str, cache: Path, speak: Speak | None = None) -> tuple[Sample, ...]:
    """One set of DEGRADED, made of CLEAN.

    Raises:
        ModelError: the speech cannot be made.
    """
    (clean,) = unheard(CLEAN, cache, speak)
    samples = read_audio(clean.audio).samples[:]
    spoken = [
        (word.start, word.end) for word in clean.truth if word.start is not None and word.end is not None
    ]
    changed, moved = degrade.CHANGES[group](samples, SAMPLE_RATE, spoken)
    audio = cache / "speech" / f"{clean.name}-{group}.wav"
    write_wave(audio, changed)
    edges = moved(np.array(spoken))
    truth = tuple(
        Word(word.text, float(start), float(end))
        for word, (start, end) in zip(clean.truth, edges, strict=True)
    )
    return (Sample(group, audio.stem, audio, clean.text, clean.language, truth),)


def demo() -> tuple[Sample, ...]:
    """The demo of this repository. Its voices are heard in training; its transcript leaves fillers out."""
    folder = ROOT / "seeds" / "demo"
    text = (folder / "transcript.plain.txt").read_text("utf-8")
    truth = read_truth(folder / "truth.json")
    return (Sample(DEMO, "livestream-demo", folder / "livestream-demo.opus", text, "zh", truth),)


def demo_as_spoken() -> Sample:
    """The demo with the text that its voices read, fillers and repeats included."""
    folder = ROOT / "seeds" / "demo"
    lines = (folder / "script.txt").read_text("utf-8").splitlines()
    text = "\n".join(line.partition("：")[2] for line in lines if line and not line.startswith("#"))
    truth = read_truth(folder / "truth.json")
    return Sample(DEMO, "livestream-demo", folder / "livestream-demo.opus", text, "zh", truth)


def trueness(sample: Sample) -> str:
    """How far the truth is from what can be seen in the sound without any model, in a sentence."""
    samples, rate = check.read(sample.audio)
    tokens = [{"text": word.text, "start": word.start, "end": word.end} for word in sample.truth]
    ends, starts = check.pause_errors(samples, rate, tokens)
    seen = {
        "onsets of s, sh and x": check.frication_errors(samples, rate, tokens),
        "ends at pauses": ends,
        "starts at pauses": starts,
    }
    told = [f"{name} {check.summary(errors)}" for name, errors in seen.items() if errors]
    return f"The truth less what the sound shows (scripts/speech/check.py), in ms: {'; '.join(told)}."


def read_truth(path: Path) -> tuple[Word, ...]:
    """What make_speech wrote beside a recording."""
    try:
        rows = json.loads(path.read_text("utf-8"))["tokens"]
    except (OSError, ValueError, KeyError) as error:
        raise InputError(
            path, f"is no truth of make_speech ({error}); delete it to have it made anew"
        ) from error
    return tuple(Word(row["text"], row["start"], row["end"]) for row in rows)


def _maker_digest(text: str) -> str:
    """Of all that a recording and its truth depend on."""
    code = sorted(path for path in (ROOT / "scripts/speech").glob("*.py") if path.name != "check.py")
    parts = [VOICE.encode(), text.encode(), *(path.read_bytes() for path in code)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def make_speech(script: Path, audio: Path, voice: str = VOICE) -> None:
    """Let scripts/make_speech read a script aloud, which takes about as long as the recording lasts."""
    command = [sys.executable, str(ROOT / "scripts/make_speech"), str(script), "-o", str(audio)]
    options = ["--voice", f"Reader={voice}", "--threads", "1"]
    done = subprocess.run([*command, *options], check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise ModelError("kokoro", f"cannot speak {script} ({done.stderr.strip()[-300:]}); mend that first")
