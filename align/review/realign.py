"""What applying decisions works with: the models, the recording and the user's words."""

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
from align.review.decisions.text_edits import RewordedText
from align.subtitles.line_breaks import given_names
from align.transcript.cleaning.glossary import Glossary

MakeBench = Callable[[bool], RunContext]
"""Gives the models and all else; told whether the translator is needed."""


@dataclass(frozen=True, slots=True)
class RealignTools:
    """What the user gave.

    Attributes:
        alignment: NAME.alignment.json.
        audio: the recording, None to look for it beside the alignment.
        translate: whether phrases without a second language should get one.
    """

    alignment: Path
    audio: Path | None
    lexicon: Lexicon
    glossary: Glossary
    translate: bool
    context: MakeBench


def place_words(tools: RealignTools, result: Result, text: RewordedText) -> Result:
    """The result for a changed text, without phrases: only the words that changed are placed again.

    The reviewer has heard the new words, so they have a place and are in no doubt, whatever the search finds.

    Raises:
        InputError: the alignment cannot be gone on from, or the sound is needed and not there.
        ModelError: a model is not there.
    """
    check_aligned(result, tools.alignment)
    spans = [one.span for one in result.alignment.tokens]
    recording, path = find_recording(result, tools.alignment, tools.audio)
    edit = TranscriptChange(
        old=result,
        transcript=Transcript(Path(result.transcript), text.turns),
        tokens=text.tokens,
        origin=text.origin,
        changes=find_changes(text.origin, spans, result.duration),
        recording=recording,
        sound_path=path,
        lexicon=tools.lexicon,
        glossary=tools.glossary,
        said=frozenset(k for k, before in enumerate(text.origin) if before is None),
    )
    return replace(realign_words(edit, tools.context(False)), glossary=result.glossary)


def translate(tools: RealignTools, result: Result) -> tuple[Result, str]:
    """The result with a line for each phrase that has none, where a translator is there; else why not."""
    if not lacks_translation(result):
        return result, ""
    missing = sum(not one.translation for one in result.phrases)
    left = f"{missing} of {len(result.phrases)} cues have no {result.second_language} line"
    if not tools.translate:
        return result, f"{left}, since --no-translate leaves it out."
    try:
        recording, _ = find_recording(result, tools.alignment, tools.audio)
        return with_translations(result, tools.context(True), tools.glossary, recording), ""
    except ModelError as error:
        return result, f"{left}: {error}."


def names_of(result: Result, lexicon: Lexicon) -> tuple[str, ...]:
    """Texts that no cue is cut inside: the speakers' names, and the words of the lexicon."""
    return given_names(result.turns, lexicon)
