"""How cues are cut, timed and shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from align.core.arguments import fit_fields
from align.core.errors import UsageError
from align.subtitles.frames import FrameRate
from align.subtitles.rules import Profile, Rules


def _default_profile() -> Profile:
    from align.subtitles.profile import DEFAULT, shipped

    return shipped(DEFAULT)


class SpeakerLabels(str, Enum):
    """How a file says who speaks."""

    OFF = "off"
    """No name in any file."""
    NAME = "name"
    """SRT: `Name：` or `Name: ` where the speaker changes; VTT and ASS: in the field for it."""
    CHEVRONS = "chevrons"
    """The same, with `>> NAME: ` in SRT, as YouTube's captions have it."""


class Dialogue(str, Enum):
    """When two speakers share a cue, each on a line of its own behind a dash."""

    OFF = "off"
    """Never."""
    NEEDED = "needed"
    """Where one of them has no time for a cue of its own."""
    SHORT = "short"
    """Also wherever both say little and fast after one another."""


@dataclass(frozen=True, slots=True)
class CueOptions:
    """What the user may choose about cues.

    Attributes:
        profile: the rules that cues keep.
        fps: of the video; cue times fall on its frames.
        lines: lines of the transcript's language that a cue should fill, 1 or 2; one leaves room for
            the second language, and where words would be torn apart a cue may still take two.
        labels: how files say who speaks.
        translation_first: whether the translation stands above the transcript in cues with both.
        max_lines: most lines of each language in cues with both, 1 or 2.
        two_speaker_cues: when two short turns of two speakers share a cue, a dash before each.
        shots: seconds at which the picture changes to another shot; cues keep to them.
    """

    profile: Profile = field(default_factory=_default_profile)
    fps: FrameRate = field(default_factory=lambda: FrameRate.of("25"))
    lines: int = 1
    labels: SpeakerLabels = SpeakerLabels.NAME
    translation_first: bool = False
    max_lines: int = 2
    two_speaker_cues: Dialogue = Dialogue.NEEDED
    shots: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        fit_fields(self)
        if self.max_lines not in (1, 2):
            raise UsageError(f"{self.max_lines} lines a language cannot be had; choose 1 or 2")
        if self.lines not in (1, 2):
            raise UsageError(f"{self.lines} lines a cue cannot be had; choose 1 or 2")

    def rules(self, language: str) -> Rules:
        """What the profile says of a language."""
        return self.profile.rules(language)
