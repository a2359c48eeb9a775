"""All rules in their order, and what becomes of one text by them.

    written --what no reader misses, glossary, script--> spoken --fillers, stutters--> text

What is spoken keeps every sound, for the alignment; the text is what the viewer reads. The rules are put to a
text again and again until none has anything left to do, so that cleaning a cleaned text changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from align.core.errors import UsageError
from align.pronounce.tokens import has_token, token_spans
from align.transcript.cleaning.chinese_script import AS_IS, CONVERSIONS, converted
from align.transcript.cleaning.fillers import drawn_out, fillers
from align.transcript.cleaning.glossary import EMPTY, Glossary
from align.transcript.cleaning.numbers import numbers, percents, points, years
from align.transcript.cleaning.punctuation import (
    invisible,
    leading_marks,
    marks,
    narrow_marks,
    spaces,
    spaces_beside,
    wide_letters,
)
from align.transcript.cleaning.sound_alikes import alike
from align.transcript.cleaning.split_words import split_words
from align.transcript.cleaning.stutters import stutters
from align.transcript.text_edits import Found, TextEdit, applied, composed, edits_of, split_off

OFF, LIGHT, FULL = "off", "light", "full"
LEVELS = (LIGHT, FULL, OFF)
"""Nothing; what nobody would miss; fillers and stutters off the screen too."""
SCRIPTS = (AS_IS, *CONVERSIONS)

_ROUNDS = 20
"""Times that all rules are put to a text; two or three are enough for any that was seen."""

Rule = tuple[str, Callable[[str], Iterable[Found]]]


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
            raise UsageError(f"a text cannot be cleaned {self.level!r}; choose {', '.join(LEVELS)}")
        if self.script not in SCRIPTS:
            raise UsageError(f"there is no script {self.script!r}; choose {', '.join(SCRIPTS)}")
        if self.level == OFF and self.script != AS_IS:
            raise UsageError(f"--clean off leaves the text as it is; choose light, or --script {AS_IS}")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """One text, cleaned.

    Attributes:
        written: as given.
        spoken: what is said, mended.
        text: what the viewer reads.
        mends: the edits that make `spoken` of `written`.
        cuts: the edits that make `text` of `spoken`.
    """

    written: str
    spoken: str
    text: str
    mends: tuple[TextEdit, ...]
    cuts: tuple[TextEdit, ...]

    @property
    def edits(self) -> tuple[TextEdit, ...]:
        """All edits of what was written."""
        return composed(self.written, self.mends, self.cuts)


def cleaned(written: str, cleaning: Cleaning) -> Cleaned:
    """One text, cleaned; where nothing would be left to read, fillers stay."""
    if cleaning.level == OFF:
        return Cleaned(written, written, written, (), ())
    light = _light(cleaning)
    spoken, mends = _settled(written, light)
    if cleaning.level == LIGHT:
        return Cleaned(written, spoken, spoken, mends, ())
    text, cuts = _settled(spoken, (*_FULL, *light))
    words = [has_token(one.after) for one in cuts]
    if any(words):  # what stood apart only by a filler was joined, as in "202呃1": that is another word
        more, cuts = split_off(cuts, words)
        spoken, mends = applied(spoken, more), composed(written, mends, more)
    done = Cleaned(written, spoken, text, mends, cuts)
    left = [text[start:end] for start, end in token_spans(text)]
    if not left or shown_words(done) != left:  # the latter was never seen but in texts made to break it
        return Cleaned(written, spoken, spoken, mends, ())
    return done


def _light(cleaning: Cleaning) -> tuple[Rule, ...]:
    glossary = cleaning.glossary
    script = () if cleaning.script == AS_IS else (("script", converted(cleaning.script)),)
    own = (("glossary", glossary.rule), ("sound-alike", alike(glossary))) if glossary.terms else ()
    return (
        ("invisible", invisible),
        ("space", spaces),
        ("width", wide_letters),
        *own,
        ("split word", split_words(glossary.words.__contains__)),
        ("number", numbers),
        ("number", percents),
        ("number", points),
        ("number", years),
        ("punctuation", marks),
        ("width", narrow_marks),
        ("space", spaces_beside),
        ("punctuation", leading_marks),
        *script,
    )


_FULL: tuple[Rule, ...] = (("filler", fillers), ("filler", drawn_out), ("stutter", stutters))


def _settled(text: str, rules: Sequence[Rule]) -> tuple[str, tuple[TextEdit, ...]]:
    """`text` after all rules, put to it until it stays as it is, and the edits that were made."""
    current, edits = text, edits_of(text, (), "")
    for _ in range(_ROUNDS):
        before = current
        for name, rule in rules:
            step = edits_of(current, sorted(rule(current)), name)
            if step:
                edits = composed(text, edits, step)
                current = applied(current, step)
        if current == before:
            break
    return current, edits


def shown_words(one: Cleaned) -> list[str]:
    """The tokens of what is spoken that no cut touches."""
    hidden = {place for cut in one.cuts for place in range(cut.start, cut.end)}
    return [one.spoken[start:end] for start, end in token_spans(one.spoken) if start not in hidden]
