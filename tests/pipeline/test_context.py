"""A GPU without room: the whole job on the CPU, whose result it is, with a note."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from align.audio.recognition import load_whisper
from align.core.cache import Cache
from align.core.device import CPU, CUDA
from align.core.errors import ModelError
from align.core.progress import Silent
from align.core.types import Result
from align.pipeline.context import CPU_NOTE, RunContext, with_cpu_fallback
from align.pipeline.loaded_models import load_models
from align.pipeline.options import RunOptions
from align.pipeline.run import gather, run
from tests.conftest import Talk
from tests.gpus import whisper_on_card
from tests.results import sample


@pytest.fixture
def context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunContext:
    """A bench with a GPU that has no room for anything, and no stages."""

    def load(folder: Path, device: str, threads: int, gpu: int = 0) -> object:
        return whisper_on_card(0) if device == CUDA else load_whisper(folder, device, threads, gpu)

    monkeypatch.setattr("ctranslate2.get_cuda_device_count", lambda: 1)
    monkeypatch.setattr("align.pipeline.loaded_models.load_whisper", load)
    options = RunOptions(second_language=None, device="cuda:0", offline=True)
    return RunContext(
        load_models(options, "zh", translate=False), Cache(tmp_path / "stages"), options, Silent()
    )


def test_the_result_is_that_of_the_cpu_with_a_note(talk: Talk, context: RunContext) -> None:
    inputs = gather(talk.audio, talk.transcript, context.options, Silent())
    fallen = run(inputs, context)
    assert fallen.notes == (CPU_NOTE,)
    on_cpu = replace(context, models=context.models.on_cpu, cache=Cache(talk.cache))
    assert replace(fallen, notes=()) == run(inputs, on_cpu)
    assert run(inputs, context) == fallen, "nothing that a GPU began is taken for its result"


def test_other_faults_are_no_reason_to_begin_again(context: RunContext) -> None:
    tried: list[str] = []

    def work(here: RunContext) -> Result:
        tried.append(here.models.device)
        raise ModelError("cuda", "the GPU failed")

    with pytest.raises(ModelError, match="the GPU failed"):
        with_cpu_fallback(work, context)
    assert tried == [CUDA]


def test_what_fits_is_done_once(context: RunContext) -> None:
    assert with_cpu_fallback(lambda here: replace(sample(), name=here.models.device), context).name == CUDA
    assert (
        with_cpu_fallback(lambda here: sample(), replace(context, models=context.models.on_cpu)).notes
        == sample().notes
    )
    assert context.models.on_cpu.device == CPU
