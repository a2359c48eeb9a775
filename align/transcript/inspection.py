"""How a transcript was understood: who speaks, what is not spoken, and what may be read wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from align.core.types import ExcludedLine, Token, Transcript
from align.transcript.bilingual import script_of
from align.transcript.lines import LABEL, TIME, TRANSLATION

_HAN_PER_MINUTE, _WORDS_PER_MINUTE = 250, 150
"""Characters and words that people say in a minute of conversation, pauses included."""
_FIRST_WORDS = 40
"""Characters."""
_MUCH = 0.3
"""Share of the lines above which much is excluded."""


@dataclass(frozen=True, slots=True)
class SpeakerSummary:
    """What one speaker says.

    Attributes:
        name: None for turns without a speaker.
        turns: how often the speaker begins to speak.
        first: the first words.
    """

    name: str | None
    turns: int
    tokens: int
    first: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """How a transcript was understood.

    Attributes:
        language: of the speech, as a code.
        minutes: that it takes to say the text, about.
        speakers: in the order of their first turns.
        translation: paragraphs in a second language.
        doubts: whole sentences on what may be read wrong, and how to correct it.
        basis: of a text in two languages, how the spoken one was determined.
    """

    format: str
    language: str
    tokens: int
    minutes: float
    speakers: tuple[SpeakerSummary, ...]
    participants: tuple[str, ...]
    translation: int
    excluded: tuple[ExcludedLine, ...]
    doubts: tuple[str, ...]
    basis: str = ""

    @property
    def reasons(self) -> dict[str, int]:
        """How many lines are excluded for each reason, most first; those that are read and not said apart."""
        counts = Counter(
            line.reason for line in self.excluded if line.reason not in (LABEL, TIME, TRANSLATION)
        )
        return dict(counts.most_common())

    @property
    def summary(self) -> tuple[str, str, str]:
        """Three lines for the start of a run."""
        names = [speaker.name for speaker in self.speakers if speaker.name]
        shown = ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
        excluded = ", ".join(f"{count} {reason}" for reason, count in self.reasons.items())
        second = f", with a translation of {self.translation} paragraphs" if self.translation else ""
        return (
            f"Transcript: {self.format}, {self.language}{self.basis}{second}, {self.tokens} tokens, about "
            f"{self.minutes:.0f} min",
            f"Speakers: {shown or 'none named'}",
            f"Not spoken: {excluded or 'nothing'}"
            + (f"; doubtful: {len(self.doubts)}" if self.doubts else ""),
        )


def inspect_transcript(
    transcript: Transcript,
    tokens: Sequence[Token],
    language: str,
    chosen: bool = False,
    heard: float | None = None,
) -> Inspection:
    """How a transcript was understood.

    Args:
        tokens: of its turns.
        language: of the speech.
        chosen: whether the user named that language.
        heard: how much of the recording is in it, 0 to 1.
    """
    counts = Counter(token.turn for token in tokens)
    summaries: dict[str | None, SpeakerSummary] = {}
    for name, run in groupby(range(len(transcript.turns)), key=lambda index: transcript.turns[index].speaker):
        indices = list(run)
        said = sum(counts[index] for index in indices)
        known = summaries.get(name)
        first = known.first if known else transcript.turns[indices[0]].text[:_FIRST_WORDS]
        turns, before = (known.turns, known.tokens) if known else (0, 0)
        summaries[name] = SpeakerSummary(name, turns + 1, before + said, first)
    han = sum(script_of(token.text) in ("han", "kana") for token in tokens)
    minutes = han / _HAN_PER_MINUTE + (len(tokens) - han) / _WORDS_PER_MINUTE
    doubts = list(transcript.doubts)
    once = [each.name for each in summaries.values() if each.name and each.turns == 1 and each.tokens < 30]
    if once and len(summaries) > len(once) + 1 and len(transcript.turns) > 10:
        doubts.append(
            f"Named only once: {', '.join(once[:6])}; if that is text, name the speakers with --speakers-are."
        )
    unknown = summaries.get(None)
    if unknown and len(summaries) > 1:
        doubts.append(f"No speaker is named for {unknown.turns} turns, the first: {unknown.first!r}.")
    basis = ""
    if transcript.languages and heard is not None:
        basis = f" (heard in {heard:.0%} of the recording)"
    elif transcript.languages and chosen:
        basis = " (as chosen)"
    elif transcript.languages:
        basis = " (a guess)"
        doubts.append(
            f"The text is in two languages, {' and '.join(transcript.languages)}; `align run` hears which is "
            f"spoken, here it is taken for {transcript.languages[0]}. Choose with --language."
        )
    inspection = Inspection(
        transcript.format, language, len(tokens), minutes, tuple(summaries.values()),
        transcript.participants, len(transcript.translation), transcript.excluded, tuple(doubts), basis,
    )  # fmt: skip
    left = sum(inspection.reasons.values())
    if left > _MUCH * (left + len(transcript.turns)) and left > 10:
        text = f"{left} lines are taken for something that is not spoken; look at the list of excluded lines."
        return replace(inspection, doubts=(*doubts, text))
    return inspection
