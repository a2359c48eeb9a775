"""The files of `align clean`: the text, the list of changes, and a diff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from align.core.input_files import as_text
from align.core.json_document import Json, laid_out
from align.core.written_files import Destination, safe_name
from align.transcript.cleaning.apply_rules import Cleaning
from align.transcript.cleaning.turns import CleanTurn, clean_turn
from align.transcript.passages import Document
from align.transcript.text_edits import TextEdit, apply_edits
from align.transcript.write import written

VERSION = 2
"""Of NAME.clean.json, incremented when a field is added, removed or changes its meaning."""

_CONTEXT = 12
"""Characters around a change in the diff; changes closer than twice that are shown together."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A suspected wrong word, for a person to judge: characters `start` to `end` of a turn's cleaned text.

    Attributes:
        turn: index of the turn.
        alternatives: what it may be instead, the likeliest first.
        score, first_score: 0 to 1, how sure it is that it is wrong, and that the first alternative is right.
        reasons: whole sentences.
    """

    turn: int
    start: int
    end: int
    before: str
    alternatives: tuple[str, ...]
    score: float
    first_score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CleanDocument:
    """A cleaned transcript."""

    document: Document
    cleaning: Cleaning
    turns: tuple[CleanTurn, ...]

    @property
    def rules(self) -> dict[str, int]:
        """How many changes each rule took part in, most first."""
        counts = Counter(rule for turn in self.turns for edit in turn.edits for rule in edit.rules)
        return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def clean_document(document: Document, cleaning: Cleaning) -> CleanDocument:
    """Clean every passage."""
    turns = tuple(clean_turn(passage, cleaning) for passage in document.passages)
    return CleanDocument(document, cleaning, turns)


def write_clean(
    clean: CleanDocument, into: Destination, proposals: Sequence[Proposal] = ()
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


def clean_text(clean: CleanDocument) -> str:
    """One paragraph per turn with its label; reading it gives the same turns."""
    return written([(turn.turn.speaker, turn.turn.text) for turn in clean.turns])


def clean_json(clean: CleanDocument, proposals: Sequence[Proposal] = ()) -> str:
    """Every change with its place, its rules and both texts; see docs/guides/cleaning.md."""
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
                "line": turn.turn.line, "speaker": turn.turn.speaker, "written": turn.written,
                "spoken": turn.turn.spoken, "text": turn.turn.text,
            }
            for turn in clean.turns
        ],
        "changes": [
            {
                "turn": number, "line": turn.passage.line_at(edit.start)[0], "start": edit.start,
                "end": edit.end, "rules": list(edit.rules), "before": edit.before, "after": edit.after,
            }
            for number, turn in enumerate(clean.turns)
            for edit in turn.edits
        ],
        "left_out": [
            {"line": line.line, "reason": line.reason, "text": line.text}
            for line in clean.document.excluded
        ],
        "proposals": [
            {
                "turn": proposal.turn, "line": clean.turns[proposal.turn].turn.line,
                "start": proposal.start, "end": proposal.end, "before": proposal.before,
                "alternatives": list(proposal.alternatives), "score": round(proposal.score, 3),
                "first_score": round(proposal.first_score, 3), "reasons": list(proposal.reasons),
            }
            for proposal in proposals
        ],
    }  # fmt: skip
    return laid_out(document)


def clean_diff(clean: CleanDocument) -> str:
    """A few words around each change, before and after; close changes share a hunk."""
    path = as_text(clean.document.path)
    lines = [f"--- {path.name}", f"+++ {path.stem}.clean.txt"]
    for turn in clean.turns:
        hunks: list[list[TextEdit]] = []
        for edit in turn.edits:
            if hunks and edit.start - hunks[-1][-1].end <= 2 * _CONTEXT:
                hunks[-1].append(edit)
            else:
                hunks.append([edit])
        for edits in hunks:
            first = max(0, edits[0].start - _CONTEXT)
            before = turn.written[first : edits[-1].end + _CONTEXT]
            after = apply_edits(before, [edit.moved(-first) for edit in edits])
            line, place = turn.passage.line_at(edits[0].start)
            rules = ", ".join(dict.fromkeys(rule for edit in edits for rule in edit.rules))
            lines.append(f"@@ line {line}, character {place + 1}: {rules} @@")
            lines += ["-" + before.replace("\n", "⏎"), "+" + after.replace("\n", "⏎")]
    for excluded in clean.document.excluded:
        lines += [f"@@ line {excluded.line}: {excluded.reason} @@", f"-{excluded.text}"]
    return "\n".join(lines) + "\n"
