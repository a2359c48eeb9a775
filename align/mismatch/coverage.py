"""Whether a transcript belongs to a recording at all."""

from __future__ import annotations

from collections.abc import Sequence

from align.alignment.phone_aligner import Placement
from align.alignment.text_comparison import Block, BlockKind
from align.core.errors import QualityError
from align.core.types import HeardWord
from align.mismatch.candidates import Candidate

LEAST = 0.3
"""Share of the text found and of the speech covered; with less of both, they do not belong together."""


def share_found(blocks: Sequence[Block]) -> float:
    """Share of the tokens, 0 to 1, that the audio owns."""
    sizes = [(block.written[1] - block.written[0], block.spoken) for block in blocks]
    return _share(sum(size for size, spoken in sizes if spoken), sum(size for size, _ in sizes))


def share_covered(blocks: Sequence[Block], heard: Sequence[HeardWord]) -> float:
    """Share of the recognised speech, 0 to 1 by time, that the text owns."""
    lengths = [
        (sum(word.span.duration for word in heard[slice(*block.heard)]), block.kind is not BlockKind.MISSING)
        for block in blocks
    ]
    return _share(sum(length for length, owned in lengths if owned), sum(length for length, _ in lengths))


def share_placed(placement: Placement, candidates: Sequence[Candidate]) -> float:
    """Share of the tokens, 0 to 1, that the phones place beyond doubt."""
    doubtful = {k for candidate in candidates for k in range(*candidate.tokens)}
    placed = sum(one.span is not None and k not in doubtful for k, one in enumerate(placement.tokens))
    return _share(placed, len(placement.tokens))


def share_owned(placement: Placement, candidates: Sequence[Candidate]) -> float:
    """Share of the speech, 0 to 1 by time, that tokens own beyond doubt."""
    doubtful = {k for candidate in candidates for k in range(*candidate.tokens)}
    spans = [(k, one.span.duration) for k, one in enumerate(placement.tokens) if one.span]
    owned = sum(length for k, length in spans if k not in doubtful)
    rest = sum(length for k, length in spans if k in doubtful)
    return _share(owned, owned + rest + sum(one.span.duration for one in placement.others))


def transcript_matches(found: float, covered: float) -> bool:
    """Whether enough of the text is found, or enough of the speech is covered.

    Either is enough: a whole show's transcript beside one of its clips, a clip's beside the whole show.
    """
    return found >= LEAST or covered >= LEAST


def check_belonging(found: float, covered: float, transcript: str, audio: str) -> None:
    """Make sure that a transcript belongs to a recording.

    Raises:
        QualityError: it does not; says both shares.
    """
    if not transcript_matches(found, covered):
        raise QualityError(
            f"{transcript}: this does not seem to be the transcript of {audio}: {found:.0%} of the text was "
            f"found and {covered:.0%} of the speech is covered; check that the two belong together "
            "(the mismatches report was written)"
        )


def _share(part: float, whole: float) -> float:
    """To three decimals, as results have it."""
    return round(part / whole, 3) if whole else 0.0
