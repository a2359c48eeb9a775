"""Wrong words and short stretches left out, for the texts of people's recordings.

A wrong word is one token that becomes another number, or one or two that become tokens of like sound:
Mandarin characters with another initial or another final, English words that differ in one phone.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from pypinyin import Style, lazy_pinyin

from align.pronounce.english_phones import dictionary_readings, english_words
from align.pronounce.phones import Reading
from align.pronounce.sound_key import fuzzy_key
from scripts.benchmarks import units as texts
from scripts.benchmarks.perturb_text import ChangedText, Edit, edited
from scripts.benchmarks.units import Unit

APART = 15
"""Tokens of a text for each error, and at least between two."""

SHORT = (3, 5)
"""Tokens of a short stretch that is left out."""

_NUMBERS = (
    ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千"),
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty", "thirty"),
)

LEAST_PHONES = 3
"""Of an English word that becomes another."""


def left_out(units: Sequence[Unit], chance: random.Random) -> ChangedText:
    """Stretches of SHORT tokens that are said and not written."""
    places = _places(units, chance, lambda k: k + SHORT[1] < len(units))
    return edited(units, [(place, place + chance.randint(*SHORT), ()) for place in places])


def wrong_number(units: Sequence[Unit], chance: random.Random) -> ChangedText:
    """Numbers that become other numbers."""
    edits: list[Edit] = []
    for place in _places(units, chance, lambda k: any(units[k].text.casefold() in each for each in _NUMBERS)):
        here = units[place].text.casefold()
        numbers = next(each for each in _NUMBERS if here in each)
        edits.append((place, place + 1, (_unit(chance.choice([n for n in numbers if n != here])),)))
    return edited(units, edits)


def similar_word(pool: str, count: int) -> Callable[[Sequence[Unit], random.Random], ChangedText]:
    """Words of one or two tokens that become others of like sound.

    Args:
        pool: text with the Mandarin characters that they may become.
        count: tokens of each.
    """
    characters = tuple(sorted({c for c in pool if "\u4e00" <= c <= "\u9fff"}))

    def perturb(units: Sequence[Unit], chance: random.Random) -> ChangedText:
        edits: list[Edit] = []
        for place in _places(
            units,
            chance,
            lambda k: k + count < len(units) and not any(u.lead.strip() for u in units[k + 1 : k + count]),
        ):
            said = units[place : place + count]
            others = [_alike(unit, characters, chance) for unit in said]
            if all(others):
                words = [_unit(text, unit.lead) for text, unit in zip(others, said, strict=True)]
                edits.append((place, place + count, words))
        return edited(units, edits)

    return perturb


def _places(units: Sequence[Unit], chance: random.Random, fits: Callable[[int], bool]) -> tuple[int, ...]:
    """Places for errors, in order and APART from each other and both ends."""
    places = [k for k in range(2, len(units) - 2) if fits(k)]
    chance.shuffle(places)
    taken: list[int] = []
    for place in places:
        if len(taken) < max(1, len(units) // APART) and all(abs(place - other) >= APART for other in taken):
            taken.append(place)
    return tuple(sorted(taken))


def _unit(text: str, lead: str = "") -> Unit:
    """One token with its sound."""
    return replace(texts.read(text)[0][0], lead=lead)


def _alike(unit: Unit, characters: Sequence[str], chance: random.Random) -> str:
    """A token of like sound, "" where there is none."""
    if not unit.text.isascii():
        here = _syllable(unit.text)
        alike = [
            c
            for c in characters
            if sum(a == b for a, b in zip(here, _syllable(c), strict=True)) == 1
            and fuzzy_key("".join(_syllable(c))) != fuzzy_key("".join(here))
        ]
        return str(chance.choice(alike)) if alike else ""
    readings = dictionary_readings(unit.text.casefold())
    words = {word for reading in readings[:1] for key in _gaps(reading) for word in _english_words()[key]}
    alike = sorted(word for word in words if not {*dictionary_readings(word)} & {*readings})
    return chance.choice(alike) if alike else ""


def _gaps(reading: Reading) -> Iterator[Reading]:
    """The phones without each one in turn, of words that have enough."""
    if len(reading) >= LEAST_PHONES:
        yield from ((*reading[:k], "", *reading[k + 1 :]) for k in range(len(reading)))


@cache
def _syllable(character: str) -> tuple[str, str]:
    """Initial and final of a Mandarin character."""
    initial, final = (
        lazy_pinyin(character, style=style, strict=False)[0] for style in (Style.INITIALS, Style.FINALS)
    )
    return initial, final


@cache
def _english_words() -> Mapping[Reading, Sequence[str]]:
    """The dictionary's plain words by their phones without one."""
    found: defaultdict[Reading, list[str]] = defaultdict(list)
    for word in english_words():
        if word.isalpha() and word.islower():
            for key in _gaps(dictionary_readings(word)[0]):
                found[key].append(word)
    return found
