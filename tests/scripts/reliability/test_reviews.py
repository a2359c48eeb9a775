"""The short form of scripts/faults review: a few clients, and one kill while the review applies."""

from __future__ import annotations

import shutil
from pathlib import Path

from scripts.reliability.reviews import Ack, Storm, Tried, places_of
from tests.conftest import Command, Talk


def test_what_was_confirmed_outlives_a_kill(done: Path, talk: Talk, align: Command, tmp_path: Path) -> None:
    folder = tmp_path / "review"
    shutil.copytree(done, folder)
    shutil.copy(talk.audio, folder)
    alignment = folder / "talk.alignment.json"
    page = align(
        "export", alignment, "--to", "mismatches.html", "--overwrite"
    )  # names the recording where it lies now
    assert page.returncode == 0, page.stderr
    said: list[str] = []
    storm = Storm(alignment, places_of(alignment), talk.environment)
    tried = storm.tried(clients=4, decisions=40, kills=1, seed=3, say=said.append)
    assert tried.problem == ""
    assert len(tried.acks) >= 40
    assert sum(tried.kills.values()) == len(said) == 1
    assert len({one.revision for one in tried.acks}) == len(tried.acks)


def test_a_loss_is_a_problem() -> None:
    tried = Tried([Ack(1, "decided", "m001", "keep"), Ack(2, "undone")], 3, lost=1, torn=2)
    assert tried.problem == "1 confirmed and lost, 2 files torn"
    assert "2 confirmed (1 decisions, 1 undone), 3 refused" in tried.told
