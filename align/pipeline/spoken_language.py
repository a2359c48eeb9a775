"""Which language of a transcript in two languages is spoken: the recording tells."""

from __future__ import annotations

import os
from dataclasses import replace

from align.audio.decode import find_speech
from align.audio.recognition import load_whisper, share_of_language
from align.core.arguments import AnyPath
from align.core.cache import Cache, default_cache_folder
from align.core.device import usable_device
from align.core.progress import Progress
from align.core.types import Span
from align.pipeline.context import Inputs
from align.pipeline.loaded_models import ALIGNER
from align.pipeline.options import AUTO, RunOptions
from align.pipeline.run import gather, read_text
from align.registry import ensure


def gather_and_hear(audio: AnyPath, transcript: AnyPath, options: RunOptions, progress: Progress) -> Inputs:
    """What `gather` reads; of a transcript in two languages that one is aligned which the recording is in.

    Only where the user names no language, since it takes the recogniser some seconds.

    Raises:
        InputError, ModelError, UsageError: as `gather`; or the recogniser cannot be loaded.
    """
    inputs = gather(audio, transcript, options, progress)
    codes = inputs.transcript.languages
    if len(codes) != 2 or options.language != AUTO or options.reading.language:
        return inputs
    with progress.transfer() as arrived:
        folder = ensure(ALIGNER, offline=options.offline, announce=progress.say, progress=arrived)
    device, threads = usable_device(options.device), options.threads or os.cpu_count() or 1
    with progress.stage("Hearing which language is spoken", 0):
        whisper = load_whisper(folder, device.kind, threads, device.index)
        with Cache(default_cache_folder()).held() as cache:
            speech = cache.get_or_compute(
                "speech", inputs.recording.digest, tuple[Span, ...], lambda: find_speech(inputs.recording)
            )
        share = share_of_language(inputs.recording, speech, whisper, (codes[0], codes[1]))
    if share >= 0.5:
        return replace(inputs, heard=share)
    path, reading = inputs.transcript.path, replace(options.reading, language=codes[1])
    text, tokens, language, second = read_text(path, inputs.cleaning, replace(options, reading=reading))
    return replace(
        inputs, transcript=text, tokens=tokens, language=language, second_language=second, heard=1 - share
    )
