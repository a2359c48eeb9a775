"""Distribute one longer text over several cues: split between words, where it reads best."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import pairwise

from align.core.types import Phrase
from align.subtitles.line_breaks import CLAUSE, CLINGING, IN_WORD, INVITED, break_costs
from align.subtitles.rules import Rules
from align.translate.backend import TranslationJob
from align.translate.notes import EMPTY_PART, max_width_of
from align.translate.parameters import DEFAULTS
from align.translate.similarity import Words, matched_chinese_weight, matched_weight

_NAME_AND_NUMBER = re.compile(r"(?<![.?!] )\b[A-Z][\w.&'’-]*(?: [A-Z][\w.&'’-]*)* \d[\d.,]*\b")
"""A name that ends with a number: Silicon Valley 101."""
_BEGINS_PHRASE = """
    to of in on at for from with by about as into over after before through during without between under
    is are was were will would can could should may might must has have had do does did i you he she it we
    they the a an my your his her its our their this that these those there here not also just only even still
"""
"""English words before which a phrase or a verb begins."""
_BEGINS_CLAUSE = "and but or because which who when while if although since unless until"
_LEANS_ON = """
    like over under between through during without than such each every some any no both another other what
    how more most less so too quite really all not don't doesn't didn't won't can't
"""
"""English words that say nothing without the next one."""
_PRONOUNS = "this that these those it you her"
"""Words that cling to the next one as articles, but may also end a clause."""
_PLAIN = 5.0
"""What a break between two words costs, about the middle of what `break_costs` gives."""
_CLAUSE_END = re.compile(r"[,;:.?!…—，。；：？！、][\"'”’)]*$")


def split_over_cues(
    text: str,
    phrases: Sequence[Phrase],
    words: Sequence[Words],
    meanings: Mapping[str, frozenset[str]],
    job: TranslationJob,
) -> list[str]:
    """The translation of a sentence, split over its cues; no part is blank.

    Args:
        words: what each cue is compared by.
        meanings: of the words of a Chinese translation.
    """
    shares = [float(max(1, job.rules.width(phrase.text))) for phrase in phrases]
    max_widths = [max_width_of(phrase, job.rules) for phrase in phrases]
    clauses = [bool(_CLAUSE_END.search(phrase.text.rstrip())) for phrase in phrases]
    names = tuple(latin for _, latin in job.names)

    def overlap(part: str, number: int) -> float:
        if meanings:
            return matched_chinese_weight(words[number], part, meanings)
        return matched_weight(words[number], part)

    parts = distribute(text, shares, max_widths, job.target, job.rules, overlap, names, clauses)
    return [part or EMPTY_PART for part in parts]


def distribute(
    text: str,
    shares: Sequence[float],
    max_widths: Sequence[int],
    language: str,
    rules: Rules,
    overlap: Callable[[str, int], float] = lambda part, number: 0.0,  # noqa: ARG005
    names: Sequence[str] = (),
    clauses: Sequence[bool] = (),
) -> list[str]:
    """A text in as many parts as there are shares, in order; a part is "" only if there are too few words.

    Args:
        shares: how much of the text each part should have; any positive sum.
        max_widths: columns of each part at most.
        overlap: what a part has in common with the cue of a number, in words.
        names: texts that are not split.
        clauses: whether a clause ends with each cue; empty if unknown.
    """
    count = len(shares)
    if count == 1 or not text:
        return [text, *[""] * (count - 1)]
    names = (*names, *(match[0] for match in _NAME_AND_NUMBER.finditer(text)))
    costs = _costs_of_splits(text, language, names)
    places = [0, *(cut for cut in range(1, len(text)) if costs[cut] < IN_WORD), len(text)]
    widths = [rules.width(text[:place]) for place in places]
    full_width, total = max(1, widths[-1]), sum(shares)
    goals = [share / total for share in shares]

    @cache
    def cached_overlap(first: int, last: int, number: int) -> float:
        return overlap(text[places[first] : places[last]], number)

    def cost(first: int, last: int, number: int) -> float:
        """Of giving part `number` the text between two places."""
        part = text[places[first] : places[last]].strip()
        if not part:
            return DEFAULTS.empty_cost
        overflow = max(0, rules.width(part) - max_widths[number])
        uneven = ((widths[last] - widths[first]) / full_width - goals[number]) / max(
            goals[number], 1 / (2 * count)
        )
        cut = 0.0
        if places[last] < len(text):
            cut = DEFAULTS.break_cost * costs[places[last]]
            if clauses and not clauses[number] and costs[places[last]] <= CLAUSE:
                cut = DEFAULTS.break_cost * (costs[places[last]] + _PLAIN) / 2
        if rules.width(part) < DEFAULTS.orphan_width * (rules.columns / 42) and not (
            _CLAUSE_END.search(part) and (first == 0 or costs[places[first]] <= CLAUSE)
        ):
            cut += DEFAULTS.orphan_cost
        cut -= DEFAULTS.shared_word_gain * cached_overlap(first, last, number)
        return cut + DEFAULTS.uneven_cost / count * uneven**2 + DEFAULTS.overflow_cost * overflow

    cuts = _cheapest_cuts(len(places), count, cost)
    return [text[places[first] : places[last]].strip() for first, last in pairwise(cuts)]


def _costs_of_splits(text: str, language: str, names: Sequence[str]) -> tuple[float, ...]:
    """The cost of splitting a text before each character.

    Cues are farther apart than lines: between two plain words of English it counts whether a phrase begins.
    """
    costs = list(break_costs(text, language, names))
    if language.split("-")[0].lower() != "en":
        return tuple(costs)
    for first, second in pairwise(re.finditer(r"\S+", text)):
        place, before, after = second.start(), first[0].lower(), second[0].lower().rstrip(",.;:?!")
        if before.rstrip(",") in _BEGINS_CLAUSE.split():
            costs[place] = max(costs[place], CLINGING)
        elif before in _PRONOUNS.split() and after in _BEGINS_CLAUSE.split() and costs[place] < IN_WORD:
            costs[place] = min(costs[place], INVITED)
        elif costs[place] >= CLINGING or _CLAUSE_END.search(before):
            continue
        elif before in _LEANS_ON.split():
            costs[place] = CLINGING
        elif after in _BEGINS_CLAUSE.split():
            costs[place] = min(costs[place], INVITED)
        elif after not in _BEGINS_PHRASE.split():
            costs[place] += DEFAULTS.inside_phrase_cost
    return tuple(costs)


def _cheapest_cuts(places: int, count: int, cost: Callable[[int, int, int], float]) -> list[int]:
    """The places where `count` parts begin, and the end, for the least total cost."""
    best = [0.0] + [math.inf] * (places - 1)
    predecessors: list[list[int]] = []
    for number in range(count):
        row, origin = [math.inf] * places, [0] * places
        for last in range(places):
            for first in range(last + 1):
                if math.isinf(best[first]):
                    continue
                total = best[first] + cost(first, last, number)
                if total < row[last]:
                    row[last], origin[last] = total, first
        best = row
        predecessors.append(origin)
    cuts = [places - 1]
    for origin in reversed(predecessors):
        cuts.append(origin[cuts[-1]])
    return cuts[::-1]
