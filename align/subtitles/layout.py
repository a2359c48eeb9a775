"""Lay phrases out in lines, in one language or two."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations, pairwise

from align.core.types import Cue, Phrase, Track
from align.subtitles.line_breaks import IN_WORD, break_costs
from align.subtitles.options import CueOptions
from align.subtitles.parameters import DEFAULTS
from align.subtitles.rules import Rules


def lay_out(phrases: Sequence[Phrase], languages: Sequence[str], language: str, options: CueOptions) -> Track:
    """The phrases as cues in `languages`, from the top of the screen down.

    Each language has at most two lines, broken where they read best. A phrase without text in a language has
    no line in it; one without text in any is no cue.

    Args:
        languages: such as ("zh",), ("en",) or ("zh", "en").
        language: of the transcript; each other one shows the translation.
    """
    rules = {code: options.rules(code) for code in languages}
    if len(languages) > 1:
        rules = {code: replace(own, lines=min(own.lines, options.max_lines)) for code, own in rules.items()}
    cues = []
    for phrase in phrases:
        lines = tuple(
            lines_of(phrase.text if code == language else phrase.translation, code, rules[code])
            for code in languages
        )
        if any(lines):
            cues.append(Cue(phrase.span, lines, plain(phrase.speaker or "") or None))
    return Track(tuple(languages), tuple(cues))


@lru_cache(maxsize=8192)  # a review lays the same cues out after every decision
def lines_of(text: str, language: str, rules: Rules) -> tuple[str, ...]:
    """`text` in as few lines as its language allows, at most two; () when nothing of it is visible.

    A line break in `text` is somebody's choice, and kept where it gives two lines. A text too long for the
    lines of its language gets two that are too wide: players wrap a wide line, and a third would hide the
    picture.
    """
    chosen = [line for line in map(plain, text.split("\n")) if line]
    if len(chosen) == 2:
        return tuple(filter(None, (chosen[0], chosen[1].rstrip(rules.quiet_end).rstrip())))
    shown = plain(text).rstrip(rules.quiet_end).rstrip()
    if rules.width(shown) <= rules.columns:
        return (shown,) if shown else ()
    costs = break_costs(shown, language)
    positions = [index for index in range(1, len(shown)) if not math.isinf(costs[index])]
    choices = [choice for count in range(1, rules.lines) for choice in combinations(positions, count)]
    if not choices:
        return (shown,)

    widths_of = {choice: [rules.width(line) for line in _split(shown, choice)] for choice in choices}

    def is_whole(breaks: tuple[int, ...]) -> bool:
        """Whether no word is broken, and no line is far too wide to avoid that."""
        fits = max(widths_of[breaks]) <= DEFAULTS.stretch * rules.columns
        return fits and all(costs[at] < IN_WORD for at in breaks)

    def cost(breaks: tuple[int, ...]) -> float:
        widths = widths_of[breaks]
        overflow = sum(max(0, width - rules.columns) for width in widths)
        unbalanced = (max(widths) - min(widths)) / rules.columns
        return (
            DEFAULTS.wide_column * overflow
            + sum(costs[at] for at in breaks)
            + DEFAULTS.unbalanced * unbalanced**2
            + (DEFAULTS.top_heavy if widths[0] > widths[-1] else 0.0)
        )

    best = min([choice for choice in choices if is_whole(choice)] or choices, key=cost)
    return tuple(line for line in _split(shown, best) if line)


def _split(text: str, breaks: Sequence[int]) -> list[str]:
    return [text[start:end].strip() for start, end in pairwise([0, *breaks, len(text)])]


def joined(lines: Sequence[str]) -> str:
    """The text that was laid out as `lines`, on one line."""
    text = ""
    for line in lines:
        narrow = text and not {unicodedata.east_asian_width(end) for end in (text[-1], line[0])} & set("WF")
        text += " " + line if narrow else line
    return text


def plain(text: str) -> str:
    """`text` on one line, without what no subtitle can hold: line breaks, control characters, lone
    surrogates, byte order marks; "" when nothing visible is left."""
    kept = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text if c != "\ufeff")
    whole = " ".join(kept.encode("utf-8", "replace").decode("utf-8").split())
    return whole if any(unicodedata.category(c)[0] not in "CZM" for c in whole) else ""
