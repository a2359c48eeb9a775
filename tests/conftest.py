"""What all tests may use: the real command, a short recording that it has once been run on, and a browser."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from align.registry import ensure
from scripts.chromium import chromium
from tests.recordings import write_short

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]

settings.register_profile("without a clock", deadline=None, max_examples=25)
settings.load_profile("without a clock")
"""How long an example takes says more of what else the machine does than of the code."""

TRANSLATING = ("tests/demo/", "tests/translate/test_local_llm.py", "tests/translate/test_openai_api.py")
"""Tests that load the language model: one after another, so that it is in memory once."""


class ByFile(LoadScopeScheduling):  # type: ignore[misc]
    """Gives each process whole files of tests, for what the tests of a file share."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return "translating" if path.startswith(TRANSLATING) else path


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    return ByFile(config, log)


Command = Callable[..., "subprocess.CompletedProcess[str]"]


@dataclass(frozen=True)
class Talk:
    """Half a minute of one person, her text, and the folder of finished stages that all tests share."""

    audio: Path
    transcript: Path
    cache: Path

    @property
    def environment(self) -> Mapping[str, str]:
        """For a process that runs align: the checkout to import from, the stages, and the CPU alone."""
        return {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "ALIGN_STAGES": str(self.cache),
            "COLUMNS": "80",
            "CUDA_VISIBLE_DEVICES": "",
        }

    def command(self, *arguments: object) -> list[str]:
        """`align` with arguments, in this interpreter."""
        return [sys.executable, "-m", "align", *map(str, arguments)]


@pytest.fixture(scope="session")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Talk:
    ensure("whisper-base")
    folder = tmp_path_factory.mktemp("talk")
    audio, transcript = write_short(folder)
    return Talk(audio, transcript, folder / "stages")


@pytest.fixture(scope="session")
def align(talk: Talk) -> Command:
    """Run the real command; `changed` holds variables of the environment."""

    def run(
        *arguments: object, changed: Mapping[str, str] | None = None, **how: object
    ) -> subprocess.CompletedProcess[str]:
        environment = {**talk.environment, **(changed or {})}
        return subprocess.run(  # type: ignore[call-overload, no-any-return]
            talk.command(*arguments), env=environment, capture_output=True, text=True, timeout=300,
            check=False, **how,
        )  # fmt: skip

    return run


@pytest.fixture(scope="session")
def done(talk: Talk, align: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that one good run without translation has written."""
    out = tmp_path_factory.mktemp("done")
    ran = align("run", talk.audio, talk.transcript, "-o", out, "--no-translate")
    assert ran.returncode == 0, ran.stderr
    return out


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; each page that a test opens is in a context of its own."""
    with chromium() as started:
        yield started
