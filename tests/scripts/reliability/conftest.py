from __future__ import annotations

from pathlib import Path

import pytest

from scripts.reliability.workshop import Workshop
from tests.conftest import Talk


@pytest.fixture(scope="session")
def shop(talk: Talk, done: Path, tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """A workshop around the run that all tests share."""
    wanted = {path.name: path.read_bytes() for path in done.iterdir()}
    options = ("--no-translate", "--offline", "--quiet")
    root = tmp_path_factory.mktemp("workshop")
    return Workshop(root, talk.audio, talk.transcript, options, talk.cache, wanted)
