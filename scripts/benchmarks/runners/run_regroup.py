"""stable-ts' default regrouping: SEGMENTS OUT [LANGUAGE]. Runs in the rivals' own environment.

SEGMENTS is JSON: segments of words with times, as a Whisper model gives them. `regroup` cuts at the ends of
sentences, at gaps of half a second, at commas in long segments, and at 70 characters.
"""

import json
import sys
import time
import types
from pathlib import Path

# It resamples and writes sound with torchaudio. Neither is done here, and torchaudio's builds want CUDA.
sys.modules["torchaudio"] = types.ModuleType("torchaudio")

import stable_whisper  # type: ignore[import-not-found, unused-ignore]  # noqa: E402

segments, out, language = (*sys.argv[1:], "zh")[:3]
given = json.loads(Path(segments).read_text("utf-8"))
result = stable_whisper.WhisperResult({"language": language, "segments": given})
begin = time.process_time()
result.regroup(True)
seconds = time.process_time() - begin
cues = [(one.start, one.end, one.text) for one in result.segments]
Path(out).write_text(json.dumps({"seconds": seconds, "cues": cues}), "utf-8")
