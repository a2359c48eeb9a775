"""The words of a displayed text with their times, and the files that list them: JSON and a table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from align.alignment.text_diff import same_tokens
from align.core.csv_cells import BYTE_ORDER_MARK, cell
from align.core.types import Result, Span, TimedToken, Track
from align.pronounce.tokens import tokenize_text

_COLUMNS = ("turn", "start", "end", "speaker", "word", "shown", "score")


@dataclass(frozen=True, slots=True)
class Word:
    """A Han character, a Latin word or a number of a displayed text.

    Attributes:
        shown: `text` with all characters up to the next word; joined, those of all words are the whole text.
        span: None when unknown.
        score: 0 (a guess) to 1 (certain).
    """

    text: str
    shown: str
    span: Span | None = None
    score: float = 0.0
    speaker: str | None = None


def words_of(text: str, tokens: Sequence[TimedToken]) -> tuple[Word, ...]:
    """The words of `text` with the times of the tokens that they match; () for a text without words.

    The text may differ from the tokens, since people and the program correct it: a word that matches no
    token has no time.
    """
    words = tokenize_text(text)
    matches = same_tokens([word.text for word in words], [timed.token.text for timed in tokens])
    edges = [0, *(word.start for word in words[1:]), len(text)]
    result = []
    for word, start, end, match in zip(words, edges, edges[1:], matches, strict=False):
        if match is None:
            result.append(Word(word.text, text[start:end]))
        else:
            timed = tokens[match]
            result.append(Word(word.text, text[start:end], timed.span, timed.score, timed.speaker))
    return tuple(result)


def words_on_screen(track: Track, tokens: Sequence[TimedToken], language: str) -> Iterator[tuple[Word, ...]]:
    """For each cue the words of its lines in `language`, which is that of the tokens.

    A line break is part of what is `shown` between two words. The tokens of a cue are those spoken while it
    is on screen.
    """
    spoken = sorted(
        (((timed.span.start + timed.span.end) / 2, index) for index, timed in enumerate(tokens) if timed.span)
    )
    language_index, position = track.languages.index(language), 0
    for cue in track.cues:
        while position < len(spoken) and spoken[position][0] < cue.span.start:
            position += 1
        first = position
        while position < len(spoken) and spoken[position][0] < cue.span.end:
            position += 1
        cue_tokens = [tokens[index] for _, index in spoken[first:position]]
        yield words_of("\n".join(cue.lines[language_index]), cue_tokens)


def words_json(result: Result) -> str:
    """Every word of the transcript with its time, one per line; see docs/reference/formats.md."""
    document = {
        "generator": "align",
        "version": 1,
        "name": result.name,
        "audio": result.audio,
        "language": result.language,
    }
    head = json.dumps(document, ensure_ascii=False, indent=2).removesuffix("\n}")
    rows = ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for row in _rows(result))
    return f'{head},\n  "words": [\n{rows}\n  ]\n}}\n'


def words_csv(result: Result) -> str:
    """Every word of the transcript with its time as a table, one per row, safe for a spreadsheet."""
    return csv_table(_COLUMNS, _rows(result))


def csv_table(columns: Sequence[str], rows: Iterable[dict[str, object]]) -> str:
    """The rows as CSV with a header and a byte order mark; keys that are not among `columns` are left out."""
    table = io.StringIO()
    table.write(BYTE_ORDER_MARK)
    writer = csv.DictWriter(table, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows({name: cell(value) for name, value in row.items()} for row in rows)
    return table.getvalue()


def _rows(result: Result) -> Iterator[dict[str, object]]:
    for turn, group in groupby(result.alignment.tokens, key=lambda timed: timed.token.turn):
        for word in words_of(result.turns[turn].text, tuple(group)):
            yield {
                "turn": turn,
                "start": round(word.span.start, 3) if word.span else None,
                "end": round(word.span.end, 3) if word.span else None,
                "speaker": word.speaker or result.turns[turn].speaker,
                "word": word.text,
                "shown": word.shown,
                "score": round(word.score, 3),
            }
