"""matplotlib's list of fonts lies in align's cache, or where the user wants it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

LOAD = """
import os
from align.export.plots.library import load_matplotlib
load_matplotlib()
print(os.getenv("MPLCONFIGDIR"))
"""


def test_nothing_is_written_but_in_the_cache_of_align(tmp_path: Path) -> None:
    assert _loaded(tmp_path) == "None"
    assert [path.name for path in tmp_path.iterdir()] == [".cache"]
    assert [path.name for path in (tmp_path / ".cache").iterdir()] == ["align"]
    assert list((tmp_path / ".cache" / "align" / "matplotlib").glob("fontlist*.json"))


def test_a_folder_that_the_user_names_counts(tmp_path: Path) -> None:
    own = tmp_path / "own"
    assert _loaded(tmp_path, MPLCONFIGDIR=str(own)) == str(own)
    assert list(own.glob("fontlist*.json"))


def _loaded(home: Path, **more: str) -> str:
    """What stands in MPLCONFIGDIR after matplotlib was loaded in a fresh process."""
    gone = ("MPLCONFIGDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
    kept = {name: value for name, value in os.environ.items() if name not in gone}
    given = {**kept, "HOME": str(home), "PYTHONPATH": str(ROOT), **more}
    done = subprocess.run([sys.executable, "-c", LOAD], env=given, capture_output=True, text=True, check=True)
    return done.stdout.strip()
