"""What is wrong with a translated line: told in words that mend it when the translator is asked again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.fuzz import ratio

from align.subtitles.layout import lines_of, plain
from align.translate.base import Fault, FaultKind, Line, TranslationJob
from align.translate.numbers import lost_numbers

_HAN = "\u3400-\u9fff\uf900-\ufaff"
_SCRIPTS = {
    "zh": f"[{_HAN}]",
    "yue": f"[{_HAN}]",
    "ja": f"[\u3041-\u30ff{_HAN}]",
    "ko": "[\uac00-\ud7af]",
    "ru": "[\u0400-\u04ff]",
    "uk": "[\u0400-\u04ff]",
    "bg": "[\u0400-\u04ff]",
    "ar": "[\u0600-\u06ff]",
    "fa": "[\u0600-\u06ff]",
    "he": "[\u0590-\u05ff]",
    "th": "[\u0e00-\u0e7f]",
    "hi": "[\u0900-\u097f]",
    "el": "[\u0370-\u03ff]",
}
_LATIN = "[A-Za-z\u00c0-\u024f]"
_EASTERN = re.compile(f"[{_HAN}\u3041-\u30ff\uac00-\ud7af]")
WORDS_THAT_MAY_STAY = 2
"""A Chinese line of so many Latin words is a name or a term; a longer one was not translated."""
SAME = 90.0
"""Likeness (0 to 100) from which two lines say the same."""
LIKE = 75.0
"""Likeness from which the sources are too near each other for that to be a fault."""
SHORTEST_ECHO = 12
"""Characters below which two lines may well say the same."""
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9&+.'-]*[A-Za-z0-9]")
_GREETINGS = frozenset(
    {"hello", "hi", "hey", "ok", "okay", "yes", "yeah", "no", "bye", "so", "and", "but", "well"}
)
_MARKS = re.compile(r"[{}\[\]<>|\\]|^\s*\d+\s*[:=]|\n")


FATAL = frozenset({FaultKind.EMPTY, FaultKind.FOREIGN, FaultKind.MARKS})
"""With these a line cannot stand in a subtitle; with others it is better than none."""


def faults_of(line: Line, answer: str, job: TranslationJob) -> tuple[Fault, ...]:
    """All that is wrong with the answer for one line, by itself."""
    if not plain(answer):
        return (Fault(FaultKind.EMPTY, "there is no translation"),)
    found = []
    if foreign(answer, job.target):
        found.append(Fault(FaultKind.FOREIGN, "it is not all in the language that was asked for"))
    if _MARKS.search(answer) and not _MARKS.search(line.text):
        found.append(Fault(FaultKind.MARKS, "it has marks in it that are no part of a subtitle"))
    lost = lost_numbers(line.text, answer, (job.source, job.target))
    if lost:
        found.append(
            Fault(FaultKind.NUMBER, f"it lacks the number {', '.join(f'{value:,.10g}' for value in lost)}")
        )
    names = lost_names(line.text, answer, job)
    if names:
        found.append(
            Fault(FaultKind.NAME, f"it lacks the name {', '.join(names)}, which must be written just so")
        )
    if not fits(answer, line.room, job):
        width = job.rules.width(plain(answer))
        found.append(
            Fault(
                FaultKind.LONG,
                f"it has {width} characters and may have {line.room}; say the same in fewer words",
            )
        )
    return tuple(found)


def fits(answer: str, room: int, job: TranslationJob) -> bool:
    """Whether an answer can be read in its time, and fits on the lines of a cue."""
    text = plain(answer)
    if job.rules.width(text.rstrip(job.rules.quiet_end)) > room:
        return False
    lines = lines_of(text, job.target, job.rules)
    return len(lines) <= job.rules.lines and all(job.rules.width(one) <= job.rules.columns for one in lines)


def echoes(sources: Sequence[str], answers: Sequence[str], index: int) -> bool:
    """Whether an answer only says again what the one before it says, though its line does not."""
    if index == 0 or min(len(answers[index]), len(answers[index - 1])) < SHORTEST_ECHO:
        return index > 0 and answers[index] == answers[index - 1] and sources[index] != sources[index - 1]
    one, other = answers[index - 1].casefold(), answers[index].casefold()
    alike = max(ratio(one, other), SAME if _within(one, other) else 0.0)
    return alike >= SAME and ratio(sources[index - 1], sources[index]) < LIKE


def _within(one: str, other: str) -> bool:
    """Whether the shorter of two lines is a part of the longer."""
    short, long = sorted((one.strip(" .,!?"), other.strip(" .,!?")), key=len)
    return short in long


def lost_names(text: str, answer: str, job: TranslationJob) -> tuple[str, ...]:
    """The names and terms of a line that its answer does not have, spacing and case aside."""
    there = _bare(answer)
    terms = [latin for _, latin in job.names if latin in text]
    if job.target == "en" and job.source != "en":
        for _, latin in job.names:
            text = text.replace(latin, " ")
        words = (found[0] for found in _NAME.finditer(text))
        terms += [word for word in words if _is_name(word)]
    return tuple(dict.fromkeys(term for term in terms if _bare(term) not in there))


def _is_name(word: str) -> bool:
    return any(map(str.isupper, word)) and word.casefold() not in _GREETINGS


def _bare(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def foreign(text: str, language: str) -> bool:
    """Whether `text` is in another language: any Han in English, only Latin words in Chinese."""
    script = _SCRIPTS.get(language.split("-")[0].lower())
    if script is None:
        return bool(_EASTERN.search(text))
    return not re.search(script, text) and len(text.split()) > WORDS_THAT_MAY_STAY


def speaks(text: str, language: str, target: str) -> bool:
    """Whether `text` has anything in `language` that wants a translation into `target`."""
    script = _SCRIPTS.get(language.split("-")[0].lower())
    if script is None:
        return bool(re.search(_LATIN, text)) and language != target
    return bool(re.search(script, text))
