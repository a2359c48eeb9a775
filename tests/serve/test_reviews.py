"""A review is a process of its own, started once for an alignment."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from align.core.errors import InputError
from align.serve.request import Machine
from align.serve.reviews import Reviews
from tests.serve import event_loop

REVIEW = """
import json, sys, time
good = "good" in sys.argv[2]
answer = {"ok": good, "address": "http://127.0.0.1:1/x/", "error": "is not valid"}
print(json.dumps(answer, indent=2), flush=True)
time.sleep(60 if good else 0)
"""


def test_one_process_for_each_alignment_and_its_failure_is_a_sentence(tmp_path: Path) -> None:
    async def body() -> None:
        reviews = Reviews(Machine(str(tmp_path)), (sys.executable, "-c", REVIEW))
        good = tmp_path / "good.alignment.json"
        assert await reviews.address(good) == "http://127.0.0.1:1/x/"
        process = reviews.open[good][0]
        assert await reviews.address(good) == "http://127.0.0.1:1/x/"
        assert reviews.open[good][0] is process
        with pytest.raises(InputError, match="is not valid"):
            await reviews.address(tmp_path / "bad.alignment.json")
        reviews.close()
        await process.communicate()
        assert process.returncode != 0

    event_loop.run(body())
