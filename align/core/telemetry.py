"""What keeps the libraries from telling anybody that they are used.

Some libraries report to their makers unless an environment variable forbids it, and read it when they are
first imported. So `import align` sets these variables, before any such import and in every process: the
command line, a program that uses the API, and the workers of a batch, which import align for their
first job. Processes that are started from there inherit them.
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
"""Set whatever stands there, since align promises that nothing is sent."""

UNLESS_CHOSEN = (("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1"),)
"""Set where nothing stands: a user's token for the hub goes along with no request, unless he wants it for a
private model and sets this to 0."""


def switch_off(environment: MutableMapping[str, str] = os.environ) -> None:
    """Forbid every report that a library would make by itself."""
    environment.update(OFF)
    for name, value in UNLESS_CHOSEN:
        environment.setdefault(name, value)
