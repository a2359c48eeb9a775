"""What is installed, what is here, what works, and how to fix what does not."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from align.cli import doctor
from align.cli.doctor import Finding, as_document, examine, failure
from align.cli.main import main
from align.cli.models import model_rows
from align.core.extras import install_command
from align.registry import ensure, load_registry
from tests.conftest import ROOT, Command


def subjects() -> dict[str, Finding]:
    return {finding.subject: finding for finding in examine()}


def test_every_package_that_the_program_needs_is_looked_for() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    wanted = re.search(r"^dependencies = \[(.*?)^\]", text, re.DOTALL | re.MULTILINE)
    assert wanted is not None
    names = re.findall(r'^    "([\w-]+)[^";]*"', wanted[1], re.MULTILINE)
    assert sorted(doctor.NEEDED) == sorted(set(names) - {"tomli"})
    assert set(doctor.NEEDED) < set(subjects())


def test_nothing_is_in_the_way_here() -> None:
    ensure("whisper-base")
    findings = examine()
    assert failure(findings) is None
    assert as_document(findings, None)["ok"] is True
    assert subjects()["model whisper-base"] == Finding("model whisper-base", "here")


def test_a_missing_package_is_named_with_its_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "NEEDED", ("no-such-package",))
    broken = failure(examine())
    assert str(broken) == "no-such-package: not installed; pip install align-subtitles"
    document = as_document(examine(), broken)
    assert (document["ok"], document["exit_code"], document["error"]) == (False, 4, str(broken))


def test_a_missing_extra_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "EXTRAS", {"no_such_package": "speakers"})
    found = subjects()["no_such_package"]
    assert found == Finding("no_such_package", "not installed (optional)", True, install_command("speakers"))


def test_missing_models_say_how_to_pull_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALIGN_MODELS", str(tmp_path))
    monkeypatch.setenv("ALIGN_MODEL_PATH", "")
    found = subjects()
    assert found["model cache"].state == str(tmp_path)
    assert found["model whisper-base"].state == "not here"
    assert found["model whisper-base"].fix == "align models pull whisper-base"


def test_without_a_gpu_the_cpu_does_it(align: Command) -> None:
    ran = align("doctor", "--json")
    assert ran.returncode == 0
    findings = {row["subject"]: row for row in json.loads(ran.stdout)["findings"]}
    assert findings["CUDA"]["state"] == "no usable GPU; everything runs on the CPU"


@pytest.mark.parametrize("command", [["models", "list"], ["doctor"]])
def test_tables_in_a_file_are_cut_nowhere(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(command)
    told = capsys.readouterr().out
    assert "whisper-base" in told
    assert "…" not in told


def test_rows_of_models_are_those_of_the_registry() -> None:
    rows = model_rows()
    assert [row["name"] for row in rows] == [model.name for model in load_registry()]
    assert all(row["bytes"] > 0 and row["licence"] and row["purpose"] for row in rows)
