"""How much room a translation has, and what the user is told of the translations that a run made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from align.core.types import Phrase
from align.subtitles.layout import plain
from align.subtitles.rules import Rules
from align.translate.base import Fault, FaultKind, Line, TranslationJob
from align.translate.checks import faults_of, speaks
from align.translate.names import put_names

_NOT_TRANSLATED = {"zh": "［未翻译］", "ja": "［未翻訳］"}
_PLACES = 12
"""Places that one note names; the others are counted."""


def not_translated(target: str) -> str:
    """What stands where no translator had an answer."""
    return _NOT_TRANSLATED.get(target.split("-")[0].lower(), "[not translated]")


def room_of(phrase: Phrase, rules: Rules) -> int:
    """Columns that a viewer can read while the phrase is on screen, and that its lines hold."""
    return min(int(phrase.span.duration * rules.speed + 1e-6), rules.columns * rules.lines)


def notes_on(phrases: Sequence[Phrase], job: TranslationJob) -> tuple[str, ...]:
    """Sentences for the user on what could not be translated, or not as it should be."""
    missing = [one for one in phrases if one.translation in ("", not_translated(job.target))]
    there = [one for one in phrases if one.translation and one not in missing]
    wrong = [(phrase, {fault.kind for fault in _faults(phrase, job)}) for phrase in there]
    notes = list(_on_missing(missing, phrases, job.target))
    for kind, what, mend in (
        (FaultKind.NUMBER, "lack a number that the line has", "compare them"),
        (FaultKind.NAME, "lack a name or a term that the line has", "compare them"),
        (FaultKind.LONG, "take longer to read than they are on screen", "shorten them"),
    ):
        places = [phrase for phrase, kinds in wrong if kind in kinds]
        if places:
            count = f"{len(places)} of {len(phrases)}"
            notes.append(f"Translations that {what}: {count}, at {_listed(places)}; {mend} by hand.")
    return tuple(notes)


def _faults(phrase: Phrase, job: TranslationJob) -> Iterator[Fault]:
    text = put_names(phrase.text, job.names)
    if speaks(text, job.source, job.target):
        yield from faults_of(Line(text, room_of(phrase, job.rules)), plain(phrase.translation), job)


def _on_missing(missing: Sequence[Phrase], phrases: Sequence[Phrase], target: str) -> Iterator[str]:
    marked = [one for one in missing if one.translation]
    bare = len(missing) - len(marked)
    if marked:
        yield (
            f"The translator had no usable line for {len(marked)} of {len(phrases)} phrases, at "
            f"{_listed(marked)}; they read {not_translated(target)!r}: translate them by hand."
        )
    if bare:
        yield f"{bare} of {len(phrases)} phrases have no translation, since their text was changed."


def _listed(phrases: Sequence[Phrase]) -> str:
    """When some phrases are on screen: minutes and seconds."""
    seconds = [int(phrase.span.start) for phrase in phrases]
    shown = ", ".join(f"{one // 60}:{one % 60:02d}" for one in seconds[:_PLACES])
    more = len(seconds) - _PLACES
    return f"{shown} and {more} more" if more > 0 else shown
