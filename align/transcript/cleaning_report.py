"""What cleaning leaves behind: the text, the list of changes, and a diff for the eye."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from align.core.input_files import as_text
from align.core.json_document import Json, laid_out
from align.core.written_files import Destination, safe_name
from align.transcript.cleaning.rules import Cleaning
from align.transcript.cleaning.suggestion import RepairSuggestion
from align.transcript.cleaning.turns import CleanTurn, clean_turn
from align.transcript.passages import Document
from align.transcript.text_edits import TextEdit
from align.transcript.write import written

VERSION = 1
"""Of NAME.clean.json. It grows when a field changes its meaning, is added or goes."""

_CONTEXT = 12
"""Characters around a change in the diff."""
_APART = 2 * _CONTEXT
"""Characters between two changes that are shown apart."""


@dataclass(frozen=True, slots=True)
class CleanDocument:
    """A transcript, cleaned."""

    document: Document
    cleaning: Cleaning
    turns: tuple[CleanTurn, ...]

    @property
    def rules(self) -> dict[str, int]:
        """How many changes each rule had a part in, the busiest first."""
        counts = Counter(rule for one in self.turns for edit in one.edits for rule in edit.rules)
        return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def clean_document(document: Document, cleaning: Cleaning) -> CleanDocument:
    """Every passage cleaned."""
    return CleanDocument(
        document, cleaning, tuple(clean_turn(passage, cleaning) for passage in document.passages)
    )


def write_clean(
    clean: CleanDocument, into: Destination, proposals: Sequence[RepairSuggestion] = ()
) -> tuple[Path, ...]:
    """Write NAME.clean.txt, NAME.clean.json and NAME.clean.diff.

    Raises:
        InputError: a file that is there would be lost, or the folder cannot be written.
    """
    contents = (clean_text(clean), clean_json(clean, proposals), clean_diff(clean))
    named = zip(names_of(clean), contents, strict=True)
    return into.put({name: content.encode("utf-8") for name, content in named})


def names_of(clean: CleanDocument) -> tuple[str, ...]:
    """The names of the files that `write_clean` writes."""
    name = safe_name(clean.document.path.stem)
    return tuple(f"{name}.clean.{ending}" for ending in ("txt", "json", "diff"))


# The text


def clean_text(clean: CleanDocument) -> str:
    """A turn a paragraph with its label, such that reading it gives the same turns."""
    return written([(one.turn.speaker, one.turn.text) for one in clean.turns])


# The list of changes


def clean_json(clean: CleanDocument, proposals: Sequence[RepairSuggestion] = ()) -> str:
    """Every change with its place, its rules and both texts, as docs/guides/cleaning.md describes it."""
    cleaning = clean.cleaning
    document: dict[str, Json] = {
        "generator": "align clean",
        "version": VERSION,
        "transcript": as_text(clean.document.path).name,
        "cleaning": {
            "level": cleaning.level, "script": cleaning.script, "glossary": cleaning.glossary.digest
        },
        "rules": clean.rules,
        "turns": [
            {
                "line": one.turn.line,
                "speaker": one.turn.speaker,
                "written": one.written,
                "spoken": one.turn.spoken,
                "text": one.turn.text,
            }
            for one in clean.turns
        ],
        "changes": [
            _change(number, one, edit) for number, one in enumerate(clean.turns) for edit in one.edits
        ],
        "left_out": [
            {"line": one.line, "reason": one.reason, "text": one.written} for one in clean.document.left_out
        ],
        "proposals": [
            {
                "turn": one.turn, "line": clean.turns[one.turn].turn.line, "start": one.start, "end": one.end,
                "before": one.before, "after": one.after,
            }
            for one in proposals
        ],
    }  # fmt: skip
    return laid_out(document)


def _change(number: int, one: CleanTurn, edit: TextEdit) -> Json:
    return {
        "turn": number,
        "line": one.passage.line_at(edit.start)[0],
        "start": edit.start,
        "end": edit.end,
        "rules": list(edit.rules),
        "before": edit.before,
        "after": edit.after,
    }


# The diff


def clean_diff(clean: CleanDocument) -> str:
    """A few words around each change, as they were and as they are; neighbours share a place."""
    name = as_text(clean.document.path)
    lines = [f"--- {name.name}", f"+++ {name.stem}.clean.txt"]
    for one in clean.turns:
        for group in _close(one.edits):
            lines += _hunk(one, group)
    for left in clean.document.left_out:
        lines += [f"@@ line {left.line}: {left.reason} @@", f"-{left.written}"]
    return "\n".join(lines) + "\n"


def _close(edits: Sequence[TextEdit]) -> Iterator[list[TextEdit]]:
    group: list[TextEdit] = []
    for edit in edits:
        if group and edit.start - group[-1].end > _APART:
            yield group
            group = []
        group.append(edit)
    if group:
        yield group


def _hunk(one: CleanTurn, edits: Sequence[TextEdit]) -> list[str]:
    first = max(0, edits[0].start - _CONTEXT)
    last = edits[-1].end + _CONTEXT
    before = one.written[first:last]
    parts, position = [], first
    for edit in edits:
        parts += [one.written[position : edit.start], edit.after]
        position = edit.end
    after = "".join((*parts, one.written[position:last]))
    line, place = one.passage.line_at(edits[0].start)
    rules = ", ".join(dict.fromkeys(rule for edit in edits for rule in edit.rules))
    return [
        f"@@ line {line}, character {place + 1}: {rules} @@",
        "-" + before.replace("\n", "⏎"),
        "+" + after.replace("\n", "⏎"),
    ]
