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
class Picture:
    """The picture for which ASS gives sizes and places; players scale them to the real one.

    Attributes:
        side: pixels that stay free at the left and the right.
        bottom: pixels that stay free below the subtitles.
    """

    width: int
    height: int
    side: int
    bottom: int


class Layout(str, Enum):
    """The shape of the video that the subtitles are for."""

    HORIZONTAL = "horizontal"
    """16:9, as on a television."""
    VERTICAL = "vertical"
    """9:16, as on a telephone: shorter lines, above what the apps write over the lowest quarter."""

    @property
    def picture(self) -> Picture:
        """The picture: the inner 90 % are safe (EBU R 95), and upright what is above the apps' buttons."""
        return Picture(1080, 1920, 90, 480) if self is Layout.VERTICAL else Picture(1920, 1080, 96, 54)


LAYOUTS = tuple(layout.value for layout in Layout)


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
        layout: the shape of the video.
    """

    profile: Profile | None = None
    fps: FrameRate = field(default_factory=lambda: FrameRate.of("25"))
    lines: int | None = None
    labels: SpeakerLabels = SpeakerLabels.NAME
    translation_first: bool = False
    max_lines: int = 2
    two_speaker_cues: Dialogue = Dialogue.NEEDED
    shots: tuple[float, ...] = ()
    layout: Layout = Layout.HORIZONTAL

    def __post_init__(self) -> None:
        fit_fields(self)
        if self.max_lines not in (1, 2):
            raise UsageError(f"{self.max_lines} lines per language are not possible; choose 1 or 2")
        if self.lines not in (None, 1, 2):
            raise UsageError(f"{self.lines} lines per cue are not possible; choose 1 or 2")

    def rules(self, language: str) -> Rules:
        """The profile's rules for a language, fitted to the layout."""
        rules = self.profile_for(language).rules(language)
        return rules.for_vertical() if self.layout is Layout.VERTICAL else rules

    @property
    def picture(self) -> Picture:
        """The picture of the layout."""
        return self.layout.picture

    def profile_for(self, language: str) -> Profile:
        """The profile that was chosen, or the usual one of a language."""
        return self.profile or shipped("netflix-en" if is_spaced(language) else "netflix-zh")

    def lines_for(self, language: str) -> int:
        """Lines that a cue of a transcript in `language` may fill."""
        return self.lines or (2 if is_spaced(language) else 1)
