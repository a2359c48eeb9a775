"""Which mismatches a review has settled, for whoever lists them."""

from __future__ import annotations

from pathlib import Path

from align.core.input_files import LARGEST, read_source
from align.core.types import Result
from align.review.decisions.decision import ReviewedResult, settled_by
from align.review.decisions.history import after
from align.review.decisions.log import log_of, read_log, stem_of
from align.review.decisions.relocate import opening
from align.review.decisions.snapshots import Snapshots, digest_of


def settled_in(alignment: Path, result: Result) -> frozenset[str]:
    """The ids of the mismatches that the log beside an alignment settles and its files still have.

    A decision that was taken for another text settles nothing, unless its words are found in this one.

    Raises:
        InputError: the log cannot be read.
    """
    history = read_log(log_of(alignment)).history
    if not history.decisions:
        return frozenset()
    looked, digest = (
        ReviewedResult(result),
        digest_of(read_source(alignment, "give an alignment.json", LARGEST)),
    )
    if digest != history.alignment:
        remembered = Snapshots(stem_of(alignment)).remembered
        history = after(history, opening(history, remembered, digest, looked))
    lost = {one.id for one in history.lost}
    held = (one for one in history.decisions if one.id not in lost and looked.fits(one))
    return frozenset(each for one in held for each in settled_by(one))
