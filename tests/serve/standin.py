"""A process that says what a worker says, without the work; the name of the recording tells it what to do."""

import json
import sys
import time

order = json.loads(sys.stdin.readline())
audio = order["request"]["audio"]


def say(event: dict[str, object]) -> None:
    print(json.dumps(event), flush=True)


say({"stage": "Reading the audio", "share": 0.0})
if "slow" in audio:
    time.sleep(60)
elif "broken" in audio:
    say({"error": f"{audio}: contains no audio", "exit_code": 3})
elif "dies" in audio:
    sys.exit(9)
else:
    say({"stage": "Aligning", "share": 0.5})
    say({"report": {"ok": True, "files": ["subtitles/talk.zh.srt"], "options": order["request"]}})
