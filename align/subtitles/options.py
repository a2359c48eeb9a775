"""How cues are segmented, timed and shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from align.core.arguments import fit_fields
from align.core.errors import UsageError
from align.subtitles.frames import FrameRate
from align.subtitles.rules import Profile, Rules, is_spaced, shipped


class SpeakerLabels(str, Enum):
    """How a file names the speaker."""

    OFF = "off"
    """No name in any file."""
    NAME = "name"
    """SRT: `Name：` or `Name: ` where the speaker changes; VTT and ASS: in their speaker field."""
    CHEVRONS = "chevrons"
    """The same, with `>> NAME: ` in SRT, as in YouTube captions."""


class Dialogue(str, Enum):
    """When two speakers share a cue, each on its own line after a hyphen."""

    OFF = "off"
    """Never."""
    NEEDED = "needed"
    """Where one of them would have too little time for its own cue."""
    SHORT = "short"
    """Also wherever both turns are short and follow each other closely."""


@dataclass(frozen=True, slots=True)
class CueOptions:
    """The user's choices about cues.

    Attributes:
        profile: the rules for cues; None for netflix-en in languages with spaces between words, netflix-zh
            in others.
        fps: of the video; cue times fall on its frames.
        lines: lines of the transcript's language that a cue may fill, 1 or 2; None for two in languages with
            spaces between words, and one in others, which leaves room for a second language. A cue may still
            take two where a word would be broken.
        labels: how files name the speaker.
        translation_first: whether the translation is above the transcript in cues with both.
        max_lines: maximum lines of each language in cues with both, 1 or 2.
        two_speaker_cues: when two short turns of two speakers share a cue, each after a hyphen.
        shots: seconds of shot changes; cues near one start or end on it.
    """

    profile: Profile | None = None
    fps: FrameRate = field(default_factory=lambda: FrameRate.of("25"))
    lines: int | None = None
    labels: SpeakerLabels = SpeakerLabels.NAME
    translation_first: bool = False
    max_lines: int = 2
    two_speaker_cues: Dialogue = Dialogue.NEEDED
    shots: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        fit_fields(self)
        if self.max_lines not in (1, 2):
            raise UsageError(f"{self.max_lines} lines per language are not possible; choose 1 or 2")
        if self.lines not in (None, 1, 2):
            raise UsageError(f"{self.lines} lines per cue are not possible; choose 1 or 2")

    def rules(self, language: str) -> Rules:
        """The profile's rules for a language."""
        return self.profile_for(language).rules(language)

    def profile_for(self, language: str) -> Profile:
        """The profile that was chosen, or the usual one of a language."""
        return self.profile or shipped("netflix-en" if is_spaced(language) else "netflix-zh")

    def lines_for(self, language: str) -> int:
        """Lines that a cue of a transcript in `language` may fill."""
        return self.lines or (2 if is_spaced(language) else 1)
