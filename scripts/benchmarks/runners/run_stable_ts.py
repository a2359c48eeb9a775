"""stable-ts: AUDIO TEXT LANGUAGE OUT THREADS MODEL. Runs in the rivals' own environment."""

import json
import sys
import types
import wave
from pathlib import Path

import numpy as np

# It resamples and writes sound with torchaudio. Neither is done here, and torchaudio's builds want CUDA.
sys.modules["torchaudio"] = types.ModuleType("torchaudio")

import stable_whisper  # type: ignore[import-not-found, unused-ignore]  # noqa: E402

audio, text, language, out, threads, model = sys.argv[1:]
with wave.open(audio) as file:
    samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768
whisper = stable_whisper.load_faster_whisper(
    model, device="cpu", compute_type="float32", cpu_threads=int(threads)
)
result = whisper.align(samples, Path(text).read_text("utf-8"), language=language, verbose=None)
words = [(word.word, float(word.start), float(word.end)) for word in result.all_words()]
Path(out).write_text(json.dumps(words), "utf-8")
