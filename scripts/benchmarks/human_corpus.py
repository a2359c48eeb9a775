"""Recordings of people from public repositories, with what they really say.

`human_recordings.json` lists them: where each lies, its SHA-256, how its text is found beside it or what it
says, and what of that text is not what is said. The recordings and their texts stay where they are published.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from align.core.errors import InputError
from align.core.types import Span

RECORDINGS = Path(__file__).with_name("human_recordings.json")


@dataclass(frozen=True, slots=True)
class HumanRecording:
    """One recording and its text.

    Attributes:
        kind: "talk", "prepared" or "read".
        text: word for word, but for fillers and repeats that nobody wrote down.
        fillers: where those are.
        unclear: where nobody can tell what is said; no report there counts.
        tuning: whether figures may be tuned on it; the others are for reporting alone.
    """

    name: str
    audio: Path
    language: str
    kind: str
    text: str
    fillers: tuple[Span, ...] = ()
    unclear: tuple[Span, ...] = ()
    tuning: bool = False


def read_recordings(
    corpora: Path, listed: Path = RECORDINGS
) -> tuple[tuple[HumanRecording, ...], tuple[str, ...]]:
    """The recordings that are there, and for each other one a sentence that says what to do.

    Args:
        corpora: folder with clones, each named as its repository.
        listed: the list of them, as described above.

    Raises:
        InputError: the text is not where the list says, or is not the one that was corrected.
    """
    found: list[HumanRecording] = []
    missing: list[str] = []
    for row in json.loads(listed.read_text("utf-8")):
        clone = corpora / row["repository"].split("/")[1]
        audio = clone / row["audio"]
        wanted = f"https://github.com/{row['repository']} at {row['commit'][:10]}, {row['audio']}"
        if not audio.is_file():
            missing.append(f"{row['name']}: is not there; it is in {wanted}")
        elif hashlib.sha256(audio.read_bytes()).hexdigest() != row["sha256"]:
            missing.append(f"{row['name']}: {audio} is another file than the one in {wanted}")
        else:
            found.append(
                HumanRecording(
                    row["name"],
                    audio,
                    row["language"],
                    row["kind"],
                    corrected(_published(clone, row), row.get("corrections", ())),
                    _spans(row.get("fillers", ())),
                    _spans(row.get("unclear", ())),
                    tuning=row["half"] == "tuning",
                )
            )
    return tuple(found), tuple(missing)


def corrected(text: str, corrections: Sequence[Mapping[str, str]]) -> str:
    """A text with each correction at the first place that has what it replaces.

    Raises:
        ValueError: no place has it.
    """
    for correction in corrections:
        if correction["written"] not in text:
            raise ValueError(f"the text has no {correction['written']!r}")
        text = text.replace(correction["written"], correction["spoken"], 1)
    return text


def _spans(rows: Sequence[Mapping[str, Any]]) -> tuple[Span, ...]:
    return tuple(Span(row["start"], row["end"]) for row in rows)


def _published(clone: Path, row: Mapping[str, Any]) -> str:
    """The text beside a recording, or what the list says that it says."""
    if "transcript" in row:
        return str(row["transcript"])
    path = clone / row["text"]
    try:
        match = re.search(row["pattern"], path.read_text("utf-8-sig"))
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror}); check the clone out anew") from error
    if match is None:
        raise InputError(path, f"has nothing like {row['pattern']!r}; check out {row['commit']}")
    text: str = match.group(1).strip()
    return text.capitalize() if text.isupper() else text
