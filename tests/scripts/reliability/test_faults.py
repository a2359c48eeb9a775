"""The short form of scripts/faults: the trials that take a moment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scripts.reliability import faults, hostile
from scripts.reliability.workshop import Broken, Ran, Workshop, check_refusal

QUICK: tuple[Callable[[Workshop], str], ...] = (
    faults.output_on_a_full_disk,
    faults.passing_files_on_a_full_disk,
    faults.read_only_output,
    faults.two_runs_at_once,
    faults.recording_that_grows,
    hostile.links_in_the_output,
    hostile.recordings_that_name_others,
)


@pytest.mark.parametrize("trial", QUICK, ids=lambda trial: trial.__name__)
def test_a_fault_ends_well(shop: Workshop, trial: Callable[[Workshop], str]) -> None:
    assert trial(shop)


@pytest.mark.parametrize(
    "ran",
    [
        Ran(0, ""),
        Ran(3, "Traceback\nalign: a: b\n"),
        Ran(3, "align: a: something else\n"),
        Ran(3, "align: a: cannot be read\nand more\n"),
    ],
)
def test_what_is_no_clear_refusal_is_found(ran: Ran) -> None:
    with pytest.raises(Broken):
        check_refusal(ran, 3, "cannot be read")
    check_refusal(Ran(3, "align: a: cannot be read (so)\n"), 3, "cannot be read")
