"""The command line, as far as it goes without training."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from scripts.phone_head.command import OUT, main
from scripts.phone_head.corpus import CLONES

ROOT = Path(__file__).resolve().parents[3]


def test_the_script_names_each_clone() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts/train_phone_head"), "--help"],
        check=True,
        capture_output=True,
        text=True,
    )
    told = " ".join(done.stdout.split())
    assert all(what in told for what in CLONES.values())


def test_the_head_goes_where_align_looks_for_it() -> None:
    assert OUT == ROOT / "models/phone-head"
    assert (OUT / "README.md").is_file()


def test_a_model_that_cannot_be_had_is_told(tmp_path: Path) -> None:
    nowhere = {
        "ALIGN_MODELS": str(tmp_path / "models"), "ALIGN_MODEL_PATH": "", "HF_HUB_OFFLINE": "1",
        "PIP_NO_INDEX": "1",
    }  # fmt: skip
    done = CliRunner().invoke(main, ["--cache", str(tmp_path), "--out", str(tmp_path / "out")], env=nowhere)
    assert done.exit_code == 4
    assert "train_phone_head: " in done.output
    assert not (tmp_path / "out").exists()
