"""Edits of a text: made, composed, and undone.

Every rule of cleaning returns replacements and nothing else, and the cleaned text is the original with the
edits applied, so that no character can appear or vanish without an edit that says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

Replacement = tuple[int, int, str]
"""The characters `start` to `end` of a text, and what replaces them."""

Rule = Callable[[str], Iterable[Replacement]]
"""A rule of cleaning."""


def substitution(*pairs: tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]) -> Rule:
    """The rule that replaces all matches of patterns by a template or the result of a function."""

    def rule(text: str) -> Iterator[Replacement]:
        for pattern, replacement in pairs:
            for match in pattern.finditer(text):
                after = match.expand(replacement) if isinstance(replacement, str) else replacement(match)
                yield match.start(), match.end(), after

    return rule


@dataclass(frozen=True, slots=True)
class TextEdit:
    """A change of a text; the edits of one text do not overlap.

    Attributes:
        start, end: characters of the text before the change.
        before, after: the replaced and the new characters.
        rules: the names of the rules that made it; several if one changed what another had left.
    """

    start: int
    end: int
    before: str
    after: str
    rules: tuple[str, ...]

    @property
    def growth(self) -> int:
        """Characters by which the text gets longer."""
        return len(self.after) - len(self.before)

    def moved(self, distance: int) -> TextEdit:
        """The same edit at another place."""
        return replace(self, start=self.start + distance, end=self.end + distance)


def make_edits(text: str, replacements: Iterable[Replacement], rule: str) -> tuple[TextEdit, ...]:
    """The edits of one rule that change something."""
    return tuple(
        TextEdit(start, end, text[start:end], after, (rule,))
        for start, end, after in replacements
        if text[start:end] != after
    )


def apply_edits(text: str, edits: Iterable[TextEdit]) -> str:
    """`text` after its edits."""
    parts, position = [], 0
    for edit in edits:
        parts += [text[position : edit.start], edit.after]
        position = edit.end
    return "".join((*parts, text[position:]))


def undo_edits(text: str, edits: Iterable[TextEdit]) -> str:
    """The text that became `text` by these edits."""
    parts, position, shift = [], 0, 0
    for edit in edits:
        start = edit.start + shift
        parts += [text[position:start], edit.before]
        position = start + len(edit.after)
        shift += edit.growth
    return "".join((*parts, text[position:]))


def compose_edits(text: str, first: Sequence[TextEdit], second: Sequence[TextEdit]) -> tuple[TextEdit, ...]:
    """The edits of `text` that do what `first` does to it, and `second` to the outcome.

    Edits that share characters of the intermediate text become one; so does one inside another.
    """
    if not second:
        return tuple(first)
    # Each edit with its characters of the intermediate text, and whether it is one of the second.
    placed = [(edit.start, edit.end, True, edit) for edit in second]
    shift = 0
    for edit in first:
        start = edit.start + shift
        placed.append((start, start + len(edit.after), False, edit))
        shift += edit.growth
    groups: list[list[tuple[int, int, bool, TextEdit]]] = []
    group_end = 0
    for place in sorted(placed, key=lambda place: place[:3]):
        if groups and place[0] < group_end:
            groups[-1].append(place)
            group_end = max(group_end, place[1])
        else:
            groups.append([place])
            group_end = place[1]
    composed: list[TextEdit] = []
    shift = 0
    for group in groups:
        earlier = [edit for _, _, is_second, edit in group if not is_second]
        later = [edit for _, _, is_second, edit in group if is_second]
        group_start, group_end = group[0][0], max(place[1] for place in group)
        start = group_start - shift
        shift += sum(edit.growth for edit in earlier)
        before = text[start : group_end - shift]
        between = apply_edits(before, [edit.moved(-start) for edit in earlier])
        after = apply_edits(between, [edit.moved(-group_start) for edit in later])
        if before != after:
            rules = dict.fromkeys(rule for edit in (*earlier, *later) for rule in edit.rules)
            composed.append(TextEdit(start, group_end - shift, before, after, tuple(rules)))
    return tuple(composed)


def split_edits(
    edits: Sequence[TextEdit], selected: Sequence[bool]
) -> tuple[tuple[TextEdit, ...], tuple[TextEdit, ...]]:
    """The selected edits of a text, and the others as edits of the text after the selected ones."""
    chosen, others, shift = [], [], 0
    for edit, is_chosen in zip(edits, selected, strict=True):
        if is_chosen:
            chosen.append(edit)
            shift += edit.growth
        else:
            others.append(edit.moved(shift))
    return tuple(chosen), tuple(others)
