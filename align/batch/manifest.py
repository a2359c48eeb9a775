"""The list of a batch: CSV, JSON lines, or a folder of recordings with their transcripts beside them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from align.batch.apart import kept_apart
from align.batch.job import JobOptions, RecordingJob
from align.batch.storage import beside, listed, parent, read
from align.core.errors import InputError, UsageError
from align.core.file_kinds import check_kind

COLUMNS = ("audio", "transcript", "out", "language", "speakers", "glossary", "lexicon")
"""Of a list; only the first two are required."""

RECORDINGS = (
    *(".aac", ".aiff", ".flac", ".m4a", ".mka", ".mp3", ".oga", ".ogg", ".opus", ".wav", ".wma"),
    *(".avi", ".flv", ".m2ts", ".m4v", ".mkv", ".mov", ".mp4", ".mpg", ".mts", ".mxf", ".ts", ".webm"),
    ".wmv",
)  # fmt: skip
"""Endings of recordings in a folder; a list may name any file."""

TRANSCRIPTS = (".txt", ".md", ".docx", ".srt", ".vtt", ".ass")

Row = Mapping[str, str]


def read_jobs(manifest: str, out: str, job_options: JobOptions) -> tuple[RecordingJob, ...]:
    """The jobs of a list, in its order and relative to its folder, or of a folder of recordings.

    Args:
        manifest: a path or a URL.
        out: the output folder.

    Raises:
        InputError: it cannot be read, or a line of it makes no sense.
    """
    names = listed(manifest)
    if names is not None:
        jobs = tuple(_paired(names, manifest, out, job_options))
    else:
        rows = enumerate(_rows(manifest), 1)
        jobs = tuple(_job(number, row, line, manifest, out, job_options) for number, (line, row) in rows)
    if not jobs:
        raise InputError(
            manifest, "names no recording; see docs/guides/many-recordings.md for the format of a list"
        )
    return kept_apart(jobs, out)


def _paired(names: tuple[str, ...], folder: str, out: str, job_options: JobOptions) -> Iterator[RecordingJob]:
    """A job for each recording in a folder; its subfolders are mirrored below `out`."""
    existing = set(names)
    shown = [name for name in names if not any(part.startswith(".") for part in PurePosixPath(name).parts)]
    recordings = [name for name in shown if PurePosixPath(name).suffix.lower() in RECORDINGS]
    for number, name in enumerate(recordings, 1):
        stem = str(PurePosixPath(name).with_suffix(""))
        texts = [stem + ending for ending in TRANSCRIPTS if stem + ending in existing]
        place, below = beside(folder, name), PurePosixPath(name).parent
        fault = ""
        if not texts:
            fault = f"has no transcript beside it; add {PurePosixPath(stem).name}.txt"
        elif len(texts) > 1:
            fault = f"has several transcripts beside it ({', '.join(texts)}); keep one, or write a list"
        target = beside(out, str(below)) if below.parts else out
        text = beside(folder, texts[0]) if len(texts) == 1 else ""
        yield RecordingJob(number, place, text, target, job_options, fault)


def _rows(manifest: str) -> list[tuple[int, Row]]:
    """The rows of a list, each with the number of its line."""
    data = read(manifest)
    check_kind(data, manifest, "a list as CSV, JSON Lines or text")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(manifest, "is not UTF-8; save the list as UTF-8") from error
    ending = PurePosixPath(manifest).suffix.lower()
    if ending in (".jsonl", ".ndjson"):
        return list(_json_rows(text, manifest))
    if ending == ".csv":
        return list(_csv_rows(text, manifest))
    raise InputError(manifest, "is not a list; name a folder, or a list that ends in .csv or .jsonl")


def _csv_rows(text: str, manifest: str) -> Iterator[tuple[int, Row]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True, restkey="", restval="")
    try:
        _check_columns(reader.fieldnames or (), 1, manifest)
        for row in reader:
            if "" in row:
                raise InputError(
                    manifest,
                    f"line {reader.line_num} has more cells than the first line; quote commas in names",
                )
            yield reader.line_num, row
    except csv.Error as error:
        raise InputError(
            manifest, f"is not CSV after line {reader.line_num} ({error}); fix it there"
        ) from error


def _json_rows(text: str, manifest: str) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError(manifest, f"line {number} is not JSON ({error}); fix it") from error
        if not isinstance(row, dict):
            raise InputError(
                manifest, f'line {number} is not an object; write {{"audio": ..., "transcript": ...}}'
            )
        _check_columns(tuple(row), number, manifest)
        for name, value in row.items():
            if not isinstance(value, str) and not (name == "speakers" and type(value) is int):
                raise InputError(manifest, f'line {number}: "{name}" is not text; write it in quotes')
        yield number, {name: str(value) for name, value in row.items()}


def _check_columns(names: Sequence[str], line: int, manifest: str) -> None:
    """Raise InputError for an unknown column, and for a list without the required ones."""
    for name in names:
        if name not in COLUMNS:
            raise InputError(
                manifest, f"line {line}: unknown column {name!r}; choose from {', '.join(COLUMNS)}"
            )
    for name in COLUMNS[:2]:
        if name not in names:
            raise InputError(manifest, f"line {line} lacks the column {name!r}; add it")


def _job(number: int, row: Row, line: int, manifest: str, out: str, job_options: JobOptions) -> RecordingJob:
    """The job of a row."""
    home = parent(manifest)
    given = {name: (value or "").strip() for name, value in row.items()}
    for name in COLUMNS[:2]:
        if not given[name]:
            raise InputError(manifest, f"line {line} names no {name}; add it or remove the line")
    changes: dict[str, Any] = {}
    if language := given.get("language"):
        changes["language"] = language
    if speakers := given.get("speakers"):
        changes["speakers"] = int(speakers) if speakers.isascii() and speakers.isdigit() else speakers
    for name in ("glossary", "lexicon"):
        if file := given.get(name):
            changes[name] = Path(beside(home, file))
    try:
        options = replace(job_options, run_options=replace(job_options.run_options, **changes))
    except UsageError as error:
        raise InputError(manifest, f"line {line}: {error}") from error
    audio, transcript = beside(home, given["audio"]), beside(home, given["transcript"])
    return RecordingJob(number, audio, transcript, beside(out, given.get("out", "")), options)
