"""One usable answer for each line of a batch.

A batch that fails as a whole is split in halves. An answer with a fault is requested again by itself, with
its faults named, and the best of all answers is used. Two lines of which the second only repeats the first
are requested as one, and that answer is split where it reads best.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from align.subtitles.line_breaks import IN_WORD, break_costs
from align.subtitles.rules import is_spaced
from align.translate.backend import (
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
from align.translate.parameters import DEFAULTS

_ECHO = Fault(FaultKind.ECHO, "it says again what the line before it says; translate its own words alone")


def translate_batch(
    model: LineTranslator, lines: Sequence[Line], job: TranslationJob, context: LineContext
) -> tuple[str, ...]:
    """The best answer for each line; "" if none can be shown.

    Raises:
        ModelError: the translator does not run.
    """
    batch = _Batch(model, lines, job, context)
    answers = list(batch.request(lines, context))
    for index in range(len(lines)):
        answers[index] = batch.improve(index, answers[index])
    for index in range(1, len(lines)):
        if batch.repeats(answers, index, 1):
            answers[index - 1 : index + 1] = batch.separate(answers, index)
    for index in range(2, len(lines)):
        if batch.repeats(answers, index, 2):
            answer = batch.request_one(index, RejectedAnswer(answers[index], (_ECHO,)))
            fatal = batch.badness(lines[index], answer)[0]
            if not fatal and not batch.repeats([*answers[:index], answer], index, 2):
                answers[index] = batch.improve(index, answer)
    return tuple(
        "" if batch.badness(line, answer)[0] else answer for line, answer in zip(lines, answers, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Batch:
    """The lines of a batch and what is needed to request them."""

    model: LineTranslator
    lines: Sequence[Line]
    job: TranslationJob
    context: LineContext

    def request(self, lines: Sequence[Line], context: LineContext) -> tuple[str, ...]:
        """As many answers as lines: requested twice, the second time with the fault named, then in halves."""
        fault = ""
        for _ in range(2):
            try:
                answers = self.model.translate(lines, self.job, replace(context, fault=fault))
                if len(answers) == len(lines):
                    return answers
                fault = f"{len(answers)} lines came back and {len(lines)} were asked for"
            except UnusableAnswerError as error:
                fault = str(error)
        if len(lines) == 1:
            return ("",)
        middle = len(lines) // 2
        return (
            *self.request(lines[:middle], _context_of(lines, 0, middle, context)),
            *self.request(lines[middle:], _context_of(lines, middle, len(lines), context)),
        )

    def request_one(self, index: int, *rejected: RejectedAnswer) -> str:
        """Another answer for a line."""
        context = _context_of(self.lines, index, index + 1, self.context)
        (answer,) = self.request([replace(self.lines[index], rejected=rejected)], context)
        return answer

    def improve(self, index: int, answer: str) -> str:
        """The answer, or the best of those that come when it is requested again."""
        line, tried = self.lines[index], [answer]
        rejected: list[RejectedAnswer] = []
        while (faults := faults_of(line, tried[-1], self.job)) and len(tried) <= DEFAULTS.max_retries:
            rejected.append(RejectedAnswer(tried[-1], faults))
            tried.append(self.request_one(index, *rejected))
        return min(tried, key=lambda answer: self.badness(line, answer))

    def separate(self, answers: Sequence[str], index: int) -> tuple[str, str]:
        """Different answers for a line and the one before it, if possible."""
        pair, current = self.lines[index - 1 : index + 1], (answers[index - 1], answers[index])
        choices = [current]
        if pair[0].speaker == pair[1].speaker:
            joiner = " " if is_spaced(self.job.source) else ""
            text = joiner.join(line.text.strip() for line in pair)
            merged = Line(text, pair[0].max_width + pair[1].max_width, pair[0].speaker)
            (answer,) = self.request([merged], _context_of(self.lines, index - 1, index + 1, self.context))
            widths = (pair[0].max_width, pair[1].max_width)
            choices.append(split_in_two(answer, widths, self.job))
        choices.append((current[0], self.request_one(index, RejectedAnswer(current[1], (_ECHO,)))))

        def badness(choice: tuple[str, str]) -> tuple[int, int, int, int]:
            first, second = (self.badness(line, answer) for line, answer in zip(pair, choice, strict=True))
            echo = int(echoes((pair[0].text, pair[1].text), choice))
            return first[0] + second[0], echo, first[1] + second[1], first[2] + second[2]

        return min(choices, key=badness)

    def repeats(self, answers: Sequence[str], index: int, distance: int) -> bool:
        """Whether an answer only repeats the one `distance` lines before."""
        sources = (self.lines[index - distance].text, self.lines[index].text)
        return echoes(sources, (answers[index - distance], answers[index]))

    def badness(self, line: Line, answer: str) -> tuple[int, int, int]:
        """Fatal faults, other faults, columns beyond the limit."""
        kinds = [fault.kind for fault in faults_of(line, answer, self.job)]
        fatal = sum(kind in FATAL for kind in kinds)
        overflow = max(0, self.job.rules.width(answer) - line.max_width)
        return fatal, len(kinds) - fatal - kinds.count(FaultKind.LONG), overflow


def _context_of(lines: Sequence[Line], first: int, last: int, context: LineContext) -> LineContext:
    """The context of some of the lines: the other lines, and the context of all."""
    texts = [line.text for line in lines]
    before, after = (*context.before, *texts[:first]), (*texts[last:], *context.after)
    return replace(context, before=before, after=after)


def split_in_two(text: str, max_widths: tuple[int, int], job: TranslationJob) -> tuple[str, str]:
    """A text for two cues, split where it reads best and in proportion to the space of each.

    >>> split_in_two("So today we want to try out this live format", (24, 40), job)  # doctest: +SKIP
    ('So today we want', 'to try out this live format')
    """
    costs = break_costs(text, job.target)
    cuts = [cut for cut in range(1, len(text)) if costs[cut] < IN_WORD]

    def cost(cut: int) -> float:
        widths = [job.rules.width(part) for part in (text[:cut].strip(), text[cut:].strip())]
        overflow = sum(max(0, width - most) for width, most in zip(widths, max_widths, strict=True))
        balance = widths[0] / max(1, sum(widths)) - max_widths[0] / sum(max_widths)
        split_cost = DEFAULTS.split_overflow_cost * overflow + DEFAULTS.split_balance_cost * balance**2
        return costs[cut] + split_cost

    if not cuts:
        return text, ""
    best = min(cuts, key=cost)
    return text[:best].strip(), text[best:].strip()
