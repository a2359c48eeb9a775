"""The files beside an alignment: rewritten when decisions are applied, and restored when that is undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from align.core.types import Recording, Result
from align.core.written_files import Destination, safe_name
from align.export.options import FileOptions
from align.export.outputs import outputs
from align.export.write import claimed_folder, contents, destination
from align.result.alignment_json import read
from align.review.decisions.snapshots import Snapshot
from align.subtitles.options import CueOptions
from align.transcript.write import written

ALIGNMENT, PAGE = "alignment.json", "mismatches.html"


@dataclass(frozen=True, slots=True)
class ReviewFiles:
    """Where a result's files are, and how they are written.

    Attributes:
        alignment: NAME.alignment.json.
        kinds: words of `align.export.outputs.KINDS` or endings; None for the files that exist.
        recording: of a result, for the page of mismatches; None where it is missing.
        reads: input files of the review, which must not be overwritten.
    """

    alignment: Path
    kinds: tuple[str, ...] | None
    cues: CueOptions
    files: FileOptions
    recording: Callable[[Result], Recording | None]
    reads: tuple[Path, ...] = ()

    def check(self, result: Result) -> None:
        """Make sure that the review overwrites none of its input files.

        Raises:
            InputError: it would.
        """
        name = safe_name(result.name)
        endings = (ALIGNMENT, *self._endings(result))
        names = [*(f"{name}.{ending}" for ending in endings), _transcript_name(result)]
        self._destination(result).check(names)

    def with_transcript(self, result: Result) -> Result:
        """The result with the corrected transcript as its own, which has a turn on every other line."""
        turns = tuple(replace(turn, line=2 * k + 1) for k, turn in enumerate(result.turns))
        return replace(result, transcript=_transcript_name(result), turns=turns)

    def expected(self, result: Result) -> dict[str, bytes]:
        """The contents of a result's files, by name, without the alignment and the page with audio."""
        endings = [ending for ending in self._endings(result) if ending != PAGE]
        files = contents(result, self.alignment.parent, endings, self.cues, self.files)
        if result.transcript == _transcript_name(result):
            text = written([(turn.speaker, turn.spoken) for turn in result.turns])
            files[result.transcript] = text.encode("utf-8")
        return files

    def existing(self, names: Iterable[str]) -> dict[str, bytes]:
        """The contents of those of the named files that exist."""
        paths = {name: self.alignment.parent / name for name in names}
        return {name: path.read_bytes() for name, path in paths.items() if path.is_file()}

    def foreign(self, result: Result, names: Iterable[str]) -> list[str]:
        """Those of the named files, and the page, that exist and are not as align wrote them."""
        page = [f"{safe_name(result.name)}.{PAGE}"] if PAGE in self._endings(result) else []
        return self._destination(result).foreign({*names, *page})

    def write(self, snapshot: Snapshot, replaced: Iterable[str]) -> Result:
        """Write the files of a snapshot, the alignment last, which means that all are there; its result.

        Args:
            replaced: names of the files of the previous snapshot; those that this one lacks are deleted.

        Raises:
            InputError: the folder cannot be written, or the snapshot has no alignment.
        """
        result = read(snapshot.alignment, self.alignment)
        folder = self.alignment.parent
        page = [PAGE] if PAGE in self._endings(result) else []
        into = self._destination(result)
        with claimed_folder(into):
            for name in set(replaced) - snapshot.files.keys():
                (folder / name).unlink(missing_ok=True)
            recording = self.recording(result) if page else None
            pages = contents(result, folder, page, self.cues, self.files, recording)
            into.put({**snapshot.files, **pages, self.alignment.name: snapshot.alignment})
        return result

    def _destination(self, result: Result) -> Destination:
        """For all files; a review asks in its own page before it overwrites what somebody changed."""
        return destination(self.alignment.parent, result.name, self.reads, self.alignment, overwrite=True)

    def _endings(self, result: Result) -> list[str]:
        """Of the files to write, but for the alignment."""
        files = [file for file in outputs(result, self.cues, self.files) if file.ending != ALIGNMENT]
        if self.kinds is not None:
            return [file.ending for file in files if file.is_among(self.kinds)]
        name = safe_name(result.name)
        paths = {file.ending: self.alignment.parent / f"{name}.{file.ending}" for file in files}
        return [ending for ending, path in paths.items() if path.exists()]


def _transcript_name(result: Result) -> str:
    return f"{safe_name(result.name)}.corrected.txt"
