"""The files beside an alignment: written again when its decisions are applied, and put back when that is undone."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from align.export import safe_name, write_all
from align.files import write_whole
from align.options import FileOptions
from align.outputs import outputs
from align.result import read
from align.subtitles.rules import CueOptions
from align.transcript.write import written
from align.values import Result

ALIGNMENT = "alignment.json"

_MADE_BY_HAND = (".srt", ".vtt", ".ass", ".txt", ".csv", ".ttml")
"""Files that somebody may have edited: what stands in them is told before they are written over."""


@dataclass(frozen=True, slots=True)
class Output:
    """Where a result's files are, and how they are written.

    Attributes:
        alignment: NAME.alignment.json.
        kinds: words of `align.outputs.KINDS` or endings; None for those of the files that are there.
    """

    alignment: Path
    kinds: tuple[str, ...] | None
    cues: CueOptions
    files: FileOptions

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

    def changed_by_others(self, result: Result) -> tuple[str, ...]:
        """Files that are not as this result and these options make them: edited, or made with other options."""
        with tempfile.TemporaryDirectory() as folder:
            made = write_all(result, Path(folder), self._endings(result), self.cues, self.files)
            content = {path.name: path.read_bytes() for path in made if path.suffix in _MADE_BY_HAND}
        transcript = self.transcript(result)
        own = result.transcript == transcript.name
        content[transcript.name] = transcript_text(result).encode("utf-8") if own else b""
        return tuple(
            name
            for name, data in content.items()
            if (path := self.folder / name).is_file() and path.read_bytes() != data
        )

    def write(self, data: bytes, before: Result | None = None) -> Result:
        """Write all files of an alignment, that itself last, so that it tells whether all are there.

        Args:
            before: whose files they take the place of, None where that is not known.

        Raises:
            InputError: the folder cannot be written, or the bytes are no alignment.
        """
        result = read(data, self.alignment)
        write_all(result, self.folder, self._endings(result), self.cues, self.files)
        transcript = self.transcript(result)
        if result.transcript == transcript.name:
            write_whole(transcript, transcript_text(result))
        elif before and before.transcript == transcript.name:
            transcript.unlink(missing_ok=True)
        write_whole(self.alignment, data)
        return result

    def _endings(self, result: Result) -> tuple[str, ...]:
        """The kinds of files to write, but for the alignment."""
        if self.kinds is not None:
            chosen = set(self.kinds)
            return tuple(
                one.ending
                for one in outputs(result, self.cues, self.files)
                if one.ending != ALIGNMENT and chosen & {"all", one.ending, *one.kinds}
            )
        name = safe_name(result.name)
        return tuple(
            one.ending
            for one in outputs(result, self.cues, self.files)
            if one.ending != ALIGNMENT and (self.folder / f"{name}.{one.ending}").exists()
        )


def transcript_text(result: Result) -> str:
    """The transcript with all that is said, as `align run` and `align retime` read it."""
    return written([(turn.speaker, turn.spoken) for turn in result.turns])
