"""The files beside an alignment: made again when decisions are applied, and put back when that is undone."""

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
        kinds: words of `align.export.outputs.KINDS` or endings; None for those of the files that are there.
        recording: of a result, for the page of mismatches; None where it is not at hand.
        reads: files that the review reads, and that are not to be written over.
    """

    alignment: Path
    kinds: tuple[str, ...] | None
    cues: CueOptions
    files: FileOptions
    recording: Callable[[Result], Recording | None]
    reads: tuple[Path, ...] = ()

    @property
    def folder(self) -> Path:
        """That of the alignment."""
        return self.alignment.parent

    def transcript(self, result: Result) -> Path:
        """The corrected transcript."""
        return self.folder / f"{safe_name(result.name)}.corrected.txt"

    def with_transcript(self, result: Result) -> Result:
        """The result with the corrected transcript for its own, a turn on every other line of it."""
        turns = tuple(replace(turn, line=2 * k + 1) for k, turn in enumerate(result.turns))
        return replace(result, transcript=self.transcript(result).name, turns=turns)

    def made(self, result: Result) -> dict[str, bytes]:
        """What stands in each file of a result, by name, but for the alignment and the page with sound."""
        endings = [ending for ending in self._endings(result) if ending != PAGE]
        made = contents(result, self.folder, endings, self.cues, self.files)
        transcript = self.transcript(result).name
        if result.transcript == transcript:
            made[transcript] = transcript_text(result).encode("utf-8")
        return made

    def present(self, names: Iterable[str]) -> dict[str, bytes]:
        """What stands in the files of these names that are there."""
        return {name: (self.folder / name).read_bytes() for name in names if (self.folder / name).is_file()}

    def put(self, version: Snapshot, before: Iterable[str]) -> Result:
        """Put the files of a version into the folder; the alignment last, since it tells that all are there.

        Args:
            before: names of the files of the version that was there; those that this one lacks go.

        Raises:
            InputError: the folder cannot be written, or the version has no alignment.
        """
        result = read(version.alignment, self.alignment)
        page = [PAGE] if PAGE in self._endings(result) else []
        into = self._destination(result)
        with claimed_folder(into):
            for name in set(before) - version.files.keys():
                (self.folder / name).unlink(missing_ok=True)
            sound = self.recording(result) if page else None
            pages = contents(result, self.folder, page, self.cues, self.files, sound)
            into.put({**version.files, **pages, self.alignment.name: version.alignment})
        return result

    def foreign(self, result: Result, names: Iterable[str]) -> list[str]:
        """Those of the files of these names, and of the page, that are there and not as align wrote them."""
        page = [f"{safe_name(result.name)}.{PAGE}"] if PAGE in self._endings(result) else []
        return self._destination(result).foreign({*names, *page})

    def check(self, result: Result) -> None:
        """Make sure that nothing that the review reads is among the files that it may write.

        Raises:
            InputError: it is.
        """
        name = safe_name(result.name)
        endings = (ALIGNMENT, *self._endings(result))
        self._destination(result).check([*(f"{name}.{one}" for one in endings), self.transcript(result).name])

    def _destination(self, result: Result) -> Destination:
        """That of a review, which asks in its own page before it writes over what somebody changed."""
        return destination(self.folder, result.name, self.reads, self.alignment, overwrite=True)

    def _endings(self, result: Result) -> list[str]:
        """Of the files to write, but for the alignment."""
        found = [one for one in outputs(result, self.cues, self.files) if one.ending != ALIGNMENT]
        if self.kinds is not None:
            return [one.ending for one in found if one.is_among(self.kinds)]
        name = safe_name(result.name)
        return [one.ending for one in found if (self.folder / f"{name}.{one.ending}").exists()]


def transcript_text(result: Result) -> str:
    """The transcript with all that is said, as `align run` and `align retime` read it."""
    return written([(turn.speaker, turn.spoken) for turn in result.turns])
