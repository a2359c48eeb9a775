"""Which part of a file is heard, and by which clock: a run chooses it, and later commands read the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from align.core.json_document import Json, Node

AUTO, KEEP, CUT = "auto", "keep", "cut"
JUMPS = (AUTO, KEEP, CUT)
"""What becomes of a jump of the timestamps: silence (KEEP), nothing (CUT), or as FFmpeg does (AUTO)."""

_MOST = 10_000


@dataclass(frozen=True, slots=True)
class AudioChoice:
    """The part of a file that is heard.

    Attributes:
        track: among the file's audio tracks, from 0; None for the default one.
        channel: of that track, from 0; None for the mix of all.
        jumps: one of JUMPS.
        from_start: whether times are known only after decoding from the start, because they are not those of
            the file's timestamps.
    """

    track: int | None = None
    channel: int | None = None
    jumps: str = AUTO
    from_start: bool = False


DEFAULT_CHOICE = AudioChoice()


def choice_document(choice: AudioChoice) -> dict[str, Json]:
    """As alignment.json keeps it."""
    return {
        "track": choice.track,
        "channel": choice.channel,
        "time_jumps": choice.jumps,
        "from_start": choice.from_start,
    }


def stored_choice(options: Mapping[str, object], path: Path) -> AudioChoice:
    """The choice among the options of a result; the default where there is none.

    Args:
        path: of the alignment.json, for errors.

    Raises:
        InputError: it cannot be used; names its place in the file.
    """
    if "audio" not in options:
        return DEFAULT_CHOICE
    node = Node(path, "/options/audio", options["audio"])
    node.only("track", "channel", "time_jumps", "from_start")
    track, channel = (
        None if node[name].value is None else node[name].whole(_MOST) for name in ("track", "channel")
    )
    return AudioChoice(track, channel, node["time_jumps"].choice(JUMPS), node["from_start"].flag())
