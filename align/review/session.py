"""A review in progress: a result, the log of decisions about it, and the state that follows.

Every decision is in the log, on disk, before it is confirmed. Several windows may show one review; each
request names the revision that its window has seen, and fails if another window was faster.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from align.core.errors import InputError
from align.core.input_files import LARGEST, read_source
from align.core.types import MismatchKind, Result
from align.result.alignment_json import dump, read
from align.review.decisions.apply import apply_decisions, outdated_translations
from align.review.decisions.context import DecisionContext, InvalidRequestError
from align.review.decisions.cue_edges import impossible_moves
from align.review.decisions.cues import cues_of
from align.review.decisions.decide import Request, decide
from align.review.decisions.decision import (
    CueMoved,
    Decision,
    NewCue,
    Renamed,
    ReviewedResult,
    describe,
    edits_of,
    settled_by,
)
from align.review.decisions.history import Applied, Decided, Event, History, Opened, Redone, Undone
from align.review.decisions.log import VERSION, Log, log_of, now, snapshot_folder
from align.review.decisions.relocate import reopen
from align.review.decisions.snapshots import Snapshot, Snapshots, digest_of
from align.review.lines import review_lines
from align.review.output import ReviewFiles
from align.review.realign import Realigner
from align.subtitles.line_breaks import given_names

_LISTED = 10
"""Decisions that a sentence lists."""


class ConflictError(Exception):
    """The request is for an earlier revision than the current one."""


class StaleError(Exception):
    """Every decision was made for another text."""


class OverwriteError(Exception):
    """Files that somebody changed would be overwritten."""


class Session:
    """A review that is open.

    Attributes:
        log: every decision, undo and redo.
        reviewed: the result that decisions are about.
        notes: sentences for the reviewer about the state in which it was found.
    """

    def __init__(self, files: ReviewFiles, realigner: Realigner) -> None:
        """Open a review, and complete what a crash interrupted.

        Raises:
            InputError: the alignment or the log cannot be used, or another process reviews it.
        """
        self.files, self._realigner = files, realigner
        data = _read_bytes(files.alignment)
        result = read(data, files.alignment)  # before an unusable alignment gets a lock beside it
        files.check(result)
        self.reviewed, self._digest = ReviewedResult(result), digest_of(data)
        folder = snapshot_folder(files.alignment)
        self._snapshots = Snapshots(folder)
        self._unsaved: bytes | None = None  # the alignment, until there is a decision about it
        self._unfinished: str | None = None  # the alignment that files being written replace
        self.log = Log(log_of(files.alignment), folder / "lock")
        try:
            self.notes = self._open(data)
        except BaseException:
            self.log.close()
            raise

    @property
    def history(self) -> History:
        """What was decided so far."""
        return self.log.history

    @property
    def result(self) -> Result:
        """The result that decisions are about."""
        return self.reviewed.result

    def close(self) -> None:
        """Let another process review it."""
        self.log.close()

    def decide(self, revision: int, request: Request) -> None:
        """Log the decisions of a request.

        Raises:
            ConflictError: `revision` is not the current one.
            InvalidRequestError: it cannot be fulfilled.
            InputError: the log cannot be written.
        """
        self._check_revision(revision)
        about, decisions = self.preview(request)
        self._add(Decided(self.history.revision + 1, now(), about, decisions))

    def preview(self, request: Request) -> tuple[str, tuple[Decision, ...]]:
        """A few words about a request, and the decisions that it would make.

        Raises:
            InvalidRequestError: it cannot be fulfilled.
        """
        decisions, stale = self._applicable()
        number, options = self.history.revision + 1, self.files.cues
        gap = options.rules(self.result.language).gap
        context = DecisionContext(self.reviewed, decisions, number, options.fps, frozenset(stale), gap)
        return decide(request, context)

    def cues(self) -> tuple[NewCue, ...]:
        """All cues as the decisions make them."""
        return cues_of(self.result, self._applicable()[0])

    def lines(self) -> list[dict[str, Any]]:
        """All cues as the decisions make them, and the stretches without one, as `review_lines` has them."""
        return review_lines(self.reviewed, self._applicable()[0], self.files.cues)

    def undo(self, revision: int, overwrite: bool = False) -> None:
        """Undo the last step; if decisions were applied, put back the files from before.

        Raises:
            ConflictError, InvalidRequestError, OverwriteError, InputError: as `decide` and `apply` do.
        """
        self._step(revision, Undone, overwrite)

    def redo(self, revision: int, overwrite: bool = False) -> None:
        """Redo the step that was undone last.

        Raises:
            ConflictError, InvalidRequestError, OverwriteError, InputError: as `decide` and `apply` do.
        """
        self._step(revision, Redone, overwrite)

    def apply(self, revision: int, overwrite: bool = False, translate: bool = True) -> str:
        """Write the decisions for the current text into the files; sentences on what remains to do, or "".

        Args:
            overwrite: overwrite files that somebody changed.
            translate: translate cues without a translation, which may take minutes.

        Raises:
            ConflictError: `revision` is not the current one.
            InvalidRequestError: there is nothing to apply.
            StaleError: every decision was made for another text.
            OverwriteError: somebody changed a file.
            InputError, ModelError: the audio or a model is needed but missing, or the disk is full.
        """
        self._check_revision(revision)
        self._check_alignment_file()
        decisions, stale = self._applicable()
        if not decisions and stale:
            raise StaleError(f"{_not_applied(stale.values())} Withdraw them, and decide again.")
        if not decisions:
            raise InvalidRequestError("There is nothing to apply: there are no new decisions.")
        own = self.files.expected(self.result)
        if not overwrite:
            self._check_unedited(own, ())
        names = given_names(self.result.turns, self._realigner.lexicon)
        place_words, glossary = self._realigner.place_words, self._realigner.glossary
        done = apply_decisions(self.result, decisions, place_words, self.files.cues, names, glossary)
        done, untranslated = self._realigner.translate(done) if translate else (done, "")
        if edits_of(decisions) or done.turns != self.result.turns:
            done = self.files.with_transcript(done)
        new = Snapshot(dump(done).encode("utf-8"), self.files.expected(done))
        if not overwrite:
            self._check_unedited(own, new.files)
        old = Snapshot(_read_bytes(self.files.alignment), self.files.existing({*own, *new.files}))
        before, after = self._snapshots.save(old), self._snapshots.save(new)
        self._add(Applied(self.history.revision + 1, now(), before, after, left=tuple(stale)))
        self._write_files(before)
        return " ".join(filter(None, (untranslated, _not_applied(stale.values()))))

    def state(self) -> dict[str, Any]:
        """All that a window needs to show the review."""
        history, (decisions, stale) = self.history, self._applicable()
        resolved = {mismatch for decision in decisions for mismatch in settled_by(decision)}
        mismatches = {key: entry.mismatch for key, entry in self.reviewed.entries.items()}
        places = [key for key, mismatch in mismatches.items() if mismatch.kind is not MismatchKind.FILLER]
        names = {one.old: one.new for one in decisions if isinstance(one, Renamed)}
        return {
            "revision": history.revision,
            "alignment": history.alignment or self._digest,
            "undo": history.done[-1].about if history.done else None,
            "redo": history.undone[-1].about if history.undone else None,
            "decided": len(resolved.intersection(places)) + history.settled_before,
            "places": len(places) + history.settled_before,
            "decisions": [
                {**msgspec.to_builtins(one), "settles": list(settled_by(one))} for one in decisions
            ],
            "stale": [{"id": key, "about": about} for key, about in stale.items()],
            "without_line": [list(one.tokens) for one in outdated_translations(self.result, decisions)],
            "speakers": [{"name": name, "now": names.get(name, name)} for name in self.reviewed.speakers],
            "tokens": {
                key: list(mismatch.tokens)
                for key, mismatch in mismatches.items()
                if mismatch.kind is MismatchKind.SPEAKER
            },
            "notes": list(self.notes),
        }

    def _open(self, data: bytes) -> tuple[str, ...]:
        """Complete an interrupted write, or continue with an alignment that was changed; notes on that."""
        history, notes = self.history, []
        if self.log.torn:
            notes.append("The last line of the log is incomplete and was never confirmed; it is ignored.")
        if not history.opened or self._digest == history.alignment:
            self._unsaved = data
            if history.decisions:
                self._save_alignment()
            return tuple(notes)
        applied = [step for step in (*history.done, *history.undone) if isinstance(step, Applied)]
        known = any(self._digest in (step.before, step.after) for step in applied)
        if known and self._snapshots.has(history.alignment):
            self._write_files(self._digest)
            return (*notes, "Writing the files was interrupted the last time; it is complete now.")
        self._unsaved = data
        self._save_alignment()
        self.log.add(reopen(history, self._snapshots.read_result, self._digest, self.reviewed))
        note = "The alignment was changed outside of the review."
        decisions, stale = self._applicable()
        if decisions or stale:
            note += f" {len(decisions)} of {len(decisions) + len(stale)} decisions were found again in it."
        if stale:
            note += f" Not found, since their text has changed: {_listed(stale.values())}."
        return (*notes, note)

    def _applicable(self) -> tuple[tuple[Decision, ...], dict[str, str]]:
        """The decisions for the current text, and descriptions of the stale ones, by their ids."""
        lost = {decision.id: decision.about for decision in self.history.lost}
        decisions = self.history.decisions
        fitting = [one for one in decisions if one.id not in lost and self.reviewed.fits(one)]
        moves = [decision for decision in fitting if isinstance(decision, CueMoved)]
        impossible = impossible_moves(self.result, moves, self.files.cues.fps)
        applicable = {decision.id: decision for decision in fitting if decision.id not in impossible}
        stale = {
            one.id: lost.get(one.id) or describe(one, self.reviewed if one.id in impossible else None)
            for one in decisions
            if one.id not in applicable
        }
        return tuple(applicable.values()), stale

    def _step(self, revision: int, kind: type[Undone] | type[Redone], overwrite: bool) -> None:
        """Undo or redo."""
        self._check_revision(revision)
        undo = kind is Undone
        steps = self.history.done if undo else self.history.undone
        if not steps:
            raise InvalidRequestError(f"There is nothing to {'undo' if undo else 'redo'}.")
        step, before = steps[-1], self.history.alignment
        if isinstance(step, Applied):
            self._check_alignment_file()
            wanted = self._snapshots.read(step.before if undo else step.after)
            if not overwrite and self._snapshots.has(before):
                self._check_unedited(self._snapshots.read(before).files, wanted.files)
        self._add(kind(self.history.revision + 1, now(), step.revision))
        if isinstance(step, Applied):
            self._write_files(before)

    def _add(self, event: Event) -> None:
        self._save_alignment()
        if not self.history.opened:
            self.log.add(Opened(VERSION, self._digest, now()))
        self.log.add(event)

    def _save_alignment(self) -> None:
        if self._unsaved is not None:
            self._snapshots.save_alignment(self._unsaved)
            self._unsaved = None

    def _write_files(self, before: str) -> None:
        """Write the files of the current alignment; if that fails, the next request tries again first.

        Args:
            before: the digest of the alignment whose files these replace.
        """
        self._unfinished = before
        replaced = self._snapshots.read(before).files if self._snapshots.has(before) else ()
        snapshot = self._snapshots.read(self.history.alignment)
        self.reviewed = ReviewedResult(self.files.write(snapshot, replaced))
        self._digest = digest_of(snapshot.alignment)
        self._unfinished, self.notes = None, ()  # those of the start are about files that are gone

    def _check_revision(self, revision: int) -> None:
        if self._unfinished is not None:
            self._write_files(self._unfinished)
            raise ConflictError("The files, which could not be written before, are written now; look again.")
        if revision != self.history.revision:
            raise ConflictError("Another window has made a decision meanwhile; look again, and decide again.")

    def _check_alignment_file(self) -> None:
        """Refuse to overwrite an alignment that something else has changed since it was read."""
        path = self.files.alignment
        if digest_of(_read_bytes(path)) != self._digest:
            raise InputError(
                path,
                "was changed since this review started; stop it with Ctrl-C, and start it again",
            )

    def _check_unedited(self, own: Mapping[str, bytes], new: Iterable[str]) -> None:
        """Refuse to overwrite files that are not as they were written, or new ones that exist already."""
        existing = self.files.existing(own)
        names = [name for name, data in existing.items() if data != own[name]]
        if names := [*names, *self.files.foreign(self.result, set(new) - own.keys())]:
            raise OverwriteError(
                f"These files differ from what align writes with its options: {', '.join(names)}. Changes "
                "that somebody made to them would be lost."
            )


def _not_applied(about: Collection[str]) -> str:
    """A sentence about stale decisions, "" where there are none."""
    return f"Not applied, since their text has changed ({len(about)}): {_listed(about)}." if about else ""


def _listed(about: Collection[str]) -> str:
    more = f"; and {len(about) - _LISTED} more" if len(about) > _LISTED else ""
    return "; ".join([*about][:_LISTED]) + more


def _read_bytes(path: Path) -> bytes:
    return read_source(path, "give the path of an alignment.json", LARGEST)
