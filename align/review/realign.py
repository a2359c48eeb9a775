"""Realigning and translating after decisions, with the models, the recording and the user's words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from align.alignment.text_diff import find_changes
from align.audio.seek import find_recording
from align.core.errors import ModelError
from align.core.types import Result, Transcript
from align.pipeline.context import RunContext
from align.pipeline.realign.changes import TranscriptChange, check_aligned
from align.pipeline.realign.realign import realign_words
from align.pipeline.translation import lacks_translation, with_translations
from align.pronounce.lexicon import Lexicon
from align.review.decisions.edited_transcript import RewordedText
from align.transcript.cleaning.glossary import Glossary


@dataclass(frozen=True, slots=True)
class Realigner:
    """What the user gave.

    Attributes:
        alignment: NAME.alignment.json.
        audio: the recording, None to look for it beside the alignment.
        translates: whether cues without a translation should get one.
        context: gives the models, with the translator or without.
    """

    alignment: Path
    audio: Path | None
    lexicon: Lexicon
    glossary: Glossary
    translates: bool
    context: Callable[[bool], RunContext]

    def place_words(self, result: Result, text: RewordedText) -> Result:
        """The result for a changed text, without phrases; only words that changed are realigned.

        The reviewer has heard the new words, so they get a time and count as spoken, whatever is found.

        Raises:
            InputError: the alignment cannot be continued, or the audio is needed but missing.
            ModelError: a model is missing.
        """
        check_aligned(result, self.alignment)
        spans = [timed.span for timed in result.alignment.tokens]
        recording, path = find_recording(result, self.alignment, self.audio)
        change = TranscriptChange(
            old=result,
            transcript=Transcript(Path(result.transcript), text.turns),
            tokens=text.tokens,
            origin=text.origin,
            changes=find_changes(text.origin, spans, result.duration),
            recording=recording,
            sound_path=path,
            lexicon=self.lexicon,
            glossary=self.glossary,
            said=frozenset(k for k, before in enumerate(text.origin) if before is None),
        )
        return replace(realign_words(change, self.context(False)), glossary=result.glossary)

    def translate(self, result: Result) -> tuple[Result, str]:
        """The result with all cues translated and "", or unchanged and why some have no translation."""
        if not lacks_translation(result):
            return result, ""
        missing = sum(not phrase.translation for phrase in result.phrases)
        untranslated = f"{missing} of {len(result.phrases)} cues have no {result.second_language} line"
        if not self.translates:
            return result, f"{untranslated}, because of --no-translate."
        try:
            recording, _ = find_recording(result, self.alignment, self.audio)
            return with_translations(result, self.context(True), self.glossary, recording), ""
        except ModelError as error:
            return result, f"{untranslated}: {error}."
