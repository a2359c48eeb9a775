"""The names and terms that a reviewer has put right, as a glossary for the next episode."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from align.core.input_files import LARGEST, read_source
from align.core.types import MismatchKind, Result
from align.mismatch.find import text_of
from align.proofread.dictionary import is_dictionary_word
from align.result.alignment_json import read
from align.review.decisions.decision import Decision, ReviewedResult, Reworded, in_effect
from align.review.decisions.history import Applied, History
from align.review.decisions.log import log_of, read_log, snapshot_folder
from align.review.decisions.snapshots import Snapshots, digest_of
from align.transcript.cleaning.glossary import Glossary


def corrected_words(alignment: Path) -> dict[str, tuple[str, ...]]:
    """The words that suspected wrong words were changed to, with how they were written, in order.

    Both what was applied and what was only decided counts.

    Raises:
        InputError: the alignment or its log cannot be read.
    """
    data = read_source(alignment, "give the path of an alignment.json", LARGEST)
    current, snapshots = digest_of(data), Snapshots(snapshot_folder(alignment))
    found: dict[str, list[str]] = {}
    for digest, decisions in _by_alignment(read_log(log_of(alignment)).history):
        result = read(data, alignment) if digest == current else snapshots.read_result(digest)
        if result is not None:
            for written, right in _corrections(result, decisions):
                found.setdefault(right, []).append(written)
    return {right: tuple(dict.fromkeys(written)) for right, written in found.items()}


def glossary_with(words: dict[str, tuple[str, ...]], glossary: Glossary) -> str:
    """The text of a glossary with more terms; those that it has stay as they are.

    What was written wrong becomes a garbled form unless it is a word of its own, which is right elsewhere.
    """
    known = set(glossary.written)
    tables = [glossary.source.rstrip() + "\n"] if glossary.source.strip() else []
    for right, written in words.items():
        if right.casefold() in known:
            continue
        known.add(right.casefold())
        garbled = [word for word in written if word.casefold() not in known and not is_dictionary_word(word)]
        known.update(word.casefold() for word in garbled)
        lines = ["[[term]]", f"text = {_quoted(right)}"]
        if garbled:
            lines.append(f"garbled = [{', '.join(map(_quoted, garbled))}]")
        tables.append("\n".join(lines) + "\n")
    return "\n".join(tables)


def _by_alignment(history: History) -> Iterator[tuple[str, Sequence[Decision]]]:
    """The decisions in effect, with the digest of the alignment that they were made for."""
    digest, pending = history.opened, list[Decision]()
    for step in history.done:
        if isinstance(step, Applied):
            yield digest, in_effect(pending)
            digest, pending = step.after, [one for one in pending if one.id in step.left]
        else:
            pending += step.decisions
    yield digest, in_effect(pending)


def _corrections(result: Result, decisions: Sequence[Decision]) -> Iterator[tuple[str, str]]:
    """What was written and what it was changed to, at suspected wrong words."""
    entries = ReviewedResult(result).entries
    for decision in decisions:
        if not isinstance(decision, Reworded) or len(decision.edits) != 1 or not decision.edits[0].text:
            continue
        kinds = {entries[id_].mismatch.kind for id_ in decision.settles if id_ in entries}
        if MismatchKind.WRONG_WORD in kinds:
            (edit,) = decision.edits
            yield text_of(result.alignment.tokens, edit.tokens, result.turns), " ".join(edit.text.split())


def _quoted(text: str) -> str:
    """A basic string of TOML, which JSON's are apart from the escape of U+007F."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
