"""Transcripts in tables: TSV, CSV, and the tables of Word and Markdown, such as time | speaker | text."""

from __future__ import annotations

import csv
import html
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from align.core.errors import InputError
from align.pronounce.tokens import has_token, token_spans
from align.transcript.lines import DIRECTION, HEADER, NOTE, Line
from align.transcript.speaker_names import NAME, POSSIBLE, name_quality, tidy_name
from align.transcript.stamps import stamp_at

_TEXT = frozenset(
    [
        "text",
        "transcript",
        "content",
        "sentence",
        "utterance",
        "caption",
        "subtitle",
        "words",
        "speech",
        "dialogue",
        "dialog",
        "line",
        "文本",
        "内容",
        "文字",
        "字幕",
        "对话",
        "发言内容",
        "原文",
        "台词",
        "转写内容",
        "內容",
        "對話",
        "original",
        "source",
        "target",
        "translation",
        "译文",
        "翻译",
        "中文",
        "英文",
        "english",
        "chinese",
        "transcription",
        "said",
        "message",
        "quote",
    ]
)
_SPEAKER = frozenset(
    [
        "speaker",
        "name",
        "who",
        "person",
        "speakername",
        "speaker_name",
        "speaker_label",
        "speaker_id",
        "spk",
        "role",
        "participant",
        "说话人",
        "发言人",
        "姓名",
        "人物",
        "角色",
        "講者",
        "發言人",
        "說話人",
        "讲话人",
    ]
)
_TIME = frozenset(
    [
        "start",
        "end",
        "time",
        "from",
        "to",
        "begin",
        "timestamp",
        "start_time",
        "end_time",
        "starttime",
        "endtime",
        "start_ms",
        "end_ms",
        "duration",
        "timecode",
        "时间",
        "开始",
        "结束",
        "开始时间",
        "结束时间",
        "时间戳",
        "時間",
        "in",
        "out",
        "start(s)",
        "end(s)",
        "offset",
        "startms",
        "endms",
        "begin_time",
    ]
)
_IN_BRACKETS = re.compile(r"\([^()]+\)|\[[^\[\]]+\]|（[^（）]+）|【[^【】]+】")
_NUMBER = re.compile(r"\s*[-+]?\d+(?:[.,]\d+)?\s*(?:s|ms)?\s*")


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table hold, counted from 0.

    Attributes:
        texts: one, or one a language.
        header: whether the first row names the columns.
    """

    texts: tuple[int, ...]
    speaker: int | None
    times: tuple[int, ...]
    header: bool


def columns_of(rows: Sequence[Sequence[str]]) -> Columns | None:
    """What the columns of a transcript hold; None for a table that is no transcript.

    A header names them; without one, the text is the column with most words, a time is a number or a stamp,
    and speakers are short and come again.
    """
    width = max((len(row) for row in rows), default=0)
    if width < 2 or not rows:
        return None
    names = [_column_name(cell) for cell in rows[0]]
    header = sum(name in _TEXT | _SPEAKER | _TIME for name in names) >= min(2, width) or any(
        name in _TEXT for name in names
    )
    body = rows[1:] if header else rows
    cells = [[row[place].strip() if place < len(row) else "" for row in body] for place in range(width)]
    times = tuple(
        place
        for place, column in enumerate(cells)
        if (filled := [cell for cell in column if cell]) and sum(map(_is_time, filled)) >= 0.8 * len(filled)
    )
    words = [sum(len(token_spans(cell)) for cell in column) for column in cells]
    if header:
        texts = [place for place, name in enumerate(names) if name in _TEXT and place not in times]
        speakers = [place for place, name in enumerate(names) if name in _SPEAKER and place not in texts]
    else:
        others = [place for place in range(width) if place not in times]
        texts = [place for place in others if words[place] >= 0.3 * max(words[other] for other in others)]
        speakers = [place for place in others if place not in texts and _are_names(cells[place])]
        if len(texts) > 1:
            named = [place for place in texts if _are_names(cells[place])]
            texts, speakers = [place for place in texts if place not in named], named + speakers
    texts = [place for place in texts if words[place]]
    if not texts or (not header and not times and not speakers):
        return None
    if not times and not speakers and len(texts) < 2:
        return None
    return Columns(tuple(texts), speakers[0] if speakers else None, times, header)


def _column_name(cell: str) -> str:
    """What a cell of a header says, without what is in brackets: "Start time (s)" and "Raw text"."""
    words = re.sub(r"[(（\[].*", "", cell).casefold().split()
    whole = "".join(words)
    return whole if whole in _TEXT | _SPEAKER | _TIME or not words else words[-1]


def _is_time(cell: str) -> bool:
    stamp = stamp_at(cell, 0)
    return (stamp is not None and stamp.end == len(cell)) or _NUMBER.fullmatch(cell) is not None


def _are_names(column: Sequence[str]) -> bool:
    """Whether the cells of a column are speakers, of whom some come again."""
    filled = [tidy_name(cell) for cell in column if cell]
    counts = Counter(filled)
    good = sum(name_quality(name) >= (POSSIBLE if counts[name] > 1 else NAME) for name in filled)
    return good >= 0.9 * len(filled) and (len(filled) < 3 or len(counts) < len(filled))


def table_lines(rows: Sequence[Sequence[str]], numbers: Sequence[int], columns: Columns) -> list[Line]:
    """The lines of a table, a text cell each; an empty speaker's cell goes on with the one above."""
    lines: list[Line] = []
    speaker: str | None = None
    for k, (row, number) in enumerate(zip(rows, numbers, strict=True)):
        if k == 0 and columns.header:
            lines.append(
                Line(" | ".join(cell.strip() for cell in row if cell.strip()), number, excluded=HEADER)
            )
            continue
        reason = ""
        if columns.speaker is not None and columns.speaker < len(row):
            name = tidy_name(row[columns.speaker].strip().rstrip(":："))
            reason = _no_turn(row, columns)
            speaker = speaker if reason else speaker_name(name) or speaker or ""
        for place in columns.texts:
            texts = html.unescape(row[place]).split("\n") if place < len(row) else ()
            span = (float(k), float(k))
            lines += [
                Line(text.strip(), number, speaker, span=span, style=str(place), excluded=reason)
                for text in texts
                if text.strip()
            ]
    return lines


def _no_turn(row: Sequence[str], columns: Columns) -> str:
    """Why nobody says a row: it repeats its speaker, or is a note in brackets without one; "" otherwise."""
    if columns.speaker is None or columns.speaker >= len(row):
        return ""
    name = row[columns.speaker].strip()
    texts = [text for place in columns.texts if place < len(row) and (text := row[place].strip())]
    if name and texts == [name]:
        return NOTE
    return "" if name or not texts or not all(_IN_BRACKETS.fullmatch(text) for text in texts) else DIRECTION


def speaker_name(name: str) -> str:
    """The name of a speaker that a program may have given a number alone."""
    return f"Speaker {name}" if name.isdigit() else name


def read_delimited(text: str, path: Path) -> list[Line]:
    """The lines of a table in TSV or CSV.

    Raises:
        InputError: no column of it is the text of a transcript.
    """
    rows, numbers = delimited_rows(text)
    above = _rows_above(rows)
    notes = [
        Line(" ".join(row).strip(), number, excluded=HEADER)
        for row, number in zip(rows, numbers, strict=True)
    ][:above]
    rows, numbers = rows[above:], numbers[above:]
    names = ["".join(cell.split()).casefold() for cell in rows[0]] if rows else []
    if not _TEXT & set(names) and "word" in names:
        return _words(rows, numbers, names)
    columns = columns_of(rows)
    if columns is None:
        raise InputError(
            path,
            "is a table without a column of text beside times or speakers; name its columns start,"
            " speaker and text",
        )
    return [*notes, *table_lines(rows, numbers, columns)]


def _rows_above(rows: Sequence[Sequence[str]]) -> int:
    """How many rows above the table have one cell alone, such as its title or source."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    above = next((k for k, count in enumerate(filled) if count > 1), 0)
    return above if above <= 3 and max(map(len, rows), default=0) > 1 else 0


def _words(rows: Sequence[Sequence[str]], numbers: Sequence[int], names: Sequence[str]) -> list[Line]:
    """The words of a table of words, a line a turn; a column "shown" has their marks and spaces."""
    lines: list[Line] = []
    turn = ""
    for row, number in zip(rows[1:], numbers[1:], strict=True):
        values = dict(zip(names, row, strict=False))
        speaker = speaker_name(values["speaker"].strip()) if "speaker" in values else None
        shown = values.get("shown") or f"{values.get('word', '').strip()} "
        if lines and lines[-1].speaker == speaker and values.get("turn", "") == turn:
            lines[-1] = replace(lines[-1], text=lines[-1].text + shown)
        elif shown.strip():
            lines.append(Line(shown, number, speaker))
        turn = values.get("turn", "")
    return [replace(line, text=line.text.strip()) for line in lines]


def delimited_rows(text: str) -> tuple[list[list[str]], list[int]]:
    """The rows of a TSV or CSV file, and the line of the file at which each begins."""
    sample = text[:4000]
    delimiter = max("\t,;|", key=lambda mark: sample.count(mark) if mark != "," else sample.count(mark) / 2)
    if "\t" in sample.partition("\n")[0]:
        delimiter = "\t"
    csv.field_size_limit(1 << 24)
    reader = csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), delimiter=delimiter)
    rows, numbers, begin = [], [], 1
    for row in reader:
        if any(cell.strip() for cell in row):
            rows.append(row)
            numbers.append(begin)
        begin = reader.line_num + 1
    return rows, numbers


def is_delimited(text: str) -> bool:
    """Whether a text without an ending that says so is a TSV of a transcript: two tabs or more a line."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or sum(line.count("\t") >= 2 for line in lines) < 0.9 * len(lines):
        return False
    columns = columns_of(delimited_rows(text)[0])
    return columns is not None and bool(columns.times) and has_token(text)
