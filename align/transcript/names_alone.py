"""Labels that are a name alone on a line, with the text below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from align.transcript.label_parameters import LabelParameters
from align.transcript.line_forms import Candidate
from align.transcript.lines import Line
from align.transcript.speaker_names import NUMBERED, PERSON


def names_alone(
    lines: Sequence[Line],
    entries: dict[int, Candidate],
    active: Sequence[int],
    parameters: LabelParameters,
) -> dict[int, Candidate]:
    """Those of the names alone on a line that are labels.

    Args:
        entries: the lines that may be names.
        active: the lines that may be spoken.
    """
    counts = Counter(each.name.casefold() for each in entries.values() if each.name)
    often = {index for index, each in entries.items() if counts[(each.name or "").casefold()] > 1}
    after = dict(pairwise(active))
    colons = {index for index in entries if lines[index].text.rstrip("*_ ").endswith((":", "："))}
    has_colons = bool(often) and len(often & colons) >= parameters.recurring * len(often)
    if has_colons:
        entries = {index: each for index, each in entries.items() if index in colons}
        often &= colons
    if not often:
        return _with_roles(lines, entries, after)
    empty = sum(index not in after or after[index] in often for index in often)
    if not often or empty > 0.1 * len(often):
        return {}
    distinct = len({(entries[index].name or "").casefold() for index in often})
    numbered = any(entries[index].quality == NUMBERED for index in often)
    above = {index for index in entries if _stands_above(lines, index, after)}
    enough = len(often) >= parameters.some * len(active) or (
        (distinct > 1 or numbered) and often <= above and len(often) >= 0.8 * len(above)
    )
    emphasised = {
        index for index in entries if index in after and lines[index].bold >= len(lines[index].text)
    }
    is_emphasised = len(emphasised & often) >= 0.8 * len(often)
    if not enough and not is_emphasised:
        return {}
    if distinct == 1 and not numbered and not is_emphasised and min(often) != active[0]:
        return {}
    if lines[active[0]].span is not None and not numbered and not often <= above:
        return {}
    kept = set(entries) if has_colons else often | above if often <= above else often
    kept |= {index for index, each in entries.items() if each.quality == NUMBERED and index in after}
    if is_emphasised:
        kept |= emphasised
    titled = {
        index for index, each in entries.items() if " " in lines[index].text.replace(each.name or "", "")
    }
    if len(titled & often) >= 0.5 * len(often):  # Ann Lee -- Chief Executive Officer
        kept |= {index for index in titled if index in after}
    return {index: entries[index] for index in kept}


def _with_roles(
    lines: Sequence[Line], entries: Mapping[int, Candidate], after: Mapping[int, int]
) -> dict[int, Candidate]:
    """Persons with a role in brackets, each above a text: Sen. Ann Lee (D-Ohio)."""
    with_roles = {
        index: each
        for index, each in entries.items()
        if each.quality >= PERSON and lines[index].text.rstrip(" *_").endswith((")", "）"))
        if each.name != lines[index].text and index in after
    }
    above = all(after[index] not in entries for index in with_roles)
    return with_roles if len(with_roles) > 1 and above and lines[0].span is None else {}


def _stands_above(lines: Sequence[Line], index: int, after: Mapping[int, int]) -> bool:
    """Whether the line begins a block that goes on below it."""
    if index not in after:
        return False
    here, next_line = lines[index], lines[after[index]]
    if here.bold >= len(here.text):
        return True
    if here.span is not None:
        return next_line.number == here.number and (index == 0 or lines[index - 1].number != here.number)
    gap = index == 0 or here.number - lines[index - 1].number > 1
    return gap and next_line.number - here.number == 1
