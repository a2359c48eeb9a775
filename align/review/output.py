"""The files beside an alignment: made again when decisions are applied, and put back when that is undone."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from align.decisions.versions import Version
from align.export import claimed, safe_name, write_all
from align.files import write_whole
from align.options import FileOptions
from align.outputs import outputs
from align.result import read
from align.subtitles.rules import CueOptions
from align.transcript.write import written
from align.values import Recording, Result

ALIGNMENT, PAGE = "alignment.json", "mismatches.html"


@dataclass(frozen=True, slots=True)
class Output:
    """Where a result's files are, and how they are written.

    Attributes:
        alignment: NAME.alignment.json.
        kinds: words of `align.outputs.KINDS` or endings; None for those of the files that are there.
        recording: of a result, for the page of mismatches; None where it is not at hand.
    """

    alignment: Path
    kinds: tuple[str, ...] | None
    cues: CueOptions
    files: FileOptions
    recording: Callable[[Result], Recording | None]

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
        with tempfile.TemporaryDirectory() as folder:
            paths = write_all(result, Path(folder), endings, self.cues, self.files)
            made = {path.name: path.read_bytes() for path in paths}
        transcript = self.transcript(result).name
        if result.transcript == transcript:
            made[transcript] = transcript_text(result).encode("utf-8")
        return made

    def present(self, names: Iterable[str]) -> dict[str, bytes]:
        """What stands in the files of these names that are there."""
        return {name: (self.folder / name).read_bytes() for name in names if (self.folder / name).is_file()}

    def put(self, version: Version, before: Iterable[str]) -> Result:
        """Put the files of a version into the folder; the alignment last, since it tells that all are there.

        Args:
            before: names of the files of the version that was there; those that this one lacks go.

        Raises:
            InputError: the folder cannot be written, or the version has no alignment.
        """
        result = read(version.alignment, self.alignment)
        with claimed(self.folder, result.name):
            for name, data in version.files.items():
                write_whole(self.folder / name, data)
            for name in set(before) - version.files.keys():
                (self.folder / name).unlink(missing_ok=True)
            if PAGE in self._endings(result):
                write_all(result, self.folder, [PAGE], self.cues, self.files, self.recording(result))
            write_whole(self.alignment, version.alignment)
        return result

    def _endings(self, result: Result) -> list[str]:
        """Of the files to write, but for the alignment."""
        found = [one for one in outputs(result, self.cues, self.files) if one.ending != ALIGNMENT]
        if self.kinds is not None:
            chosen = set(self.kinds)
            return [one.ending for one in found if chosen & {"all", one.ending, *one.kinds}]
        name = safe_name(result.name)
        return [one.ending for one in found if (self.folder / f"{name}.{one.ending}").exists()]


def transcript_text(result: Result) -> str:
    """The transcript with all that is said, as `align run` and `align retime` read it."""
    return written([(turn.speaker, turn.spoken) for turn in result.turns])
