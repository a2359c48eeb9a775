"""WhisperX' subtitle writer: SEGMENTS OUT [LANGUAGE]. Runs in the rivals' own environment.

SEGMENTS is JSON: segments of words with times. Its `SubtitlesWriter` (whisperx/utils.py) fills lines up
to --max_line_width characters and cues up to --max_line_count lines, word after word, and begins a new cue
besides only after three seconds of silence; here with 16 and 2, in English 42 and 2, as the rules are.
"""

import json
import sys
import time
from pathlib import Path

from whisperx.utils import WriteSRT  # type: ignore[import-not-found, unused-ignore]

segments, out, language = (*sys.argv[1:], "zh")[:3]
given = json.loads(Path(segments).read_text("utf-8"))
options = {"max_line_width": 16 if language == "zh" else 42, "max_line_count": 2, "highlight_words": False}
begin = time.process_time()
shown = list(WriteSRT(".").iterate_result({"language": language, "segments": given}, options))
seconds = time.process_time() - begin


def clock(text: str) -> float:
    """Seconds of a time in SRT."""
    hours, minutes, rest = text.replace(",", ".").split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


cues = [(clock(start), clock(end), text) for start, end, text in shown]
Path(out).write_text(json.dumps({"seconds": seconds, "cues": cues}), "utf-8")
