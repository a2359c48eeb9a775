"""One review: a result, the log of what was decided about it, and what that comes to.

Every decision is in the log, on the disk, before anybody is told of it. Several windows may look at one
review; who decides names the revision that he has seen, and is refused when another was faster.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from align.core.errors import InputError
from align.core.input_files import LARGEST, read_source
from align.core.types import MismatchKind, Result
from align.result.alignment_json import dump, read
from align.review.decisions.apply import corrected, edits_of, without_a_line
from align.review.decisions.cues import meeting
from align.review.decisions.decide import DecisionContext, RefusedError, decide
from align.review.decisions.decision import CueMoved, Decision, Renamed, ReviewedResult, settled_by
from align.review.decisions.describe import told
from align.review.decisions.history import Applied, Decided, Event, History, Opened, Redone, Undone
from align.review.decisions.log import VERSION, Log, log_of, now, stem_of
from align.review.decisions.relocate import opening
from align.review.decisions.request import Request
from align.review.decisions.snapshots import Snapshot, Snapshots, digest_of
from align.review.decisions.text_edits import RewordedText
from align.review.output import ReviewFiles
from align.transcript.cleaning.glossary import EMPTY as NO_GLOSSARY
from align.transcript.cleaning.glossary import Glossary

_TOLD = 10
"""Decisions that a sentence names."""


class BehindError(Exception):
    """Another window has decided something meanwhile."""


class StaleError(Exception):
    """All that was decided was decided for another text.

    Attributes:
        about: what each decision was about, in a few words.
    """

    def __init__(self, about: Sequence[str]) -> None:
        super().__init__(f"{_not_applied(about)} Take them back, and decide again.")
        self.about = tuple(about)


class OverwritesError(Exception):
    """Files that would be written over though somebody changed them.

    Attributes:
        names: of the files.
    """

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            f"These files are not as align makes them with its options: {', '.join(names)}. What somebody "
            "changed in them would be lost."
        )
        self.names = tuple(names)


@dataclass(frozen=True, slots=True)
class ReviewActions:
    """What applying works with.

    Attributes:
        place_words: gives the result for a changed text, without phrases.
        translate: gives the result with a line for each phrase that has none, and why some have none still.
        names: gives the texts that no cue is cut inside.
        terms: the user's names and terms.
    """

    place_words: Callable[[Result, RewordedText], Result]
    translate: Callable[[Result], tuple[Result, str]]
    names: Callable[[Result], tuple[str, ...]]
    terms: Glossary = NO_GLOSSARY


class Session:
    """A review that is going on.

    Attributes:
        notes: sentences for the reviewer about how it was found.
    """

    def __init__(self, output: ReviewFiles, workshop: ReviewActions) -> None:
        """Open it, and finish what a crash has left undone.

        Raises:
            InputError: the alignment or the log cannot be used, or another process reviews it.
        """
        self.output, self._workshop = output, workshop
        self._unfinished: str | None = None
        self._unseen: bytes | None = None  # the alignment, until something is decided about it
        folder = stem_of(output.alignment)
        data = _bytes(output.alignment)
        read(data, output.alignment)  # an alignment that is none leaves no lock behind
        self._versions = Snapshots(folder)
        self._log = Log(log_of(output.alignment), folder / "lock")
        try:
            self.notes = self._opened(data)
        except BaseException:
            self._log.close()
            raise

    @property
    def log_path(self) -> Path:
        """The file of the decisions."""
        return self._log.path

    @property
    def history(self) -> History:
        """What was decided so far."""
        return self._log.history

    @property
    def result(self) -> Result:
        """What the decisions are about."""
        return self._looked.result

    def close(self) -> None:
        """Let another process review it."""
        self._log.close()

    # Deciding

    def decide(self, revision: int, request: Request) -> None:
        """Put the decisions of a request into the log.

        Raises:
            BehindError: `revision` is not the last one.
            RefusedError: it cannot be done.
            InputError: the log cannot be written.
        """
        self._check(revision)
        about, decisions = decide(request, self._desk())
        self._add(Decided(self._next(), now(), about, decisions))

    def preview(self, request: Request) -> tuple[str, tuple[Decision, ...]]:
        """What a request would come to."""
        return decide(request, self._desk())

    def undo(self, revision: int, overwrite: bool = False) -> bool:
        """Take the last step back; whether files were written.

        Raises:
            BehindError, RefusedError, OverwritesError, InputError: as `decide` and `apply` do.
        """
        self._check(revision)
        if not self.history.done:
            raise RefusedError("There is nothing to undo.")
        step = self.history.done[-1]
        return self._move(Undone(self._next(), now(), step.revision), overwrite)

    def redo(self, revision: int, overwrite: bool = False) -> bool:
        """Take a step again that was taken back; whether files were written.

        Raises:
            BehindError, RefusedError, OverwritesError, InputError: as `decide` and `apply` do.
        """
        self._check(revision)
        if not self.history.undone:
            raise RefusedError("There is nothing to do again.")
        step = self.history.undone[-1]
        return self._move(Redone(self._next(), now(), step.revision), overwrite)

    # Applying

    def apply(self, revision: int, overwrite: bool = False) -> str:
        """Put what was decided for this text into the files; sentences about what is left to do, or "".

        Args:
            overwrite: write over files that somebody changed.

        Raises:
            BehindError: `revision` is not the last one.
            RefusedError: there is nothing to apply.
            StaleError: nothing of it was decided for the text that is here.
            OverwritesError: a file was changed by somebody.
            InputError, ModelError: the sound or a model is needed and not there, or the disk is full.
        """
        self._check(revision)
        self._check_file()
        decisions, stale = self._held()
        if not decisions and stale:
            raise StaleError(tuple(stale.values()))
        if not decisions:
            raise RefusedError("There is nothing to apply: nothing was decided since the last time.")
        own = self.output.made(self.result)
        if not overwrite:
            self._check_own(own, ())
        names = self._workshop.names(self.result)
        shop, cues = self._workshop, self.output.cues
        done = corrected(self.result, decisions, shop.place_words, cues, names, shop.terms)
        done, left = self._workshop.translate(done)
        if edits_of(decisions) or done.turns != self.result.turns:
            done = self.output.with_transcript(done)
        new = Snapshot(dump(done).encode("utf-8"), self.output.made(done))
        if not overwrite:
            self._check_own(own, new.files)
        old = Snapshot(_bytes(self.output.alignment), self.output.present({*own, *new.files}))
        before, after = self._versions.keep(old), self._versions.keep(new)
        self._add(Applied(self._next(), now(), before, after, left=tuple(stale)))
        self._put(before)
        return " ".join(filter(None, (left, _not_applied(tuple(stale.values())))))

    def state(self) -> dict[str, Any]:
        """All that a window must know to show the review as it is."""
        history, (decisions, stale) = self.history, self._held()
        settled_now = {each for one in decisions for each in settled_by(one)}
        open_places = [
            each
            for each, entry in self._looked.entries.items()
            if entry.mismatch.kind is not MismatchKind.FILLER
        ]
        return {
            "revision": history.revision,
            "alignment": history.alignment or self._digest,
            "undo": history.done[-1].about if history.done else None,
            "redo": history.undone[-1].about if history.undone else None,
            "decided": len(settled_now.intersection(open_places)) + history.settled_before,
            "places": len(open_places) + history.settled_before,
            "decisions": [_row(one) for one in decisions],
            "stale": [{"id": each, "about": about} for each, about in stale.items()],
            "without_line": [list(one.tokens) for one in without_a_line(self.result, decisions)],
            "speakers": self._speakers(decisions),
            "tokens": {
                each: list(entry.mismatch.tokens)
                for each, entry in self._looked.entries.items()
                if entry.mismatch.kind is MismatchKind.SPEAKER
            },
            "notes": list(self.notes),
        }

    # Inside

    def _opened(self, data: bytes) -> tuple[str, ...]:
        """Find out whether the alignment is the one that the log speaks of; make it so where that can be."""
        log, notes = self._log, []
        if log.torn:
            notes.append(
                "The last line of the decisions was never finished, nor confirmed to anybody; it is left out."
            )
        self._digest = digest_of(data)
        history = log.history
        if history.opened and self._digest != history.alignment:
            if self._is_known(self._digest) and self._versions.has(history.alignment):
                self._put(self._digest)
                notes.append("Writing the files was not finished the last time; it is now.")
                return tuple(notes)
            self._looked = ReviewedResult(read(data, self.output.alignment))
            self._versions.remember(data)
            self._log.add(opening(history, self._versions.remembered, self._digest, self._looked))
            notes.append(self._moved_note())
            return tuple(notes)
        self._looked = ReviewedResult(read(data, self.output.alignment))
        if history.decisions:
            self._versions.remember(data)
        else:
            self._unseen = data
        return tuple(notes)

    def _moved_note(self) -> str:
        held, stale = self._held()
        note = "The alignment was changed since the last review, by something else."
        if held or stale:
            note += f" {len(held)} of {len(held) + len(stale)} decisions have found their place in it."
        if stale:
            note += f" Without a place, since their text is another now: {_listed(tuple(stale.values()))}."
        return note

    def _is_known(self, digest: str) -> bool:
        steps = (*self.history.done, *self.history.undone)
        known = {each for one in steps if isinstance(one, Applied) for each in (one.before, one.after)}
        return digest in known

    def _desk(self) -> DecisionContext:
        held, stale = self._held()
        return DecisionContext(self._looked, held, self._next(), self.output.cues.fps, frozenset(stale))

    def _next(self) -> int:
        """The revision of the next event; opening the log is none."""
        return self.history.revision + 1

    def _check(self, revision: int) -> None:
        if self._unfinished is not None:
            self._put(self._unfinished)
            raise BehindError("The files are written now, which had failed before; look again.")
        if revision != self.history.revision:
            raise BehindError("Another window has decided something meanwhile; look again, and decide again.")

    def _check_file(self) -> None:
        """Refuse to write over an alignment that something else has changed since it was read."""
        if digest_of(_bytes(self.output.alignment)) != self._digest:
            raise InputError(
                self.output.alignment,
                "was changed by something else since this review began; stop "
                "it with Ctrl-C, and start it again",
            )

    def _check_own(self, own: Mapping[str, bytes], new: Iterable[str]) -> None:
        """Refuse to write over files that are not as they were written, the new ones among them."""
        there = self.output.present(own)
        names = [name for name, data in there.items() if data != own[name]]
        if names := [*names, *self.output.foreign(self.result, set(new) - own.keys())]:
            raise OverwritesError(names)

    def _add(self, event: Event) -> None:
        if self._unseen is not None:
            self._versions.remember(self._unseen)
            self._unseen = None
        if not self.history.opened:
            self._log.add(Opened(VERSION, self._digest, now()))
        self._log.add(event)

    def _move(self, event: Undone | Redone, overwrite: bool) -> bool:
        """Undo or redo; where that is applying, the files are as they were before, or after it."""
        steps = self.history.done if isinstance(event, Undone) else self.history.undone
        step = steps[-1]
        if isinstance(step, Applied):
            self._check_file()
            wanted = self._versions.read(step.before if isinstance(event, Undone) else step.after)
            if not overwrite and self._versions.has(self.history.alignment):
                self._check_own(self._versions.read(self.history.alignment).files, wanted.files)
        before = self.history.alignment
        self._add(event)
        if isinstance(step, Applied):
            self._put(before)
            return True
        return False

    def _put(self, before: str) -> None:
        """Put the files of the log's alignment in place; what fails here is done before anything else."""
        self._unfinished = before
        was = self._versions.read(before).files if self._versions.has(before) else ()
        version = self._versions.read(self.history.alignment)
        self._looked = ReviewedResult(self.output.put(version, was))
        self._digest = digest_of(version.alignment)
        self._unfinished = None

    def _held(self) -> tuple[tuple[Decision, ...], dict[str, str]]:
        """The decisions that are for this text, and by their ids what those are about that are not."""
        lost = {one.id: one.about for one in self.history.lost}
        decisions = self.history.decisions
        placed = [one for one in decisions if one.id not in lost and self._looked.fits(one)]
        moves = [one for one in placed if isinstance(one, CueMoved)]
        barred = meeting(self.result, moves, self.output.cues.fps)
        held = tuple(one for one in placed if one.id not in barred)
        known = {one.id for one in held}
        stale = {
            one.id: lost.get(one.id) or told(one, self._looked if one.id in barred else None)
            for one in decisions
            if one.id not in known
        }
        return held, stale

    def _speakers(self, decisions: Sequence[Decision]) -> list[dict[str, str]]:
        names = {one.old: one.new for one in decisions if isinstance(one, Renamed)}
        return [{"name": name, "now": names.get(name, name)} for name in self._looked.speakers]


def _not_applied(about: Sequence[str]) -> str:
    """A sentence about decisions for another text, "" where there are none."""
    if not about:
        return ""
    return f"Not applied, since their text is another now ({len(about)}): {_listed(about)}."


def _listed(about: Sequence[str]) -> str:
    more = f"; and {len(about) - _TOLD} more" if len(about) > _TOLD else ""
    return "; ".join(about[:_TOLD]) + more


def _row(one: Decision) -> dict[str, Any]:
    import msgspec

    row: dict[str, Any] = msgspec.to_builtins(one)
    return {**row, "settles": list(settled_by(one))}


def _bytes(path: Path) -> bytes:
    return read_source(path, "give the path of an alignment.json", LARGEST)
