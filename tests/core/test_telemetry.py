"""Every switch is set before the library that reads it, in whatever process align is imported."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor

from align.core.telemetry import OFF, switch_off
from tests.conftest import ROOT

FIRST = """
import os, sys
import align
heavy = {"onnxruntime", "faster_whisper", "huggingface_hub", "ray", "torch", "matplotlib"} & set(sys.modules)
print(os.environ["ORT_DISABLE_TELEMETRY"], os.environ["RAY_USAGE_STATS_ENABLED"], sorted(heavy))
"""


def test_importing_align_sets_the_switches_whatever_stood_there_and_imports_no_library() -> None:
    given = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "ORT_DISABLE_TELEMETRY": "0",
        "RAY_USAGE_STATS_ENABLED": "1",
    }
    told = subprocess.run(
        [sys.executable, "-c", FIRST], env=given, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "1 0 []"


def test_the_workers_of_a_batch_have_the_switches() -> None:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        there = {name: process.submit(os.getenv, name).result() for name, _ in OFF}
    assert there == dict(OFF)


def test_a_token_for_the_hub_may_be_allowed_and_reports_may_not() -> None:
    chosen = {"HF_HUB_DISABLE_IMPLICIT_TOKEN": "0", "PYANNOTE_METRICS_ENABLED": "true"}
    switch_off(chosen)
    assert chosen == {"HF_HUB_DISABLE_IMPLICIT_TOKEN": "0", **dict(OFF)}
    nothing: dict[str, str] = {}
    switch_off(nothing)
    assert nothing == {"HF_HUB_DISABLE_IMPLICIT_TOKEN": "1", **dict(OFF)}
