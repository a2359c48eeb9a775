"""What a release says, and the ways of installing it that are tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.core.version import __version__
from scripts.releasing.release import attempts, extras, notes
from tests.conftest import ROOT

CHANGELOG = """# Changelog

## [Unreleased]

## [0.2.0] - 2026-11-30

- Second.

## [0.1.0]

- First.
"""


def test_the_notes_are_the_section_of_the_version() -> None:
    assert notes(CHANGELOG, "0.2.0") == "- Second.\n"
    assert notes(CHANGELOG, "0.1.0") == "- First.\n"


@pytest.mark.parametrize("version", ["0.3.0", "Unreleased"])
def test_a_version_without_notes_is_refused(version: str) -> None:
    with pytest.raises(ValueError, match=f"no section for {version}"):
        notes(CHANGELOG, version)


def test_this_version_has_notes() -> None:
    assert notes((ROOT / "CHANGELOG.md").read_text("utf-8"), __version__)


def test_every_extra_and_every_python_is_tried() -> None:
    wheel, sdist = Path("align.whl"), Path("align.tar.gz")
    tried = list(attempts(wheel, sdist, extras(), ["3.10", "3.13"]))
    wanted = [str(attempt.wanted) for attempt in tried]
    assert {f"align.whl[{extra}]" for extra in ("plot", "review", "speakers", "translate")} <= set(wanted)
    assert "align.whl[dev]" not in wanted
    assert wanted.count("align.tar.gz") == 1
    assert [attempt.python for attempt in tried[-2:]] == ["python3.10", "python3.13"]
    assert any(attempt.by_uv for attempt in tried)
