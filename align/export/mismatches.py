"""The mismatches for programs (JSON) and for spreadsheets (CSV)."""

from __future__ import annotations

import json
from collections.abc import Iterable

from align.core.types import Result
from align.export.formats.words import csv_table
from align.mismatch.entries import Entry, entries
from align.subtitles.clock import timecode

VERSION = 3
"""Of the JSON. It grows when a field changes its meaning, is added or removed."""

_COLUMNS = (
    *("id", "kind", "severity", "start", "end", "timecode", "speaker", "line"),
    *("before", "written", "heard", "alternatives", "after", "translation", "score", "alternative_score"),
    "reasons",
)


def mismatches_json(result: Result) -> str:
    """The mismatches with their ids and context, as JSON; see docs/reference/alignment-json.md."""
    document = {
        "generator": "align",
        "version": VERSION,
        "name": result.name,
        "audio": result.audio,
        "audio_digest": result.audio_digest,
        "mismatches": [row(entry) for entry in entries(result)],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def mismatches_csv(listed: Iterable[Entry]) -> str:
    """Mismatches as a table, one per row, safe for a spreadsheet."""
    return csv_table(_COLUMNS, map(row, listed))


def row(entry: Entry) -> dict[str, object]:
    """A mismatch as programs read it: times in seconds to the millisecond, texts as they are."""
    mismatch = entry.mismatch
    return {
        "id": entry.id,
        "kind": mismatch.kind.value,
        "severity": mismatch.severity.value,
        "start": round(mismatch.span.start, 3),
        "end": round(mismatch.span.end, 3),
        "timecode": timecode(mismatch.span.start),
        "speaker": entry.speaker,
        "line": entry.line,
        "tokens": list(mismatch.tokens),
        "before": entry.before,
        "written": mismatch.written,
        "heard": mismatch.heard,
        "alternatives": list(mismatch.alternatives),
        "after": entry.after,
        "translation": entry.translation,
        "score": round(mismatch.score, 3),
        "alternative_score": round(mismatch.alternative_score, 3),
        "reasons": list(mismatch.reasons),
    }
