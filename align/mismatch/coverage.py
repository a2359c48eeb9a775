"""Whether a transcript belongs to a recording: the shares of text and speech that match."""

from __future__ import annotations

from collections.abc import Sequence

from align.alignment.placement import Placement
from align.alignment.text_comparison import Block, BlockKind
from align.core.errors import QualityError
from align.core.types import HeardWord
from align.mismatch.candidates import Candidate
from align.mismatch.parameters import DEFAULTS


def coverage_of_blocks(blocks: Sequence[Block], heard: Sequence[HeardWord]) -> tuple[float, float]:
    """The shares of the tokens that are spoken, and of the recognized speech that is transcribed, by time."""
    spoken = tokens = 0
    transcribed = speech = 0.0
    for block in blocks:
        count = block.written[1] - block.written[0]
        duration = sum(word.span.duration for word in heard[slice(*block.heard)])
        tokens, speech = tokens + count, speech + duration
        spoken += count if block.spoken else 0
        transcribed += duration if block.kind is not BlockKind.MISSING else 0
    return _share(spoken, tokens), _share(transcribed, speech)


def coverage_of_placement(placement: Placement, candidates: Sequence[Candidate]) -> tuple[float, float]:
    """The shares of the tokens, and of the speech by time, that the phones place outside of candidates."""
    uncertain = {k for candidate in candidates for k in range(*candidate.tokens)}
    durations = {k: token.span.duration for k, token in enumerate(placement.tokens) if token.span}
    certain = [duration for k, duration in durations.items() if k not in uncertain]
    rest = sum(duration for k, duration in durations.items() if k in uncertain)
    speech = sum(certain) + rest + sum(other.span.duration for other in placement.others)
    return _share(len(certain), len(placement.tokens)), _share(sum(certain), speech)


def transcript_matches(transcript_coverage: float, speech_coverage: float) -> bool:
    """Whether enough of the text is spoken, or enough of the speech is transcribed.

    Either is enough: the transcript of a whole show with one of its clips, or of a clip with the whole show.
    """
    return max(transcript_coverage, speech_coverage) >= DEFAULTS.min_coverage


def check_transcript(transcript_coverage: float, speech_coverage: float, transcript: str, audio: str) -> None:
    """Raise QualityError, with both shares, where a transcript does not belong to a recording."""
    if not transcript_matches(transcript_coverage, speech_coverage):
        raise QualityError(
            f"{transcript}: this does not seem to be the transcript of {audio}: {transcript_coverage:.0%} of "
            f"the text was found and {speech_coverage:.0%} of the speech is covered; check that the two "
            "belong together (the mismatches report was written)"
        )


def _share(part: float, whole: float) -> float:
    """To three decimals, as in results."""
    return round(part / whole, 3) if whole else 0.0
