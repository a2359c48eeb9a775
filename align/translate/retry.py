"""One answer for each line: split where the whole fails, checked line by line, asked again.

An answer with a fault is asked for again by itself, up to ATTEMPTS times, each time told what was wrong
with it. Of all answers the one with the fewest and the least faults is taken. Two lines of which the second
only says again what the first says are asked for as one, and that answer is parted where it reads best.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from align.subtitles.line_breaks import IN_WORD, break_costs
from align.translate.base import (
    Fault,
    FaultKind,
    Line,
    LineContext,
    LineTranslator,
    RejectedAnswer,
    TranslationJob,
    UnusableAnswerError,
)
from align.translate.checks import FATAL, echoes, faults_of

ATTEMPTS = 5
"""How often a line is asked for again."""
_OVER = 30.0
"""The price of a column too many where an answer is parted: more than that of a cut between small words."""
_UNLIKE = 20.0
"""The price of parts that share an answer otherwise than their lines share the time."""
_ECHO = Fault(FaultKind.ECHO, "it says again what the line before it says; translate its own words alone")


def ask(
    model: LineTranslator, lines: Sequence[Line], job: TranslationJob, context: LineContext
) -> tuple[str, ...]:
    """The best answer for each line; "" where there is none that can stand.

    Raises:
        ModelError: the translator does not run.
    """
    answers = list(_held(model, lines, job, context))
    for index, line in enumerate(lines):
        around = _around(lines, index, index + 1, context)
        answers[index] = _mended(model, line, answers[index], job, around)
    for index in range(1, len(lines)):
        if echoes([line.text for line in lines], answers, index):
            answers[index - 1 : index + 1] = _apart(model, lines, answers, index, job, context)
    for index in range(2, len(lines)):
        answers[index] = _not_again(model, lines, answers, index, job, context)
    return tuple(
        "" if _fatal(faults_of(*pair, job)) else pair[1] for pair in zip(lines, answers, strict=True)
    )


def _held(
    model: LineTranslator, lines: Sequence[Line], job: TranslationJob, context: LineContext
) -> tuple[str, ...]:
    """As many answers as lines: asked twice, the second time with the fault named, then in halves."""
    fault = ""
    for _ in range(2):
        try:
            answers = model.translate(lines, job, replace(context, fault=fault))
            if len(answers) == len(lines):
                return answers
            fault = f"{len(answers)} lines came back and {len(lines)} were asked for"
        except UnusableAnswerError as error:
            fault = str(error)
    if len(lines) == 1:
        return ("",)
    middle = len(lines) // 2
    return (
        *_held(model, lines[:middle], job, _around(lines, 0, middle, context)),
        *_held(model, lines[middle:], job, _around(lines, middle, len(lines), context)),
    )


def _around(lines: Sequence[Line], first: int, last: int, context: LineContext) -> LineContext:
    """The context of some of the lines: the others, and what was around them all."""
    texts = [line.text for line in lines]
    before, after = (*context.before, *texts[:first]), (*texts[last:], *context.after)
    return replace(context, before=before, after=after)


def _mended(model: LineTranslator, line: Line, answer: str, job: TranslationJob, context: LineContext) -> str:
    """The answer, or the best of those that come when it is asked for again."""
    tried = [(answer, faults_of(line, answer, job))]
    while tried[-1][1] and len(tried) <= ATTEMPTS:
        refused = tuple(RejectedAnswer(*one) for one in tried)
        (again,) = _held(model, [replace(line, refused=refused)], job, context)
        tried.append((again, faults_of(line, again, job)))
    return min(tried, key=lambda one: _weight(one[0], one[1], line, job))[0]


def _weight(answer: str, faults: Sequence[Fault], line: Line, job: TranslationJob) -> tuple[int, int, int]:
    """How bad an answer is: what it cannot stand with, what else is wrong, columns too many."""
    over = max(0, job.rules.width(answer) - line.room)
    return (
        sum(fault.kind in FATAL for fault in faults),
        sum(fault.kind not in (FaultKind.LONG, *FATAL) for fault in faults),
        over,
    )


def _fatal(faults: Sequence[Fault]) -> bool:
    return any(fault.kind in FATAL for fault in faults)


def _apart(
    model: LineTranslator,
    lines: Sequence[Line],
    answers: Sequence[str],
    index: int,
    job: TranslationJob,
    context: LineContext,
) -> tuple[str, str]:
    """Two answers that say different things, for a line and the one before it, if there are any."""
    two = lines[index - 1 : index + 1]
    old = (answers[index - 1], answers[index])
    choices = [old]
    if two[0].speaker == two[1].speaker:
        whole = Line(_together(two, job.source), two[0].room + two[1].room, two[0].speaker)
        (answer,) = _held(model, [whole], job, _around(lines, index - 1, index + 1, context))
        choices.append(part(answer, (two[0].room, two[1].room), job))
    around = _around(lines, index, index + 1, context)
    choices.append((old[0], _no_echo(model, two[1], old[1], job, around)))
    texts = [line.text for line in two]

    def weight(pair: tuple[str, str]) -> tuple[int, int, int, int]:
        each = [
            _weight(one, faults_of(line, one, job), line, job) for line, one in zip(two, pair, strict=True)
        ]
        sums = [sum(column) for column in zip(*each, strict=True)]
        return sums[0], int(echoes(texts, pair, 1)), sums[1], sums[2]

    return min(choices, key=weight)


def _not_again(
    model: LineTranslator,
    lines: Sequence[Line],
    answers: Sequence[str],
    index: int,
    job: TranslationJob,
    context: LineContext,
) -> str:
    """The answer of a line, or another one where it says again what the line before the last says."""
    texts, line = [lines[index - 2].text, lines[index].text], lines[index]
    if not echoes(texts, [answers[index - 2], answers[index]], 1):
        return answers[index]
    around = _around(lines, index, index + 1, context)
    again = _no_echo(model, line, answers[index], job, around)
    faults = faults_of(line, again, job)
    worse = _fatal(faults) or echoes(texts, [answers[index - 2], again], 1)
    return answers[index] if worse else _mended(model, line, again, job, around)


def _no_echo(model: LineTranslator, line: Line, echo: str, job: TranslationJob, around: LineContext) -> str:
    """Another answer for a line, which was answered with what another line says."""
    (again,) = _held(model, [replace(line, refused=(RejectedAnswer(echo, (_ECHO,)),))], job, around)
    return again


def _together(lines: Sequence[Line], language: str) -> str:
    """The texts of two lines as one."""
    from align.subtitles.rules import is_spaced

    return (" " if is_spaced(language) else "").join(line.text.strip() for line in lines)


def part(text: str, rooms: Sequence[int], job: TranslationJob) -> tuple[str, str]:
    """A text in two, each for a line of its own: where it reads best, and as the lines share the room.

    >>> part("So today we want to try out this live format", (24, 40), job)  # doctest: +SKIP
    ('So today we want', 'to try out this live format')
    """
    costs = break_costs(text, job.target)
    cuts = [cut for cut in range(1, len(text)) if costs[cut] < IN_WORD]

    def price(cut: int) -> float:
        widths = [job.rules.width(piece) for piece in (text[:cut].strip(), text[cut:].strip())]
        over = sum(max(0, width - room) for width, room in zip(widths, rooms, strict=True))
        unlike = widths[0] / max(1, sum(widths)) - rooms[0] / sum(rooms)
        return costs[cut] + _OVER * over + _UNLIKE * unlike**2

    if not cuts:
        return text, ""
    best = min(cuts, key=price)
    return text[:best].strip(), text[best:].strip()
