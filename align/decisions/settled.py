"""Which mismatches a review has settled, for whoever lists them."""

from __future__ import annotations

from pathlib import Path

from align.decisions.decision import Looked, settled_by
from align.decisions.log import log_of, read_log
from align.values import Result


def settled_in(alignment: Path, result: Result) -> frozenset[str]:
    """The ids of the mismatches that the log beside an alignment settles and its files still have.

    A decision that was taken for another text settles nothing.

    Raises:
        InputError: the log cannot be read.
    """
    looked = Looked(result)
    decisions = read_log(log_of(alignment)).history.decisions
    return frozenset(each for one in decisions if looked.fits(one) for each in settled_by(one))
