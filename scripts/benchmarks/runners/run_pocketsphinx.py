"""pocketsphinx: AUDIO TEXT LANGUAGE OUT THREADS. Runs in the rivals' own environment; English only.

Two passes as its own command "align" does: the words and their readings, then their states. A word that its
dictionary lacks is left out, since it has no way to guess a reading.
"""

import json
import re
import sys
import wave
from pathlib import Path

from pocketsphinx import Decoder  # type: ignore[import-not-found, unused-ignore]

FRAMES = 100
"""A second."""

BEAMS: tuple[dict[str, float], ...] = ({}, dict.fromkeys(("beam", "pbeam", "wbeam"), 1e-80))
"""Its own, and wider ones for where it loses the text on the way."""


def decode(decoder: Decoder, samples: bytes) -> None:
    """One pass over the whole recording."""
    decoder.start_utt()
    decoder.process_raw(samples, full_utt=True)
    decoder.end_utt()


def align(samples: bytes, text: str) -> list[tuple[str, float, float]]:
    """Words with start and end in seconds."""
    written = re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))
    for beams in BEAMS:
        decoder = Decoder(lm=None, **beams)
        stripped = [word if decoder.lookup_word(word) else word.strip("'") for word in written]
        decoder.set_align_text(" ".join(word for word in stripped if decoder.lookup_word(word)))
        decode(decoder, samples)
        if decoder.hyp():
            break
    rows = [(word.word, word.start_frame, word.end_frame + 1) for word in decoder.seg()]
    try:
        decoder.set_alignment()
        decode(decoder, samples)
        rows = [(word.name, word.start, word.start + word.duration) for word in decoder.get_alignment()]
    except RuntimeError:
        print("the second pass failed; these are the times of the first", file=sys.stderr)
    return [
        (re.sub(r"\(\d+\)$", "", name), start / FRAMES, end / FRAMES)
        for name, start, end in rows
        if not name.startswith(("<", "["))
    ]


audio, text, _, out, _ = sys.argv[1:]
with wave.open(audio) as file:
    words = align(file.readframes(file.getnframes()), Path(text).read_text("utf-8"))
Path(out).write_text(json.dumps(words), "utf-8")
