"""Recognise and match: AUDIO TEXT LANGUAGE OUT THREADS MODEL. Runs in the rivals' own environment.

The words that faster-whisper recognises, with the times that it gives them, matched with the text by difflib.
Text that matches nothing is spread evenly between its neighbours, as every such tool does.
"""

import difflib
import json
import re
import sys
import wave
from pathlib import Path

import numpy as np
from faster_whisper import WhisperModel  # type: ignore[import-not-found, unused-ignore]

TOKEN = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")

PROMPTS = {"zh": "以下是普通话的句子。"}
"""Without it Whisper writes traditional characters now and then."""


def tokens_of(word: str, start: float, end: float) -> list[tuple[str, float, float]]:
    """A recognised word's tokens, its time shared evenly."""
    found = TOKEN.findall(word.casefold())
    step = (end - start) / max(1, len(found))
    return [(one, start + k * step, start + (k + 1) * step) for k, one in enumerate(found)]


def placed(written: list[str], heard: list[tuple[str, float, float]]) -> list[tuple[float, float]]:
    """For each written token its start and end."""
    same = difflib.SequenceMatcher(None, written, [one for one, _, _ in heard], autojunk=False)
    times = {
        here + k: heard[there + k][1:]
        for here, there, size in same.get_matching_blocks()
        for k in range(size)
    }
    last = heard[-1][2] if heard else 0.0
    known = sorted(times)
    for left, right in zip([-1, *known], [*known, len(written)], strict=True):
        begin = times[left][1] if left >= 0 else 0.0
        end = times[right][0] if right < len(written) else last
        step = (max(begin, end) - begin) / (right - left)
        for k in range(left + 1, right):
            times[k] = (begin + (k - left - 1) * step, begin + (k - left) * step)
    return [times[k] for k in range(len(written))]


audio, text, language, out, threads, model = sys.argv[1:]
with wave.open(audio) as file:
    samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768
whisper = WhisperModel(model, device="cpu", compute_type="float32", cpu_threads=int(threads))
segments, _ = whisper.transcribe(
    samples, language=language, word_timestamps=True, vad_filter=True, initial_prompt=PROMPTS.get(language)
)
words = [word for segment in segments for word in segment.words or ()]
heard = [one for word in words for one in tokens_of(word.word, word.start, word.end)]
written = Path(text).read_text("utf-8")
rows = [
    (one, start, end)
    for one, (start, end) in zip(
        TOKEN.findall(written), placed(TOKEN.findall(written.casefold()), heard), strict=True
    )
]
Path(out).write_text(json.dumps(rows), "utf-8")
