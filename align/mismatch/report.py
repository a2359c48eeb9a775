"""The mismatches for programs (JSON) and for spreadsheets (CSV)."""

from __future__ import annotations

import csv
import io
import json

from align.mismatch.entries import Entry, entries, timecode
from align.values import Result

_COLUMNS = (
    *("id", "kind", "severity", "start", "end", "timecode"),
    *("speaker", "written", "heard", "score", "reasons"),
)
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What makes a spreadsheet compute a cell; the wide forms do so in East Asian settings."""


def mismatches_json(result: Result) -> str:
    """The mismatches with their ids and context, as JSON; docs/alignment-json.md describes the fields."""
    document = {
        "generator": "align",
        "version": 1,
        "name": result.name,
        "audio": result.audio,
        "audio_digest": result.audio_digest,
        "mismatches": [_row(entry) for entry in entries(result)],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def mismatches_csv(result: Result) -> str:
    """The mismatches as a table, a row each, with a byte order mark.

    The mark is there because Excel reads Chinese wrongly without it; other programs pass over it. A
    text that a spreadsheet would compute begins with an apostrophe.
    """
    table = io.StringIO()
    table.write("\ufeff")
    writer = csv.DictWriter(table, _COLUMNS, extrasaction="ignore")
    writer.writeheader()
    writer.writerows({name: cell(value) for name, value in _row(entry).items()} for entry in entries(result))
    return table.getvalue()


def _row(entry: Entry) -> dict[str, object]:
    mismatch = entry.mismatch
    return {
        "id": entry.id,
        "kind": mismatch.kind.value,
        "severity": mismatch.severity.value,
        "start": round(mismatch.span.start, 3),
        "end": round(mismatch.span.end, 3),
        "timecode": timecode(mismatch.span.start),
        "speaker": entry.speaker,
        "before": entry.before,
        "written": mismatch.written,
        "heard": mismatch.heard,
        "after": entry.after,
        "translation": entry.translation,
        "score": round(mismatch.score, 3),
        "reasons": list(mismatch.reasons),
    }


def cell(value: object) -> str:
    """One line of text that no spreadsheet takes for a formula; numbers with three decimals."""
    if isinstance(value, float):
        return f"{value:.3f}"
    parts = value if isinstance(value, list) else [value or ""]
    line = " ".join(" ".join(map(str, parts)).split())
    return f"'{line}" if line.startswith(_FORMULA) else line
