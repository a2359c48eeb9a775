"""How long a translation may be, and the notes to the user on the translations of a run."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from align.core.types import Phrase
from align.subtitles.layout import plain
from align.subtitles.rules import Rules, is_spaced
from align.translate.backend import FaultKind, Sentence, TranslationJob
from align.translate.checks import borrowed_words, faults_of, fits, needs_translation
from align.translate.sentences import group_into_sentences, sentence_text

_NOT_TRANSLATED = {"zh": "［未翻译］", "ja": "［未翻訳］"}
EMPTY_PART = "…"
"""What a cue shows when its sentence has fewer words than cues."""
_MAX_TIMES = 12
"""Times that one note lists; the others are counted."""


_PROBLEMS = (
    (FaultKind.NUMBER, "lack a number that is said, or have another one", "compare them"),
    (FaultKind.NAME, "lack a name or a term that is said", "compare them"),
    (FaultKind.NEGATION, "negate what is not negated, or do not negate what is", "compare them"),
    (FaultKind.QUESTION, "state what is asked", "compare them"),
    (FaultKind.LENGTH, "are much shorter or longer than what is said", "something may be lost or added"),
    (FaultKind.FOREIGN, "have words of another language", "translate them by hand"),
    (FaultKind.ECHO, "repeat words of the sentence before", "compare them"),
)
"""Faults of a sentence, and what to do about each."""


def not_translated(target: str) -> str:
    """What is shown where no translator had an answer."""
    return _NOT_TRANSLATED.get(target.split("-")[0].lower(), "[not translated]")


def max_width_of(phrase: Phrase, rules: Rules) -> int:
    """Columns that a viewer can read while the phrase is on screen, and that its lines hold."""
    return min(int(phrase.span.duration * rules.speed + 1e-6), rules.columns * rules.lines)


def notes_on(phrases: Sequence[Phrase], job: TranslationJob) -> tuple[str, ...]:
    """Messages for the user on what is not translated, or not well."""
    placeholder = not_translated(job.target)
    marked = [phrase for phrase in phrases if phrase.translation == placeholder]
    empty = sum(not phrase.translation for phrase in phrases)
    long = [
        phrase
        for phrase in phrases
        if phrase.translation != placeholder
        and not fits(phrase.translation, max_width_of(phrase, job.rules), job)
    ]
    faulty = faulty_sentences(phrases, job)
    notes = []
    if marked:
        notes.append(
            f"The translator had no usable line for {len(marked)} of {len(phrases)} phrases, at "
            f"{_times(marked)}; they read {placeholder!r}: translate them by hand."
        )
    if empty:
        notes.append(f"{empty} of {len(phrases)} phrases have no translation, since their text was changed.")
    for kind, problem, fix in _PROBLEMS:
        if places := [phrase for phrase, kinds in faulty if kind in kinds]:
            notes.append(f"Translations that {problem}: {len(places)}, at {_times(places)}; {fix}.")
    if long:
        notes.append(
            f"Translations that take longer to read than they are on screen: {len(long)} of {len(phrases)}, "
            f"at {_times(long)}; shorten them by hand."
        )
    return tuple(notes)


def faulty_sentences(
    phrases: Sequence[Phrase], job: TranslationJob
) -> list[tuple[Phrase, frozenset[FaultKind]]]:
    """The first phrase of each sentence whose translation has a fault, and what is wrong with it."""
    found = []
    joiner = " " if is_spaced(job.target) else ""
    before = ("", "")
    for cues in group_into_sentences(phrases, job.source):
        own = phrases[cues.start : cues.stop]
        text = sentence_text([phrase.text for phrase in own], job)
        answer = joiner.join(plain(phrase.translation) for phrase in own if phrase.translation != EMPTY_PART)
        answered = all(phrase.translation not in ("", not_translated(job.target)) for phrase in own)
        if answered and needs_translation(text, job.source, job.target):
            kinds = {fault.kind for fault in faults_of(Sentence(text, sys.maxsize), answer, job)}
            if before[1] and borrowed_words(text, answer, *before):
                kinds.add(FaultKind.ECHO)
            if kinds:
                found.append((own[0], frozenset(kinds)))
            before = (text, answer)
        else:
            before = ("", "")
    return found


def _times(phrases: Sequence[Phrase]) -> str:
    """When phrases are on screen: minutes and seconds."""
    seconds = [int(phrase.span.start) for phrase in phrases]
    listed = ", ".join(f"{second // 60}:{second % 60:02d}" for second in seconds[:_MAX_TIMES])
    more = len(seconds) - _MAX_TIMES
    return f"{listed} and {more} more" if more > 0 else listed
