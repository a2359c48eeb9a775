"""Switch off the telemetry of libraries.

Some libraries report to their makers unless an environment variable forbids it, which they read when they are
first imported. So `import align` sets these variables before any such import in every process: the command
line, a program that uses the API, and the workers of a batch. Child processes inherit them.
"""

from __future__ import annotations

import os
from collections.abc import MutableMapping

OFF = (
    ("ORT_DISABLE_TELEMETRY", "1"),  # onnxruntime: a device id, events, and an address that is called
    ("PYANNOTE_METRICS_ENABLED", "false"),  # pyannote.audio: length of the recording, count of speakers
    ("RAY_USAGE_STATS_ENABLED", "0"),  # ray
    ("HF_HUB_DISABLE_TELEMETRY", "1"),  # huggingface_hub: versions of Python and libraries with each request
    ("DO_NOT_TRACK", "1"),  # any library that heeds the common switch
)
"""Set in any case, since align promises that nothing is sent."""

UNLESS_CHOSEN = (("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1"),)
"""Set unless the user has: no request sends the user's token for the hub, unless a private model needs it and
this is set to 0."""


def switch_off(environment: MutableMapping[str, str] = os.environ) -> None:
    """Forbid every report that a library would make on its own."""
    environment.update(OFF)
    for name, value in UNLESS_CHOSEN:
        environment.setdefault(name, value)
