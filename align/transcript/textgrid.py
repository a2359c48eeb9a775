"""Praat's TextGrids as transcripts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from align.core.errors import InputError
from align.transcript.lines import Line
from align.transcript.subtitles import TextCue, lines_of


def is_textgrid(text: str) -> bool:
    """Whether it begins as Praat's TextGrids do."""
    return "ooTextFile" in text[:200] and "TextGrid" in text[:200]


def read_textgrid(text: str, path: Path) -> list[Line]:
    """The intervals of a TextGrid by their times; phones are not read.

    Speakers are the labels of a tier "speakers", or the names of several tiers. Of tiers with sentences and
    with words, the sentences are read.

    Raises:
        InputError: it has no tier of intervals with text.
    """
    tiers = [
        (name, intervals)
        for name, intervals in _tiers(text)
        if any(label.strip() for _, _, label in intervals)
    ]
    speakers = next(
        (intervals for name, intervals in tiers if name.casefold() in ("speakers", "speaker")), ()
    )
    spoken = [
        (name, intervals)
        for name, intervals in tiers
        if not re.search(
            r"phone|phoneme|segment|syll|mismatch|pinyin|tone|speakers?$|note|comment|gloss|silence",
            name,
            re.IGNORECASE,
        )
    ]
    words = [tier for tier in spoken if re.search("word|token", tier[0], re.IGNORECASE)]
    if words and len(words) < len(spoken):
        spoken = [tier for tier in spoken if tier not in words]
    if not spoken:
        raise InputError(
            path, "is a TextGrid without a tier of words or sentences; name one of its tiers words"
        )
    named = len(spoken) > 1
    cues = []
    rows = sorted(
        (start, end, name, label)
        for name, intervals in spoken
        for start, end, label in intervals
        if label.strip()
    )
    for number, (start, end, name, label) in enumerate(rows, 1):
        middle = (start + end) / 2
        owner = next((who for begin, stop, who in speakers if begin <= middle < stop and who.strip()), None)
        speaker = owner if speakers else re.sub(r"\s*-\s*(?:words?|text)$", "", name) if named else None
        cues.append(
            TextCue(
                number, (" ".join(label.split()),), (start, end), speaker or ("" if speakers else speaker)
            )
        )
    if words and spoken == words:
        cues = _words_in_runs(cues)
    return lines_of(cues)


def _words_in_runs(cues: Sequence[TextCue]) -> list[TextCue]:
    """Words as one line a speaker."""
    runs: list[TextCue] = []
    for cue in cues:
        if runs and runs[-1].speaker == cue.speaker:
            last, word = runs[-1].lines[0], cue.lines[0]
            tight = not (last[-1] + word[0]).isascii()
            runs[-1] = TextCue(
                runs[-1].number, (last + ("" if tight else " ") + word,), runs[-1].span, cue.speaker
            )
        else:
            runs.append(cue)
    return runs


def _tiers(text: str) -> Iterator[tuple[str, list[tuple[float, float, str]]]]:
    """Name and intervals of each tier of intervals, in the long and in the short form of the file."""
    values = [
        match[1].replace('""', '"') if match[1] is not None else float(match[2])
        for match in re.finditer(r'"((?:[^"]|"")*)"|(?<![\w\[.])(-?\d+(?:\.\d+)?)(?![\w\].])', text)
    ]
    place = 0
    while place < len(values):
        if values[place] != "IntervalTier" or place + 4 >= len(values):
            place += 1
            continue
        name, count = str(values[place + 1]), values[place + 4]
        intervals: list[tuple[float, float, str]] = []
        position = place + 5
        while position + 2 < len(values) and isinstance(count, float) and len(intervals) < count:
            start, end, label = values[position : position + 3]
            if not isinstance(start, float) or not isinstance(end, float):
                break
            intervals.append((start, end, str(label)))
            position += 3
        yield name, intervals
        place = position
