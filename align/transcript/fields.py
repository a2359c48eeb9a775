"""Lines that look like labels and name something: credits and fields in a row, instructions, name lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise

from align.transcript.line_forms import Candidate, Form
from align.transcript.lines import Line
from align.transcript.speaker_names import NUMBERED, name_quality
from align.transcript.unspoken import has_address, is_field, is_sentence, people_in

_KEY = re.compile(
    r"[\s*_#>•·-]*(?P<key>[^:：]{1,30}?)[\s*_]*(?:(?<!\d)[:：]|[:：](?!\d))(?!//)[\s*_]*(?P<value>\S.*)"
)
_SHORTEST_RUN = 3
"""Lines of keys in a row that are credits or a header, where a single one may be a turn."""
_NO_SENTENCES = 0.2
"""Share of the texts behind a label that may be sentences for it to be an instruction such as SLIDE:"""


def field_runs(lines: Sequence[Line], indices: Sequence[int]) -> set[int]:
    """Lines of the form `key: value` in a row, such as 作词：任洋 and Mix: Ann Lee.

    They stand at the top or the end, and in subtitles anywhere.

    Every key of a header or of credits has one value in the document, while speakers say one thing and
    another; and no value is a sentence, except where the last lines of a text have an address.

    Args:
        indices: of the lines that may be spoken, in order.
    """
    keys = {index: match for index in indices if (match := _KEY.fullmatch(lines[index].text))}
    counts = Counter(key for key, _ in {(match["key"].casefold(), match["value"]) for match in keys.values()})
    whole = sum(len(lines[index].text) for index in indices)

    def is_field_line(index: int) -> bool:
        match = keys.get(index)
        is_key = match and counts[match["key"].casefold()] == 1 and name_quality(match["key"]) != NUMBERED
        return bool(is_key) or is_field(lines[index].text)

    found: set[int] = set()
    runs = [(kind, list(run)) for kind, run in groupby(_without_heading(lines, indices), key=is_field_line)]
    for place, (is_run, run) in enumerate(runs):
        at_edge = place == 0 or place == len(runs) - 1 or lines[run[0]].span is not None
        texts = [lines[index].text for index in run]
        no_sentences = not any(is_sentence(text) for text in texts)
        is_about = place > 0 and place == len(runs) - 1 and len(run) > 1 and any(map(has_address, texts))
        is_many = len(run) >= _SHORTEST_RUN and no_sentences and any(index in keys for index in run)
        if is_run and at_edge and (is_many or is_about) and sum(map(len, texts)) < whole / 2:
            found |= set(run)
    again = {lines[index].text for index in found}
    return {index for index in indices if lines[index].text in again}


def _without_heading(lines: Sequence[Line], indices: Sequence[int]) -> Sequence[int]:
    """The lines from the first on that is no heading."""
    first = next((place for place, index in enumerate(indices) if not lines[index].heading), 0)
    return indices[first:]


def instructions(
    lines: Sequence[Line], indices: Sequence[int], chosen: Mapping[int, Candidate], recurring: float
) -> set[int]:
    """The labels behind which nobody speaks: instructions such as SLIDE:, and names after Presenter:.

    What is said then stands without a label below, in sentences, and what is behind the label is none.

    Args:
        indices: of the lines that may be spoken.
        chosen: the labels.
        recurring: share of the lines without a label that must be sentences.
    """
    texts: dict[str, list[str]] = {}
    after = dict(pairwise(indices))
    for index, each in chosen.items():
        if each.form is Form.COLON and each.name:
            behind = lines[index].text[each.end :].strip()
            is_above = not behind and after.get(index, index) not in chosen
            texts.setdefault(each.name, []).append(lines[after[index]].text if is_above else behind)
    others = [line for index in indices if index not in chosen and not (line := lines[index]).heading]
    is_talk = sum(is_sentence(line.text) for line in others) >= max(3, recurring * len(others))
    names = {
        name
        for name, behind in texts.items()
        if is_talk
        and len(behind) > 2
        and all(behind)
        and sum(map(is_sentence, behind)) <= _NO_SENTENCES * len(behind)
    }
    lists = {name for name, behind in texts.items() if _are_lists(behind)}
    names |= lists if len(lists) < len(texts) / 2 else set()
    return {index for index, each in chosen.items() if each.name in names}


def _are_lists(texts: Sequence[str]) -> bool:
    """Whether texts are names alone, three and more in all."""
    people = [() if is_sentence(text) else people_in(text) for text in texts]
    return all(people) and sum(map(len, people)) >= _SHORTEST_RUN
