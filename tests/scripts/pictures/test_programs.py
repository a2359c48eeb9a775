"""Programs that are missing or fail are named."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scripts.pictures.programs import run


def test_a_missing_program_is_named_with_the_mend(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="no-such-program is not installed; scripts/readers installs it"):
        run(["no-such-program"], tmp_path)


def test_a_failure_has_the_last_thing_that_was_said(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="failed: no such filter"):
        run([sys.executable, "-c", "import sys; sys.exit('first\\nno such filter')"], tmp_path)
