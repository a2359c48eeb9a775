"""senko by itself: OUT AUDIO. Its own Diarizer from end to end, as its manual shows it.

AUDIO is a WAV file of 16 kHz, mono, 16 bit. OUT gets "turns", a list of [start, end, voice], and "busy", the
seconds that all threads computed.
"""

import json
import sys
import time
from pathlib import Path

import senko

out, audio = sys.argv[1:]
found = senko.Diarizer(device="cpu", warmup=False, quiet=True).diarize(audio, generate_colors=False)
segments = found["merged_segments"] if found else []
rows = [[one["start"], one["end"], one["speaker"]] for one in segments]
Path(out).write_text(json.dumps({"turns": rows, "busy": time.process_time()}), "utf-8")
