"""Transcripts in two languages: the spoken one is aligned, the other is the translation that the file brings.

The languages may alternate in paragraphs, be lines or cues of the same times, styles, columns of a table, or
stand one behind the other on each line.
"""

from __future__ import annotations

import math
import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby

from align.core.types import ExcludedLine
from align.pronounce.sound_key import HAN, han_sounds
from align.transcript.labels import Utterance
from align.transcript.lines import TRANSLATION
from align.transcript.text_edits import TextEdit, compose_edits

BILINGUAL = 0.8
"""Share of the cues with several lines, or of the paragraphs, that must be in both languages."""
_BOTH = 0.2
"""Share of the lines in the rarer language below which a translation is only begun."""
_CLOSE = 0.2
"""Seconds within which two events of ASS begin together."""
_SPREAD = 0.6
"""Standard deviation of the logarithm of the ratio of lengths of translations; of other text about 1."""
_LONGEST = 1000
"""Characters of a line that may be in two languages."""
_SCRIPTS = (
    ("kana", re.compile("[\u3041-\u30ff]")),
    ("han", re.compile(f"[{HAN}]")),
    ("hangul", re.compile("[\uac00-\ud7a3\u1100-\u11ff]")),
    ("cyrillic", re.compile("[\u0400-\u04ff]")),
    ("arabic", re.compile("[\u0600-\u06ff]")),
    ("thai", re.compile("[\u0e00-\u0e7f]")),
    ("latin", re.compile("[A-Za-zÀ-ɏ]")),
)
_SCRIPT_OF = {
    "zh": "han", "yue": "han", "ja": "kana", "ko": "hangul", "ru": "cyrillic", "uk": "cyrillic",
    "ar": "arabic", "th": "thai",
}  # fmt: skip
_HAN_THEN_LATIN = re.compile(
    rf"(?P<first>.*[{HAN}][^A-Za-z{HAN}]*?)(?P<mark>\s*[/|｜\t]\s*|(?<=[。！？…”」）!?])\s*"
    rf"|\s+)(?P<second>[\"“'(\[¡¿]*[A-Za-z0-9][^{HAN}]*)"
)
_LATIN_THEN_HAN = re.compile(
    rf"(?P<first>[^{HAN}]*[A-Za-z][^{HAN}]*?)(?P<mark>\s*[/|｜\t]\s*|(?<=[.!?…”\"])\s*"
    rf"|\s+)(?P<second>[《“「（(]*[{HAN}].*)"
)


@dataclass(frozen=True, slots=True)
class Languages:
    """A document's lines by language.

    Attributes:
        spoken: the lines that are aligned.
        translation: what the other lines say, in order.
        excluded: these lines.
        codes: of the language that is taken for the spoken one, and of the other.
    """

    spoken: tuple[Utterance, ...]
    translation: tuple[str, ...]
    excluded: tuple[ExcludedLine, ...]
    codes: tuple[str, str]


def script_of(text: str) -> str:
    """The script of a text: that of a language without spaces where it has such characters."""
    return next((name for name, pattern in _SCRIPTS if pattern.search(text)), "")


def in_two_scripts(lines: Sequence[str]) -> bool:
    """Whether some lines have Han characters, and others Latin letters alone."""
    scripts = {script_of(line) for line in lines}
    return "han" in scripts and "latin" in scripts


def split_languages(utterances: Sequence[Utterance], language: str | None) -> Languages | None:
    """The two languages of a document; None where it has one.

    Args:
        language: the spoken one, where the user says so; otherwise it is Chinese, or the upper one.
    """
    scripts = [script_of(utterance.part.said) for utterance in utterances]
    counts = Counter(script for script in scripts if script)
    if len(counts) >= 2:
        (first, _), (second, count) = counts.most_common(2)
        pair, rare = (first, second), count < _BOTH * len(scripts)
        other = _by_cue(utterances, scripts, pair)
        if not other and not rare:
            other = _by_paragraph(utterances, scripts, pair)
        other = other or _by_section(utterances, scripts, pair)
        if other:
            spoken = first if rare and not language else _spoken_script(pair, language, scripts[other[0][0]])
            return _divided(utterances, scripts, other, spoken)
    return _on_one_line(utterances, language)


def _spoken_script(pair: tuple[str, str], language: str | None, upper: str) -> str:
    wanted = _SCRIPT_OF.get(language or "", "latin" if language else "")
    return wanted if wanted in pair else "han" if "han" in pair else upper


def _by_cue(
    utterances: Sequence[Utterance], scripts: Sequence[str], pair: tuple[str, str]
) -> list[tuple[int, ...]]:
    """The lines that are shown together in both languages, group by group."""
    if not utterances or any(utterance.line.span is None for utterance in utterances):
        return []
    groups: list[list[int]] = []
    for index, utterance in enumerate(utterances):
        line = utterance.line
        if groups:
            last = utterances[groups[-1][0]].line
            near = (
                line.span is not None and last.span is not None and abs(line.span[0] - last.span[0]) <= _CLOSE
            )
            together = (
                line.number == last.number or (near and line.style != last.style) or line.span == last.span
            )
            if together and (line.speaker or "") == (last.speaker or ""):
                groups[-1].append(index)
                continue
        groups.append([index])
    several = [group for group in groups if len(group) > 1]
    both = [group for group in several if {scripts[index] for index in group} >= set(pair)]
    if len(both) < max(1, BILINGUAL * len(several)):
        return []
    said = [[utterances[index].part.said for index in group] for group in both]
    if len(both) < len(groups) / 2 and not _are_translations([(lines[0], lines[-1]) for lines in said]):
        return []
    return [tuple(group) for group in both]


def _by_paragraph(
    utterances: Sequence[Utterance], scripts: Sequence[str], pair: tuple[str, str]
) -> list[tuple[int, ...]]:
    """Paragraphs and their translations below them, pair by pair."""
    places = [index for index, script in enumerate(scripts) if script in pair]
    runs = [tuple(run) for _, run in groupby(places, key=lambda index: scripts[index])]
    if len(runs) < 2:
        return []
    first = Counter(scripts[run[0]] for run in runs[::2]).most_common(1)[0][0]
    runs = runs if scripts[runs[0][0]] == first else runs[1:]
    pairs = [
        (above, below)
        for above, below in zip(runs[::2], runs[1::2], strict=False)
        if len(above) == len(below)
    ]
    covered = sum(2 * len(above) for above, _ in pairs)
    lines = [(upper, lower) for above, below in pairs for upper, lower in zip(above, below, strict=True)]
    if len(lines) < 3 or covered < BILINGUAL * len(utterances):
        return []
    if not _are_translations(
        [(utterances[upper].part.said, utterances[lower].part.said) for upper, lower in lines]
    ):
        return []
    names = {
        (utterances[upper].speaker, utterances[lower].speaker)
        for upper, lower in lines
        if utterances[lower].labelled
    }
    others = [(upper, lower) for upper, lower in names if upper and lower and not _same_name(upper, lower)]
    if others and len(others) == len(names) and len({upper for upper, _ in names}) < 2:
        return []
    if len({upper for upper, _ in names}) < len(names):
        return []
    return [*lines]


def _by_section(
    utterances: Sequence[Utterance], scripts: Sequence[str], pair: tuple[str, str]
) -> list[tuple[int, ...]]:
    """The whole text in one language, and then in the other, as one group."""
    known = [script for script in scripts if script in pair]
    signs = [0 if script not in pair else 1 if script == known[0] else -1 for script in scripts]
    sums = [0, *accumulate(signs)]
    border = max(range(len(sums)), key=lambda place: sums[place])
    strangers = signs[:border].count(-1) + signs[border:].count(1)
    first, second = (
        "".join(each.part.said for each in part) for part in (utterances[:border], utterances[border:])
    )
    ratio = math.log(_length(first) / _length(second))
    is_again = border > 2 and abs(ratio) < _SPREAD and strangers <= (1 - BILINGUAL) / 2 * len(known)
    return [tuple(range(len(signs)))] if is_again else []


def _same_name(name: str, other: str) -> bool:
    def plain(text: str) -> str:
        sounds = han_sounds(text)
        return "".join(
            sounds.get(place, char) for place, char in enumerate(text) if char.isalnum()
        ).casefold()

    first, second = plain(name), plain(other)
    return first == second or sorted(first) == sorted(second)


def _are_translations(pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether the lengths of two texts go together, as those of translations do."""
    logs = [math.log(_length(upper) / _length(lower)) for upper, lower in pairs]
    if len(logs) < 3:
        return False
    middle = statistics.median(logs)
    near = [value for value in logs if abs(value - middle) <= 3 * _SPREAD]
    return len(near) >= 0.8 * len(logs) and statistics.pstdev(near) <= _SPREAD and abs(middle) < 1.1


def _length(text: str) -> float:
    """About how many words a text has; a Chinese word has 1.5 characters."""
    han = sum(pattern.search(char) is not None for char in text for _, pattern in _SCRIPTS[:2])
    return max(1.0, han / 1.5 + len(re.findall(r"[A-Za-zÀ-ɏ\u0400-\u04ff\uac00-\ud7a3]+|\d+", text)))


def _divided(
    utterances: Sequence[Utterance], scripts: Sequence[str], groups: Sequence[tuple[int, ...]], spoken: str
) -> Languages:
    """The lines of all groups by language; the speakers of the others are those of the spoken ones."""
    other = {index for group in groups for index in group if scripts[index] != spoken and scripts[index]}
    names: dict[str, str] = {}
    for group in groups:
        mine = [utterances[index].speaker for index in group if index not in other]
        for index in group:
            theirs = utterances[index].speaker
            if index in other and mine and mine[0] and theirs:
                names.setdefault(theirs, mine[0])
    kept = tuple(
        replace(utterance, speaker=names.get(utterance.speaker or "", utterance.speaker))
        for index, utterance in enumerate(utterances)
        if index not in other
    )
    hidden = [utterances[index] for index in sorted(other)]
    others = Counter(scripts[index] for index in other).most_common(1)
    return _languages(
        kept, hidden, [utterance.part.said for utterance in hidden], (spoken, others[0][0] if others else "")
    )


def _languages(
    kept: tuple[Utterance, ...], hidden: Sequence[Utterance], texts: Sequence[str], scripts: tuple[str, str]
) -> Languages:
    codes = {script: code for code, script in reversed(_SCRIPT_OF.items())}
    return Languages(
        kept,
        tuple(texts),
        tuple(ExcludedLine(each.line.number, each.part.written, TRANSLATION) for each in hidden),
        (codes.get(scripts[0], "en"), codes.get(scripts[1], "en")),
    )


def _on_one_line(utterances: Sequence[Utterance], language: str | None) -> Languages | None:
    """Both languages on each line, as in 大家好。Hello everyone."""
    if len(utterances) < 3 or not in_two_scripts(re.findall(f"[{HAN}]|[A-Za-z]", utterances[0].part.said)):
        return None
    for pattern in (_HAN_THEN_LATIN, _LATIN_THEN_HAN):
        texts = [utterance.part.said for utterance in utterances]
        matches = [pattern.fullmatch(text) if len(text) <= _LONGEST else None for text in texts]
        good = [
            match
            for match in matches
            if match and len(match["second"].split()) >= (2 if pattern is _HAN_THEN_LATIN else 1)
        ]
        marked = [
            match
            for match in good
            if match["mark"].strip() or match["first"].rstrip()[-1:] in "。！？…!?.”」"
        ]
        if len(good) < BILINGUAL * len(utterances) or len(marked) < 0.5 * len(good):
            continue
        if not _are_translations([(match["first"], match["second"]) for match in good]):
            continue
        first = "han" if pattern is _HAN_THEN_LATIN else "latin"
        second = "latin" if first == "han" else "han"
        spoken = _spoken_script((first, second), language, first)
        kept, translation, hidden = [], [], []
        for utterance, match in zip(utterances, matches, strict=True):
            group = "second" if spoken == first else "first"
            cut = _without(utterance, group, match) if match and match in good else None
            kept.append(cut or utterance)
            if cut and match:
                translation.append(match[group].strip())
                hidden.append(
                    replace(utterance, part=replace(utterance.part, written=match[group].strip(), edits=()))
                )
        return _languages(tuple(kept), hidden, translation, (spoken, second if spoken == first else first))
    return None


def _without(utterance: Utterance, group: str, match: re.Match[str]) -> Utterance:
    """The line without one of its languages, and the mark between them."""
    said = utterance.part.said
    start, end = (match.start("mark"), len(said)) if group == "second" else (0, match.start("second"))
    edit = TextEdit(start, end, said[start:end], "", (TRANSLATION,))
    edits = compose_edits(utterance.part.written, utterance.part.edits, (edit,))
    return replace(utterance, part=replace(utterance.part, edits=edits))
