from __future__ import annotations

from pathlib import Path

import pytest

from align.registry.locations import ModelLocations


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole package index for the pip that the test runs."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    return folder


@pytest.fixture
def locations(tmp_path: Path) -> ModelLocations:
    """An empty cache, and no hub."""
    return ModelLocations(cache=tmp_path / "cache", hub=None)
