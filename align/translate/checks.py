"""Checks of a translated line; the messages of its faults go to the translator that is asked again."""

from __future__ import annotations

import re

from rapidfuzz.fuzz import ratio

from align.subtitles.layout import lines_of, plain
from align.translate.backend import Fault, FaultKind, Line, TranslationJob
from align.translate.numbers import lost_numbers
from align.translate.parameters import DEFAULTS

_HAN = "\u3400-\u9fff\uf900-\ufaff"
_SCRIPTS = {
    **dict.fromkeys(("zh", "yue"), f"[{_HAN}]"),
    **dict.fromkeys(("ru", "uk", "bg"), "[\u0400-\u04ff]"),
    **dict.fromkeys(("ar", "fa"), "[\u0600-\u06ff]"),
    "ja": f"[\u3041-\u30ff{_HAN}]",
    "ko": "[\uac00-\ud7af]",
    "he": "[\u0590-\u05ff]",
    "th": "[\u0e00-\u0e7f]",
    "hi": "[\u0900-\u097f]",
    "el": "[\u0370-\u03ff]",
}
"""A character of each script that is not Latin."""
_LATIN = "[A-Za-z\u00c0-\u024f]"
_EAST_ASIAN = re.compile(f"[{_HAN}\u3041-\u30ff\uac00-\ud7af]")
_MAX_LATIN_WORDS = 2
"""A line of so many Latin words in Chinese is a name or a term; a longer one was not translated."""
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9&+.'-]*[A-Za-z0-9]")
_GREETINGS = frozenset(
    {"hello", "hi", "hey", "ok", "okay", "yes", "yeah", "no", "bye", "so", "and", "but", "well"}
)
_MARKS = re.compile(r"[{}\[\]<>|\\]|^\s*\d+\s*[:=]|\n")

FATAL = frozenset({FaultKind.EMPTY, FaultKind.FOREIGN, FaultKind.MARKS})
"""With these a line cannot be shown; with others it is better than none."""


def faults_of(line: Line, answer: str, job: TranslationJob) -> tuple[Fault, ...]:
    """All faults of the answer for one line, taken by itself."""
    if not plain(answer):
        return (Fault(FaultKind.EMPTY, "there is no translation"),)
    faults = []
    if foreign(answer, job.target):
        faults.append(Fault(FaultKind.FOREIGN, "it is not all in the language that was asked for"))
    if _MARKS.search(answer) and not _MARKS.search(line.text):
        faults.append(Fault(FaultKind.MARKS, "it has marks in it that are no part of a subtitle"))
    if numbers := lost_numbers(line.text, answer, (job.source, job.target)):
        listed = ", ".join(f"{value:,.10g}" for value in numbers)
        faults.append(Fault(FaultKind.NUMBER, f"it lacks the number {listed}"))
    if names := lost_names(line.text, answer, job):
        message = f"it lacks the name {', '.join(names)}, which must be written just so"
        faults.append(Fault(FaultKind.NAME, message))
    if not fits(answer, line.max_width, job):
        width = job.rules.width(plain(answer))
        message = f"it has {width} characters and may have {line.max_width}; say the same in fewer words"
        faults.append(Fault(FaultKind.LONG, message))
    return tuple(faults)


def fits(answer: str, max_width: int, job: TranslationJob) -> bool:
    """Whether an answer can be read in its time, and fits on the lines of a cue."""
    text = plain(answer)
    if job.rules.width(text.rstrip(job.rules.quiet_end)) > max_width:
        return False
    lines = lines_of(text, job.target, job.rules)
    return len(lines) <= job.rules.lines and all(job.rules.width(line) <= job.rules.columns for line in lines)


def echoes(sources: tuple[str, str], answers: tuple[str, str]) -> bool:
    """Whether the second answer only repeats the first, though its source does not."""
    if min(map(len, answers)) < DEFAULTS.min_echo_length:
        return answers[0] == answers[1] and sources[0] != sources[1]
    previous, current = answers[0].casefold(), answers[1].casefold()
    shorter, longer = sorted((previous.strip(" .,!?"), current.strip(" .,!?")), key=len)
    same = shorter in longer or ratio(previous, current) >= DEFAULTS.echo_similarity
    return same and ratio(*sources) < DEFAULTS.source_similarity


def lost_names(text: str, answer: str, job: TranslationJob) -> tuple[str, ...]:
    """The names and terms of a line that its answer lacks, ignoring spacing and case."""

    def bare(text: str) -> str:
        return "".join(character for character in text.casefold() if character.isalnum())

    terms = [latin for _, latin in job.names if latin in text]
    if job.target == "en" and job.source != "en":
        for _, latin in job.names:
            text = text.replace(latin, " ")
        words = _NAME.findall(text)
        terms += [word for word in words if word != word.lower() and word.casefold() not in _GREETINGS]
    answer = bare(answer)
    return tuple(dict.fromkeys(term for term in terms if bare(term) not in answer))


def foreign(text: str, language: str) -> bool:
    """Whether `text` is in another language: any Han in English, only Latin words in Chinese."""
    script = _SCRIPTS.get(language.split("-")[0].lower())
    if script is None:
        return bool(_EAST_ASIAN.search(text))
    return not re.search(script, text) and len(text.split()) > _MAX_LATIN_WORDS


def needs_translation(text: str, source: str, target: str) -> bool:
    """Whether `text` has anything in the source language."""
    script = _SCRIPTS.get(source.split("-")[0].lower())
    if script is None:
        return bool(re.search(_LATIN, text)) and source != target
    return bool(re.search(script, text))
