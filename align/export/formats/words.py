"""Write the words of the transcript with their times, as JSON and as a table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from itertools import groupby

from align.core.csv_cells import BYTE_ORDER_MARK, cell
from align.core.types import Result
from align.export.formats.word_times import words_of

_COLUMNS = ("turn", "start", "end", "speaker", "word", "shown", "score")


def words_json(result: Result) -> str:
    """Every word of the transcript with its time, a line each; see docs/reference/formats.md."""
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
    """The same as a table, a word a row, safe for a spreadsheet."""
    table = io.StringIO()
    table.write(BYTE_ORDER_MARK)
    writer = csv.DictWriter(table, _COLUMNS)
    writer.writeheader()
    writer.writerows({name: cell(value) for name, value in row.items()} for row in _rows(result))
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
