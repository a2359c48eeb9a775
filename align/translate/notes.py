"""How long a translation may be, and the notes to the user on the translations of a run."""

from __future__ import annotations

from collections.abc import Sequence

from align.core.types import Phrase
from align.subtitles.layout import plain
from align.subtitles.rules import Rules
from align.translate.backend import FaultKind, Line, TranslationJob
from align.translate.checks import faults_of, needs_translation
from align.translate.names import substitute_names

_NOT_TRANSLATED = {"zh": "［未翻译］", "ja": "［未翻訳］"}
_MAX_TIMES = 12
"""Times that one note lists; the others are counted."""


def not_translated(target: str) -> str:
    """What is shown where no translator had an answer."""
    return _NOT_TRANSLATED.get(target.split("-")[0].lower(), "[not translated]")


def max_width_of(phrase: Phrase, rules: Rules) -> int:
    """Columns that a viewer can read while the phrase is on screen, and that its lines hold."""
    return min(int(phrase.span.duration * rules.speed + 1e-6), rules.columns * rules.lines)


def notes_on(phrases: Sequence[Phrase], job: TranslationJob) -> tuple[str, ...]:
    """Sentences for the user on what is not translated, or not well."""
    placeholder = not_translated(job.target)
    marked = [phrase for phrase in phrases if phrase.translation == placeholder]
    empty = sum(not phrase.translation for phrase in phrases)
    faulty: dict[FaultKind, list[Phrase]] = {}
    for phrase in phrases:
        text = substitute_names(phrase.text, job.names)
        if phrase.translation in ("", placeholder) or not needs_translation(text, job.source, job.target):
            continue
        line = Line(text, max_width_of(phrase, job.rules))
        for kind in {fault.kind for fault in faults_of(line, plain(phrase.translation), job)}:
            faulty.setdefault(kind, []).append(phrase)
    notes = []
    if marked:
        notes.append(
            f"The translator had no usable line for {len(marked)} of {len(phrases)} phrases, at "
            f"{_times(marked)}; they read {placeholder!r}: translate them by hand."
        )
    if empty:
        notes.append(f"{empty} of {len(phrases)} phrases have no translation, since their text was changed.")
    for kind, problem, fix in (
        (FaultKind.NUMBER, "lack a number that the line has", "compare them"),
        (FaultKind.NAME, "lack a name or a term that the line has", "compare them"),
        (FaultKind.LONG, "take longer to read than they are on screen", "shorten them"),
    ):
        if places := faulty.get(kind):
            count = f"{len(places)} of {len(phrases)}"
            notes.append(f"Translations that {problem}: {count}, at {_times(places)}; {fix} by hand.")
    return tuple(notes)


def _times(phrases: Sequence[Phrase]) -> str:
    """When phrases are on screen: minutes and seconds."""
    seconds = [int(phrase.span.start) for phrase in phrases]
    listed = ", ".join(f"{second // 60}:{second % 60:02d}" for second in seconds[:_MAX_TIMES])
    more = len(seconds) - _MAX_TIMES
    return f"{listed} and {more} more" if more > 0 else listed
