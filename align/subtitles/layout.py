"""Lay phrases out in lines, in one language or in two."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from align.core.types import Cue, Phrase, Track
from align.subtitles.line_breaks import IN_WORD, break_costs
from align.subtitles.options import CueOptions
from align.subtitles.rules import Rules

_OVERFLOW = 30.0
"""The price of a column beyond the line: more than any cut between words, so that lines fit, and a
fraction of a cut inside a word, so that a comma may hang over rather than tear a word."""
_STRETCH = 1.5
"""How much wider than its limit a line may be before a word is torn instead."""
_UNEVEN = 12.0
"""The price of an empty line beside a full one."""
_TOP_HEAVY = 1.0
"""The price of a first line longer than the second, which hides more of the picture."""


def lay_out(phrases: Sequence[Phrase], languages: Sequence[str], language: str, options: CueOptions) -> Track:
    """The phrases as cues in `languages`, from the top of the screen down.

    Each language has at most two lines, cut where they read best. A language that has no text in a
    phrase has no line there; a phrase that has none in any language is no cue.

    Args:
        languages: such as ("zh",), ("en",) or ("zh", "en").
        language: of the transcript; each other one shows the translation.
    """
    cues = []
    for phrase in phrases:
        texts = [phrase.text if code == language else phrase.translation for code in languages]
        lines = tuple(
            lines_of(text, code, _limits(code, len(languages), options))
            for text, code in zip(texts, languages, strict=True)
        )
        if any(lines):
            cues.append(Cue(phrase.span, lines, plain(phrase.speaker or "") or None))
    return Track(tuple(languages), tuple(cues))


def _limits(language: str, languages: int, options: CueOptions) -> Rules:
    """The rules of a language; in a cue with another it may have fewer lines."""
    rules = options.rules(language)
    return replace(rules, lines=min(rules.lines, options.max_lines)) if languages > 1 else rules


def lines_of(text: str, language: str, rules: Rules) -> tuple[str, ...]:
    """`text` in as few lines as its language allows, at most two; () when nothing of it can be seen.

    A text too long for them has two lines that are too wide: readers wrap a wide line, and a third
    hides the picture.
    """
    shown = plain(text).rstrip(rules.quiet_end).rstrip()
    if rules.width(shown) <= rules.columns:
        return (shown,) if shown else ()
    costs = break_costs(shown, language)
    cuts = [index for index in range(1, len(shown)) if not math.isinf(costs[index])]
    choices = [choice for count in range(1, rules.lines) for choice in combinations(cuts, count)]
    if not choices:
        return (shown,)
    whole = [choice for choice in choices if _leaves_words_whole(shown, choice, costs, rules)]
    best = min(whole or choices, key=lambda choice: _price(shown, choice, costs, rules))
    return tuple(line for line in _split(shown, best) if line)


def joined(lines: Sequence[str]) -> str:
    """The text that was laid out as `lines`, on one line."""
    text = ""
    for line in lines:
        narrow = text and not {unicodedata.east_asian_width(end) for end in (text[-1], line[0])} & set("WF")
        text += " " + line if narrow else line
    return text


def plain(text: str) -> str:
    """`text` on one line, without what no subtitle can hold: line breaks, control characters, half
    surrogates, byte order marks; "" when nothing is left to be seen."""
    kept = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text if c != "\ufeff")
    whole = " ".join(kept.encode("utf-8", "replace").decode("utf-8").split())
    return whole if any(unicodedata.category(c)[0] not in "CZM" for c in whole) else ""


def _split(text: str, cuts: Sequence[int]) -> list[str]:
    edges = [0, *cuts, len(text)]
    return [text[start:end].strip() for start, end in pairwise(edges)]


def _leaves_words_whole(text: str, cuts: Sequence[int], costs: Sequence[float], rules: Rules) -> bool:
    """Whether no cut is forbidden, and for that no line is far wider than it should be."""
    widest = max(rules.width(line) for line in _split(text, cuts))
    return widest <= _STRETCH * rules.columns and all(costs[cut] < IN_WORD for cut in cuts)


def _price(text: str, cuts: Sequence[int], costs: Sequence[float], rules: Rules) -> float:
    """What lines cut at `cuts` cost a reader: overflow, torn words, unlike lengths, a heavy top."""
    widths = [rules.width(line) for line in _split(text, cuts)]
    overflow = sum(max(0, width - rules.columns) for width in widths)
    uneven = (max(widths) - min(widths)) / rules.columns
    heavy = _TOP_HEAVY if widths[0] > widths[-1] else 0.0
    return _OVERFLOW * overflow + sum(costs[cut] for cut in cuts) + _UNEVEN * uneven**2 + heavy
