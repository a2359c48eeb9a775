"""The short form of scripts/faults network: one run with voices, and the pictures, under strace."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scripts.reliability import network
from scripts.reliability.network import Place, place, problems
from scripts.reliability.trace import Trace, why_not

REASON = why_not()
pytestmark = pytest.mark.skipif(bool(REASON), reason=REASON)

CALLING = """
import socket
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
    one.connect(("192.0.2.1", 53))
open(__import__("os").path.expanduser("~/.device"), "w").close()
"""


@pytest.fixture
def here(tmp_path: Path) -> Place:
    return place(tmp_path / "place")


def test_a_run_with_voices_calls_nobody_and_writes_only_where_it_may(here: Place) -> None:
    options = ("--no-translate", "--speakers", "1", "--offline", "--quiet")
    trace = here.run("run", here.audio, here.unlabelled, "-o", here.out, *options)
    assert list(problems(trace, here, serves=False)) == []
    assert here.alignment.is_file()
    assert len(trace.written) > 10
    assert list(problems(network.pictures(here), here, serves=False)) == []


def test_a_program_that_calls_and_writes_elsewhere_is_caught(here: Place) -> None:
    trace = here.look_on([sys.executable, "-c", CALLING])
    assert trace.elsewhere == ("192.0.2.1",)
    assert list(problems(trace, here, serves=False)) == [
        "called 192.0.2.1",
        "1 sockets for the internet",
        f"wrote {here.home / '.device'} and 1 in all outside",
    ]


def test_a_program_that_fails_has_shown_nothing(here: Place) -> None:
    trace = here.look_on([sys.executable, "-c", "import nothing.of.this.name"])
    assert list(problems(trace, here, serves=False)) == ["ended with 1"]


def test_what_serves_on_this_machine_may_do_that_alone(here: Place) -> None:
    loopback = Trace(0, 1, 9, 1, frozenset({"127.0.0.1", "::1", "::ffff:127.0.0.1"}), frozenset(), 0)
    assert list(problems(loopback, here, serves=True)) == []
    assert list(problems(loopback, here, serves=False)) == ["1 sockets for the internet"]
    everywhere = Trace(0, 1, 9, 1, frozenset({"::"}), frozenset(), 0)
    assert list(problems(everywhere, here, serves=True)) == ["called ::"]
