"""The command line, as far as it goes without models."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts.benchmarks import command, synthetic
from scripts.benchmarks.corpora import CORPORA
from scripts.benchmarks.degrade import CHANGES
from scripts.benchmarks.place import place, token_texts

ROOT = Path(__file__).resolve().parents[3]


def test_the_script_names_each_clone() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts/benchmark"), "timing", "--help"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert all(corpus.commit in done.stdout for corpus in CORPORA.values())


def test_a_set_of_people_needs_their_recordings() -> None:
    done = CliRunner().invoke(command.cli, ["timing", "--set", "emuR"], env={"BENCHMARK_CORPORA": None})
    assert done.exit_code == 2
    assert "git clone https://github.com/IPS-LMU/emuR" in done.output


@pytest.mark.parametrize("group", [*CORPORA, *synthetic.DEGRADED])
def test_every_set_is_described_in_a_sentence(group: str) -> None:
    assert command.about(group, ()).endswith(".")


def test_made_speech_is_described_with_the_error_of_its_truth() -> None:
    assert re.search(r"starts at pauses \d+ places", command.about("demo", synthetic.demo()))


def test_every_copy_of_the_clean_speech_can_be_made() -> None:
    assert set(synthetic.DEGRADED) == set(CHANGES)


def test_nearly_all_of_the_demos_transcript_is_in_its_truth() -> None:
    (sample,) = synthetic.demo()
    placed = place(token_texts(sample.text), sample.truth)
    assert sum(word is not None for word in placed) > 0.98 * len(placed)
