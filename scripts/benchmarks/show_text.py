"""What is said in the show: the seed transcript in turns, and what of it is left for other uses."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from align.core.errors import UsageError
from align.pronounce.tokens import tokenize_text
from scripts.speech import reading, utterances
from scripts.speech.script import Line

SEED_TEXT = Path(__file__).parents[2] / "seeds" / "livestream.zh.txt"

RATE = 228
"""Tokens a minute, pauses with them, that the voices say in the show."""

PART = 5
"""Minutes of a part, about; the unit in which the show is made."""

SENTENCES = (2, 6)
"""Least and most of a turn."""

_PERIODS = re.compile(r"(?<=[。？！?!])")
_LABELLIKE = re.compile(r"(?<!\d)[:：]|[:：](?!\d)")


def parts(minutes: float, names: Sequence[str], text: str) -> tuple[tuple[Line, ...], ...]:
    """The turns of a show of about that length, in parts of about PART minutes.

    Args:
        minutes: wanted; less come when the text is shorter.
        names: of the speakers, who take turns.
        text: of the seed.
    """
    wanted, size = round(minutes * RATE), round(PART * RATE)
    found: list[tuple[Line, ...]] = []
    part: list[Line] = []
    said = here = 0
    for line in _turns(text, names):
        part.append(line)
        count = len(tokenize_text(line.text))
        said, here = said + count, here + count
        if here >= size or said >= wanted:
            found.append(tuple(part))
            part, here = [], 0
        if said >= wanted:
            return tuple(found)
    return (*found, tuple(part)) if part else tuple(found)


def unsaid(lines: Sequence[Line], text: str) -> str:
    """The sentences of the seed that are said in none of these turns, on one line."""
    said = "".join(line.text for line in lines)
    return "".join(sentence for sentence in sentences(text) if sentence not in said)


def sentences(text: str) -> tuple[str, ...]:
    """All sentences, each with a mark at its end and no colon in which a label could be seen."""
    whole = _LABELLIKE.sub("，", re.sub(r"\s+", " ", text))
    bare = (sentence.strip(" ，。,") for sentence in _PERIODS.split(whole))
    return tuple(one if one[-1] in "？！?!" else f"{one}。" for one in bare if tokenize_text(one))


def _turns(text: str, names: Sequence[str]) -> Iterator[Line]:
    """Some sentences by one voice, some by the next, without those that the voices cannot speak."""
    chance = random.Random("turns")
    count = 0
    waiting, wanted = "", chance.randint(*SENTENCES)
    for sentence in sentences(text):
        if not _can_be_spoken(waiting + sentence):
            continue
        waiting += sentence
        wanted -= 1
        if not wanted:
            yield Line(names[count % len(names)], waiting)
            count, waiting, wanted = count + 1, "", chance.randint(*SENTENCES)
    if waiting:
        yield Line(names[count % len(names)], waiting)


def _can_be_spoken(text: str) -> bool:
    try:
        utterances.split(reading.read(text), text)
    except UsageError:
        return False
    return True
