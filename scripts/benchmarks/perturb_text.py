"""Changes to a text whose places in the recording are known, each with what a report should say of it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from align.core.types import Span
from align.pronounce.sound_key import simplified_form
from scripts.benchmarks import units as texts
from scripts.benchmarks.units import Unit

APART = 12
"""Tokens at least between two single changes."""

_STOPS = "。！？!?.\n"
_MARKS = _STOPS + "，、；：,;:"
_NEGATIONS = {"不": "很", "没": "还", "not": "now", "never": "ever", "no": "so", "nobody": "somebody"}
_CONTENT = re.compile(r"[\u4e00-\u9fff]|[A-Za-z]{3,}")
_FUNCTION = frozenset("的了呢啊吧嗯呃哈是那这个就我他她你们在也和都说对好然后一")


@dataclass(frozen=True, slots=True)
class Change:
    """One place where the text says something else than the recording.

    Attributes:
        tokens: half-open range of the changed text; empty where words were deleted.
        span: of what is said there; None where nothing is.
    """

    tokens: tuple[int, int]
    span: Span | None


@dataclass(frozen=True, slots=True)
class ChangedText:
    """A text with its truth.

    Attributes:
        units: its tokens; one that nobody says has no times.
        changes: the places that a report should name.
    """

    units: tuple[Unit, ...]
    changes: tuple[Change, ...] = ()

    @property
    def text(self) -> str:
        """As a file would hold it."""
        return texts.write(self.units, "。")


Edit: TypeAlias = "tuple[int, int, Sequence[Unit]]"
"""A half-open range of tokens, and those that replace it."""
Perturbation: TypeAlias = "Callable[[Sequence[Unit], random.Random], ChangedText]"


def edited(units: Sequence[Unit], edits: Sequence[Edit]) -> ChangedText:
    """A text after edits, which are in order and do not touch."""
    out: list[Unit] = []
    changes: list[Change] = []
    done = 0
    for first, end, instead in edits:
        out += units[done:first]
        gone = [unit for unit in units[first:end] if unit.start is not None]
        span = Span(gone[0].start or 0.0, gone[-1].end or 0.0) if gone else None
        changes.append(Change((len(out), len(out) + len(instead)), span))
        if instead:
            out += [replace(instead[0], lead=instead[0].lead or units[first].lead), *instead[1:]]
        elif end < len(units) and (lead := texts.strongest([unit.lead for unit in units[first : end + 1]])):
            units = [*units[:end], replace(units[end], lead=lead), *units[end + 1 :]]
        done = end
    return ChangedText((*out, *units[done:]), tuple(changes))


def stretches(units: Sequence[Unit], marks: str) -> list[tuple[int, int]]:
    """Half-open ranges of tokens between these marks."""
    starts = [k for k, unit in enumerate(units) if k == 0 or set(unit.lead) & set(marks)]
    return [(start, end) for start, end in zip(starts, [*starts[1:], len(units)], strict=True)]


def unchanged(units: Sequence[Unit], chance: random.Random) -> ChangedText:
    """The text as it is."""
    del chance
    return ChangedText(tuple(units))


def without_marks(units: Sequence[Unit], chance: random.Random) -> ChangedText:
    """No punctuation, line ends kept."""
    del chance
    return ChangedText(
        tuple(replace(unit, lead="".join(c for c in unit.lead if c in " \n")) for unit in units)
    )


def deleted(marks: str | None, share: float) -> Perturbation:
    """Delete a share of the stretches between marks; None deletes single tokens."""

    def perturb(units: Sequence[Unit], chance: random.Random) -> ChangedText:
        ranges = stretches(units, marks) if marks else [(k, k + 1) for k in range(len(units))]
        gone = sorted(chance.sample(range(len(ranges)), round(share * len(ranges))))
        joined: list[tuple[int, int]] = []
        for first, end in (ranges[k] for k in gone):
            if joined and joined[-1][1] == first:
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((first, end))
        return edited(units, [(first, end, ()) for first, end in joined])

    return perturb


def with_foreign_text(other: str, share: float) -> Perturbation:
    """Sentences that nobody says, between the others."""
    foreign = texts.read(other)[0]

    def perturb(units: Sequence[Unit], chance: random.Random) -> ChangedText:
        sentences = stretches(foreign, _STOPS)
        places = sorted(chance.sample([first for first, _ in stretches(units, _STOPS)][1:], 4))
        wanted = round(share * len(units)) // len(places)
        edits = []
        for place in places:
            first = chance.choice([first for first, _ in sentences if first + wanted < len(foreign)])
            passage = foreign[first : first + wanted]
            edits.append((place, place, (replace(passage[0], lead="。"), *passage[1:])))
        changed = edited(units, edits)
        after = {change.tokens[1] for change in changed.changes}
        return replace(
            changed,
            units=tuple(
                replace(unit, lead="。") if k in after and not set(unit.lead) & set(_STOPS) else unit
                for k, unit in enumerate(changed.units)
            ),
        )

    return perturb


def doubled(units: Sequence[Unit], chance: random.Random) -> ChangedText:
    """The whole text written twice and said once; the second copy is the one too many, or the first."""
    del chance
    copy = [replace(unit, start=None, end=None) for unit in units]
    first = replace(copy[0], lead="。\n")
    whole = (*units, first, *copy[1:])
    return ChangedText(whole, (Change((len(units), len(whole)), None),))


def shuffled_turns(units: Sequence[Unit], chance: random.Random) -> ChangedText:
    """Turns written in another order than they are said."""
    turns = stretches(units, "\n")
    order = list(range(len(turns)))
    chance.shuffle(order)
    kept = longest_increasing(order)
    out: list[Unit] = []
    changes = []
    for turn in order:
        passage = units[slice(*turns[turn])]
        begin = len(out)
        out += [replace(passage[0], lead="。\n"), *passage[1:]]
        if turn not in kept:
            span = Span(passage[0].start or 0.0, passage[-1].end or 0.0)
            changes.append(Change((begin, len(out)), span))
    return ChangedText(tuple(out), tuple(changes))


def longest_increasing(order: Sequence[int]) -> frozenset[int]:
    """The members of a longest increasing subsequence."""
    best: list[list[int]] = [[]]
    for value in order:
        before = max((chain for chain in best if not chain or chain[-1] < value), key=len)
        best.append([*before, value])
    longest = max(best, key=len)
    return frozenset(longest)


def single(kind: str, which: str) -> Perturbation:
    """Delete, insert or replace single words.

    Args:
        kind: "delete", "insert" or "replace".
        which: "content", "negation" or "number".
    """

    def perturb(units: Sequence[Unit], chance: random.Random) -> ChangedText:
        inside = range(2, len(units) - 2)
        if which == "negation":
            places = [k for k in inside if units[k].text.casefold() in _NEGATIONS]
            if kind == "insert":
                places = [k for k in inside if not set(units[k].lead) & set(_MARKS)]
        elif which == "number":
            places = [k for k in inside if re.fullmatch(r"\d+|[一二三四五六七八九十两百千]", units[k].text)]
        else:
            places = [
                k
                for k in inside
                if _CONTENT.fullmatch(units[k].text)
                and units[k].text not in _FUNCTION
                and units[k].sound not in (units[k - 1].sound, units[k + 1].sound)
            ]
        chance.shuffle(places)
        taken: list[int] = []
        for place in places:
            if all(abs(place - other) >= APART for other in taken):
                taken.append(place)
        edits: list[Edit] = []
        for place in sorted(taken[:20]):
            end = place if kind == "insert" else place + 1
            instead = () if kind == "delete" else (_other(units, place, which, chance),)
            edits.append((place, end, instead))
        return edited(units, edits)

    return perturb


def _other(units: Sequence[Unit], place: int, which: str, chance: random.Random) -> Unit:
    """A word that is not said at a place."""
    here = units[place]
    latin = here.text.isascii()
    if which == "negation":
        text = _NEGATIONS.get(here.text.casefold()) or ("not" if latin else chance.choice("不没"))
    elif which == "number":
        text = (
            str(int(here.text) + chance.choice((1, 2, 10, 30)))
            if here.text.isdigit()
            else chance.choice("二四五七八九")
        )
    else:
        near = {units[k].sound for k in range(max(0, place - 4), min(len(units), place + 5))}
        text = chance.choice(
            [
                u.text
                for u in units
                if u.text.isascii() == latin and _CONTENT.fullmatch(u.text) and u.sound not in near
            ]
        )
    if text == here.text:
        return _other(units, place, which, chance)
    return replace(texts.read(text)[0][0], lead=here.lead)


def traditional(units: Sequence[Unit], chance: random.Random) -> ChangedText:
    """Traditional characters."""
    import opencc

    del chance
    convert = opencc.OpenCC("s2t").convert
    return ChangedText(tuple(replace(unit, text=convert(unit.text)) for unit in units))


def pinyin(units: Sequence[Unit], chance: random.Random) -> ChangedText:
    """Han characters written as syllables without tones."""
    from pypinyin import lazy_pinyin

    del chance
    return ChangedText(
        tuple(
            replace(unit, text=lazy_pinyin(simplified_form(unit.text))[0], lead=unit.lead or " ")
            for unit in units
        )
    )


def text_perturbations(other: str) -> Mapping[str, Perturbation]:
    """All changes by name.

    Args:
        other: text that is said nowhere in the recording.
    """
    named: dict[str, Perturbation] = {
        "as spoken": unchanged,
        "no marks": without_marks,
        "Traditional": traditional,
        "pinyin": pinyin,
        "written twice": doubled,
        "turns shuffled": shuffled_turns,
        "30 % foreign text": with_foreign_text(other, 0.3),
    }
    kinds = (("tokens", None), ("clauses", _MARKS), ("turns", "\n"))
    for share in (0.2, 0.4, 0.6):
        named |= {f"{share:.0%} of the {name} deleted": deleted(marks, share) for name, marks in kinds}
    for which in ("content", "negation", "number"):
        named |= {f"{kind} {which}": single(kind, which) for kind in ("delete", "insert", "replace")}
    return named
