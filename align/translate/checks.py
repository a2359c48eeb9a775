"""Checks of a translated sentence; its faults go to the translator that is asked again, and to the editor."""

from __future__ import annotations

import re

from rapidfuzz.fuzz import partial_ratio

from align.subtitles.layout import lines_of, plain
from align.translate.backend import Fault, FaultKind, Sentence, TranslationJob
from align.translate.numbers import number_faults
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
_CHINESE_NOT_NEGATED = re.compile(
    r"(.)[不没]\1|[不没]有?[吗么]|不(?:过|管|论|仅|但|光|只|止|错|断|同|少|久|妨|然|由|禁|得不|好意思|客气|用谢|用说|"
    r"见得|就是|都是|一会|一样|超过|到|低于|少于)|差不多|没(?:错|准)|说不定|了不起|要不|越来越|有没有|忍不住|来不及|"
    r"[怪恨巴]不得|动不动|[特区级个差分类性告识]别|别[人的]"
)
"""Words with a character of negation that English says without one, or not always with one."""
_CHINESE_NEGATION = re.compile(r"[不没别]|未[能曾有]|并非")
_CHINESE_MAYBE_NEGATED = re.compile(
    r"[不没无未别非莫勿难缺少反拒停失禁避免除超只仅才唯否谁哪最]|怎么|干嘛|何必|随便|任何|[对是]吧|首次|第一次|腰斩"
)
_ENGLISH_NOT_NEGATED = re.compile(
    r"could(?:n['’]t| not) (?:\w+ ){1,2}more|can(?:['’]t|not) help|\bwhy (?:not|don['’]t)|\bnothing but\b|"
    r"\bnot (?:only|just|least)\b|\bno (?:wonder|problem|matter|doubt)\b|"
    r"\w+n['’]t (?:it|you|we|they|he|she|I|that|this|there)\b[^.?!]*\?",
    re.IGNORECASE,
)
_ENGLISH_NEGATION = re.compile(
    r"n['’]t\b|\b(?:no|not|never|none|nobody|nothing|nowhere|neither|nor|without|cannot)\b", re.IGNORECASE
)
_ENGLISH_MAYBE_NEGATED = re.compile(
    r"['’]t\b|\w+less\b|\b(?:(?:un|in|im|dis|non|ir|il|mis)\w{3,}|(?:lack|fail|refus|avoid|stop|doubt|miss|keep)\w*|"
    r"hard|hardly|rarely|barely|scarcely|seldom|few|fewer|little|rather|instead|beyond|free|only|under|below|"
    r"too|away|different|unless|except|other than|out of|far from|yet|less|anything but|short)\b",
    re.IGNORECASE,
)
"""What may say the same as a negation, or answer one."""
_MARKS = re.compile(r"[{}\[\]<>|\\]|^\s*\d+\s*[:=]|\n")

FATAL = frozenset({FaultKind.EMPTY, FaultKind.FOREIGN, FaultKind.MARKS})
"""With these a translation cannot be shown; with others it is better than none."""


def faults_of(sentence: Sentence, answer: str, job: TranslationJob) -> tuple[Fault, ...]:
    """All faults of the answer for one sentence, taken by itself."""
    text = sentence.text
    if not plain(answer):
        return (Fault(FaultKind.EMPTY, "there is no translation"),)
    faults = []
    if foreign(answer, job.target):
        faults.append(Fault(FaultKind.FOREIGN, "it is not all in the language that was asked for"))
    if _MARKS.search(answer) and not _MARKS.search(text):
        faults.append(Fault(FaultKind.MARKS, "it has marks in it that are no part of a subtitle"))
    if message := implausible_length(text, answer, job):
        faults.append(Fault(FaultKind.LENGTH, message))
    if wrong := number_faults(text, answer, (job.source, job.target)):
        missing = tuple(part for fault in wrong for part in fault.missing)
        faults.append(Fault(FaultKind.NUMBER, "; ".join(fault.message for fault in wrong), missing))
    if names := lost_names(text, answer, job):
        message = f"it lacks the name {', '.join(names)}, which must be written just so"
        faults.append(Fault(FaultKind.NAME, message, names))
    if message := wrong_negation(text, answer, (job.source, job.target)):
        faults.append(Fault(FaultKind.NEGATION, message))
    if re.search(r"[?？][\"'”’」]*$", text.strip()) and not re.search("[?？]", answer):
        faults.append(Fault(FaultKind.QUESTION, "it must be a question"))
    width = job.rules.width(plain(answer).rstrip(job.rules.quiet_end))
    if width > sentence.max_width:
        message = f"it has {width} characters and may have {sentence.max_width}; say the same in fewer words"
        faults.append(Fault(FaultKind.LONG, message))
    return tuple(faults)


def implausible_length(text: str, answer: str, job: TranslationJob) -> str:
    """What is wrong with the length of a translation, "" if nothing: much is lost, or was added.

    Too short are answers to an order in the text, too long are repetitions and explanations.
    """
    east, west = (answer, text) if is_han(job.target) else (text, answer)
    if is_han(job.source) == is_han(job.target):
        return ""
    han = len(_EAST_ASIAN.findall(east))
    letters = len(re.findall(r"\w", west)) - (len(re.findall(r"[A-Za-z0-9]", east)) if han else 0)
    if max(han, letters / DEFAULTS.letters_per_han) < DEFAULTS.min_judged_length:
        return ""
    ratio = letters / max(1, han) / DEFAULTS.letters_per_han
    ratio = 1 / max(ratio, 1e-6) if is_han(job.target) else ratio
    if ratio < DEFAULTS.min_length_ratio:
        return "it is much shorter than what is said; translate all of it"
    if ratio > DEFAULTS.max_length_ratio:
        return "it is much longer than what is said; translate that only"
    return ""


def is_han(language: str) -> bool:
    """Whether a language is written in Han characters only."""
    return language.split("-")[0].lower() in ("zh", "yue")


def wrong_negation(source: str, answer: str, languages: tuple[str, str]) -> str:
    """What is wrong where only one of a Chinese and an English text negates anything, "" otherwise."""
    codes = tuple(language.split("-")[0].lower() for language in languages)
    if set(codes) != {"zh", "en"}:
        return ""
    chinese, english = (source, answer) if codes[0] == "zh" else (answer, source)
    negated = (
        bool(_CHINESE_NEGATION.search(_CHINESE_NOT_NEGATED.sub("", chinese))),
        bool(_ENGLISH_NEGATION.search(_ENGLISH_NOT_NEGATED.sub("", english))),
    )
    maybe = bool(_CHINESE_MAYBE_NEGATED.search(chinese)), bool(_ENGLISH_MAYBE_NEGATED.search(english))
    if negated[0] and not negated[1] and not maybe[1]:
        return "it lacks a negation" if codes[0] == "zh" else "it has a negation that nobody says"
    if negated[1] and not negated[0] and not maybe[0]:
        return "it has a negation that nobody says" if codes[0] == "zh" else "it lacks a negation"
    return ""


def borrowed_words(source: str, answer: str, neighbour: str, neighbour_answer: str) -> str:
    """The longest run of words that a translation took from that of a neighbouring sentence, "" for none.

    Args:
        source, neighbour: the two sentences; what they have in common may stand in both translations.
    """
    words, others = (re.findall(r"[\w'’]+|[^\w\s]", text.casefold()) for text in (answer, neighbour_answer))
    size = DEFAULTS.min_borrowed_words
    runs = {tuple(others[k : k + size]) for k in range(len(others) - size + 1)}
    taken = [words[k : k + size] for k in range(len(words) - size + 1) if tuple(words[k : k + size]) in runs]
    if not taken or partial_ratio(source, neighbour) >= DEFAULTS.source_similarity:
        return ""
    return " ".join(taken[0])


def fits(answer: str, max_width: int, job: TranslationJob) -> bool:
    """Whether an answer can be read in its time, and fits on the lines of a cue."""
    text = plain(answer)
    if job.rules.width(text.rstrip(job.rules.quiet_end)) > max_width:
        return False
    lines = lines_of(text, job.target, job.rules)
    return len(lines) <= job.rules.lines and all(job.rules.width(line) <= job.rules.columns for line in lines)


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
