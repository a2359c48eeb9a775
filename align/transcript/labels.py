"""Find out who speaks from the labels in a transcript.

What is taken for a label, always at the beginning of a paragraph:

    陈倩：text    Bruce: text    - Bruce: text    **陈倩：** text    陈倩（主持人）：text
    [Ethan] text    【陈倩】text
    >> Bruce: text    >> text        (the second names nobody: another, unknown voice)
    陈倩 00:01:02    陈倩(01:02)：text    [00:01:02] 陈倩：text
    陈倩    or    陈倩：    alone on a line, the text below it

A label must look like a name (`align.transcript.speaker_names`): short, without punctuation, no common word
before a colon (时间, 注意, "Note"), no phrase that introduces something (…是, …如下), no number and no
address (10:30, https:). Even then it counts only with evidence:

    - a time behind the name, or >> before it: always;
    - "Name:" and "[Name]", when the name is hardly anything but a person's (a surname or 老, 小, 阿 first, a
      role such as 主持人, a capital, both scripts): it begins two paragraphs or more, or the first one, or
      a third of all paragraphs begin with such labels;
    - "Name:" and "[Name]" with any other name (一鸣, 问, bruce): it begins two paragraphs or more, and a
      fifth of all paragraphs begin with labels that come again;
    - a bare name alone on a line: when the first paragraph is one and comes again, a fifth of all
      paragraphs are such names, and none is followed by another or by the end. A name that comes once
      counts too when all of them have an empty line above and none below.

A heading is left out, unless it is such a label or a name that comes as a heading twice.
Paragraphs without a label belong to the speaker of the paragraph above.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from align.transcript.paragraphs import Paragraph
from align.transcript.speaker_names import is_name, is_person, tidy_name
from align.transcript.timestamps import BRACKETED, LONG, SHORT, stamped, without_times

_BEGIN = r"\s*(?:[-–—•*]\s+)?[*_]{0,3}"
_END = r"[*_]{0,3}"
_ARROWS = re.compile(r"\s*(?:>>|＞＞|》》)[>＞》]?\s*")
_COLON = re.compile(
    rf"{_BEGIN}(?P<name>[^:：\n]{{1,60}}?){_END}\s*(?:(?<!\d)[:：]|[:：](?!\d))(?!//|\\){_END}\s*(?P<rest>.*)",
    re.DOTALL,
)
_BRACKET = re.compile(
    rf"{_BEGIN}[\[【［](?P<name>[^\]】］\n]{{1,40}})[\]】］]{_END}\s*[:：]?{_END}\s*(?P<rest>.*)", re.DOTALL
)
_DATE = r"(?:\s+\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)?"
_THEN = rf"(?=(?:{_END}\s*)(?:[:：]|$))"
_TIMED = re.compile(
    rf"{_BEGIN}(?P<name>[^:：\n\[(（【<]{{1,40}}?){_END}{_DATE}"
    rf"(?:\s*(?P<sure>{BRACKETED}{_THEN}|(?<=\s){LONG})|\s+(?P<short>{SHORT}){_THEN})"
    rf"{_END}\s*[:：]?{_END}\s*(?P<rest>.*)",
    re.DOTALL,
)
_OFTEN = 2
_LABELLED_SHARE = 1 / 3
_REPEATED_SHARE = 1 / 5
_ALONE_SHARE = 1 / 5


@dataclass(frozen=True, slots=True)
class Utterance:
    """A paragraph without its label and times.

    Attributes:
        speaker: None when unknown.
        text: may be "", when the label stands alone.
        paragraph: which one it is, counted from 0.
    """

    speaker: str | None
    text: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class _Reading:
    """How one paragraph could be read, before the whole file is known.

    Attributes:
        sure: whether the label needs no evidence from the rest of the file.
        name: in the label, None where there is none or where it names nobody.
        rest: what follows the label.
        whole: the paragraph without times, for when the label does not count.
    """

    name: str | None
    rest: str
    whole: str
    sure: bool = False


def utterances(paragraphs: Sequence[Paragraph]) -> list[Utterance]:
    """Paragraphs in order with their speakers; a heading that names nobody is left out."""
    texts = [" ".join(paragraph.text.split()) for paragraph in paragraphs]
    short = stamped(texts)
    readings = [_read(text, short=short) for text in texts]
    named = _named_by_repetition(readings)
    alone = _alone(paragraphs, readings)
    result: list[Utterance] = []
    for index, (paragraph, reading) in enumerate(zip(paragraphs, readings, strict=True)):
        counts = reading.sure or (reading.name is not None and reading.name.casefold() in named)
        if index in alone:
            reading, counts = _Reading(tidy_name(reading.whole), "", ""), True
        if counts or not paragraph.heading:
            above = result[-1].speaker if result else None
            if counts:
                result.append(Utterance(reading.name, reading.rest, index))
            else:
                given = paragraph.speaker is not None
                speaker = (paragraph.speaker or None) if given else above
                result.append(Utterance(speaker, reading.whole, index))
    return result


def _read(text: str, *, short: bool) -> _Reading:
    whole = without_times(text, short=short)
    if arrows := _ARROWS.match(whole):
        after = whole[arrows.end() :]
        label = _COLON.match(after)
        name = _name(label)
        return _Reading(name, label["rest"] if label and name else after, whole, sure=True)
    if (timed := _TIMED.match(text)) and (timed["sure"] or short) and (name := _name(timed)):
        return _Reading(name, without_times(timed["rest"], short=short), whole, sure=True)
    for shape in (_COLON, _BRACKET):
        label = shape.match(whole)
        if label and (name := _name(label)):
            return _Reading(name, without_times(label["rest"], short=short), whole)
    return _Reading(None, whole, whole)


def _name(label: re.Match[str] | None) -> str | None:
    name = tidy_name(label["name"]) if label else ""
    return name if is_name(name) else None


def _named_by_repetition(readings: Sequence[_Reading]) -> frozenset[str]:
    """Names, case folded, of the labels with enough evidence."""
    names = [reading.name for reading in readings if reading.name]
    counts = Counter(name.casefold() for name in names)
    often = {name for name in names if counts[name.casefold()] >= _OFTEN}
    persons = {name for name in names if is_person(name)}
    first = {reading.name for reading in readings[:1] if reading.name}
    counted = (often | first) & persons
    if len(names) >= max(_OFTEN, _LABELLED_SHARE * len(readings)):
        counted |= persons
    if sum(name in often for name in names) >= _REPEATED_SHARE * len(readings):
        counted |= often
    return frozenset(name.casefold() for name in counted)


def _alone(paragraphs: Sequence[Paragraph], readings: Sequence[_Reading]) -> frozenset[int]:
    """Indices of the paragraphs that are nothing but a speaker's name."""
    names = {
        index: tidy_name(reading.whole).casefold()
        for index, reading in enumerate(readings)
        if reading.name is None and not reading.sure and is_name(tidy_name(reading.whole))
    }
    headings = {index: name for index, name in names.items() if paragraphs[index].heading}
    often = {name for name, count in Counter(headings.values()).items() if count >= _OFTEN}
    lines = {index: name for index, name in names.items() if index not in headings}
    return frozenset(index for index, name in headings.items() if name in often) | _alone_on_lines(
        paragraphs, lines
    )


def _alone_on_lines(paragraphs: Sequence[Paragraph], names: dict[int, str]) -> frozenset[int]:
    counts = Counter(names.values())
    often = frozenset(index for index, name in names.items() if counts[name] >= _OFTEN)
    last = len(paragraphs) - 1
    if 0 not in often or any(index == last or index + 1 in often for index in often):
        return frozenset()
    if len(often) < _ALONE_SHARE * len(paragraphs):
        return frozenset()
    if not all(_stands_above(paragraphs, index) for index in often):
        return often
    return often | {index for index in names if _stands_above(paragraphs, index)}


def _stands_above(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether an empty line is above the paragraph, and its text directly below."""
    here = paragraphs[index].line
    gap_above = index == 0 or here - paragraphs[index - 1].line > 1
    return gap_above and index + 1 < len(paragraphs) and paragraphs[index + 1].line - here == 1
