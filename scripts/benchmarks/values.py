"""What is passed between the parts of the benchmark. Times are seconds from the start of the recording."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Word:
    """Some text with its place, as a person, an aligner or a voice's maker gives it.

    Attributes:
        text: a word, a Han character, or a whole sentence of which the edges alone are known.
        start: None where it is not known.
        end: None where it is not known.
    """

    text: str
    start: float | None
    end: float | None

    @property
    def timed(self) -> bool:
        """Whether either edge is known."""
        return self.start is not None or self.end is not None


@dataclass(frozen=True, slots=True)
class Sample:
    """One recording to align.

    Attributes:
        group: name of the set.
        name: of the recording, unique in its set.
        audio: the file.
        text: as a user would have it: prose with punctuation.
        language: most of the text, "en" or "zh".
        truth: what is known of the times, in the order of the text.
    """

    group: str
    name: str
    audio: Path
    text: str
    language: str
    truth: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """What one tool made of one recording.

    Attributes:
        words: in the order of the text, in the tool's own cutting.
        seconds: wall time of the whole process, model loading included.
        peak: most bytes of memory that it held.
    """

    words: tuple[Word, ...]
    seconds: float
    peak: int
