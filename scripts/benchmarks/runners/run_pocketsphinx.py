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

audio, text, _, out, _ = sys.argv[1:]
with wave.open(audio) as file:
    samples = file.readframes(file.getnframes())
decoder = Decoder(lm=None)


def decode() -> None:
    """One pass over the whole recording."""
    decoder.start_utt()
    decoder.process_raw(samples, full_utt=True)
    decoder.end_utt()


written = re.findall(r"[a-z0-9']+", Path(text).read_text("utf-8").lower().replace("’", "'"))
stripped = [word if decoder.lookup_word(word) else word.strip("'") for word in written]
known = [word for word in stripped if decoder.lookup_word(word)]
decoder.set_align_text(" ".join(known))
decode()
decoder.set_alignment()
decode()
words = [
    (re.sub(r"\(\d+\)$", "", word.name), word.start / FRAMES, (word.start + word.duration) / FRAMES)
    for word in decoder.get_alignment()
    if not word.name.startswith(("<", "["))
]
Path(out).write_text(json.dumps(words), "utf-8")
