"""All rules in their order, and what they make of a text.

    written --punctuation, glossary, script, ...--> spoken --fillers, stutters--> text

The spoken text keeps every sound, for the alignment; the text is what the viewer reads. The rules are applied
until none changes anything, so that cleaning a cleaned text changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from align.core.errors import UsageError
from align.pronounce.tokens import has_token, token_spans
from align.transcript.cleaning.chinese_script import AS_IS, CONVERSIONS, convert_to
from align.transcript.cleaning.english_speech import english_fillers, english_stutters
from align.transcript.cleaning.fillers import fillers, repeated_particles
from align.transcript.cleaning.glossary import EMPTY, Glossary
from align.transcript.cleaning.parameters import DEFAULTS, CleaningParameters
from align.transcript.cleaning.punctuation import (
    invisible,
    leading_marks,
    marks,
    narrow_marks,
    spaces,
    spaces_beside,
    wide_letters,
)
from align.transcript.cleaning.sound_alikes import sound_alikes
from align.transcript.cleaning.split_words import split_words
from align.transcript.cleaning.stutters import stutters
from align.transcript.cleaning.torn_numbers import consecutive_years, decimal_points, percents, split_numbers
from align.transcript.text_edits import Rule, TextEdit, apply_edits, compose_edits, make_edits, split_edits

OFF, LIGHT, FULL = "off", "light", "full"
LEVELS = (LIGHT, FULL, OFF)
"""Nothing; what nobody would miss; also hide fillers and stutters."""
SCRIPTS = (AS_IS, *CONVERSIONS)


@dataclass(frozen=True, slots=True)
class Cleaning:
    """How a transcript is cleaned.

    Attributes:
        level: "light", "full" or "off".
        script: "simplified", "traditional" or "as-is".
    """

    level: str = LIGHT
    script: str = AS_IS
    glossary: Glossary = EMPTY

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise UsageError(f"there is no cleaning level {self.level!r}; choose {', '.join(LEVELS)}")
        if self.script not in SCRIPTS:
            raise UsageError(f"there is no script {self.script!r}; choose {', '.join(SCRIPTS)}")
        if self.level == OFF and self.script != AS_IS:
            raise UsageError(f"--clean off leaves the text as it is; choose light, or --script {AS_IS}")


@dataclass(frozen=True, slots=True)
class CleanedText:
    """One text, cleaned.

    Attributes:
        written: as given.
        spoken: what is said, corrected.
        text: what the viewer reads.
        corrections: the edits from `written` to `spoken`.
        removals: the edits from `spoken` to `text`.
    """

    written: str
    spoken: str
    text: str
    corrections: tuple[TextEdit, ...]
    removals: tuple[TextEdit, ...]

    @property
    def edits(self) -> tuple[TextEdit, ...]:
        """The edits from `written` to `text`."""
        return compose_edits(self.written, self.corrections, self.removals)

    @property
    def visible_tokens(self) -> list[str]:
        """The tokens of the spoken text that no removal touches."""
        hidden = {place for edit in self.removals for place in range(edit.start, edit.end)}
        return [self.spoken[start:end] for start, end in token_spans(self.spoken) if start not in hidden]


def clean(written: str, cleaning: Cleaning, parameters: CleaningParameters = DEFAULTS) -> CleanedText:
    """One text, cleaned; if nothing would be left to read, fillers stay."""
    if cleaning.level == OFF:
        return CleanedText(written, written, written, (), ())
    light = _light_rules(cleaning, parameters)
    spoken, corrections = _apply_rules(written, light, parameters)
    if cleaning.level == LIGHT:
        return CleanedText(written, spoken, spoken, corrections, ())
    text, removals = _apply_rules(spoken, (*_FULL_RULES, *light), parameters)
    # Parts of a word separated only by a filler were joined, as in "202呃1": that is another word.
    with_words = [has_token(edit.after) for edit in removals]
    if any(with_words):
        joins, removals = split_edits(removals, with_words)
        spoken, corrections = apply_edits(spoken, joins), compose_edits(written, corrections, joins)
    cleaned = CleanedText(written, spoken, text, corrections, removals)
    visible = [text[start:end] for start, end in token_spans(text)]
    if not visible or cleaned.visible_tokens != visible:  # the latter only in texts constructed for it
        return CleanedText(written, spoken, spoken, corrections, ())
    return cleaned


def _light_rules(cleaning: Cleaning, parameters: CleaningParameters) -> tuple[tuple[str, Rule], ...]:
    glossary = cleaning.glossary
    terms = (("glossary", glossary.rule), ("sound-alike", sound_alikes(glossary, parameters)))
    return (
        ("invisible", invisible),
        ("space", spaces),
        ("width", wide_letters),
        *(terms if glossary.terms else ()),
        ("split word", split_words(glossary.words, parameters)),
        ("number", split_numbers),
        ("number", percents),
        ("number", decimal_points),
        ("number", consecutive_years),
        ("punctuation", marks),
        ("width", narrow_marks),
        ("space", spaces_beside),
        ("punctuation", leading_marks),
        *(() if cleaning.script == AS_IS else (("script", convert_to(cleaning.script)),)),
    )


_FULL_RULES: tuple[tuple[str, Rule], ...] = (
    ("filler", fillers),
    ("filler", repeated_particles),
    ("stutter", stutters),
    ("filler", english_fillers),
    ("stutter", english_stutters),
)


def _apply_rules(
    text: str, rules: Sequence[tuple[str, Rule]], parameters: CleaningParameters
) -> tuple[str, tuple[TextEdit, ...]]:
    """`text` after all rules, applied until it stays the same, and the edits."""
    current = text
    edits: tuple[TextEdit, ...] = ()
    for _ in range(parameters.max_passes):
        before = current
        for name, rule in rules:
            step = make_edits(current, sorted(rule(current)), name)
            if step:
                edits = compose_edits(text, edits, step)
                current = apply_edits(current, step)
        if current == before:
            break
    return current, edits
