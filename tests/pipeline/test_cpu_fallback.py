"""A GPU without room: the whole job on the CPU, whose result it is, with a note."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from align.audio.recognition import load_whisper
from align.core.cache import Stages
from align.core.device import CPU, CUDA
from align.core.errors import ModelError
from align.core.progress import Silent
from align.core.types import Result
from align.pipeline.context import Bench
from align.pipeline.cpu_fallback import NOTE, where_it_fits
from align.pipeline.loaded_models import stock
from align.pipeline.options import RunOptions
from align.pipeline.run import gather, run
from tests.conftest import Talk
from tests.gpus import whisper_on_card
from tests.results import sample


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """A bench with a GPU that has no room for anything, and no stages."""

    def load(folder: Path, device: str, threads: int, gpu: int = 0) -> object:
        return whisper_on_card(0) if device == CUDA else load_whisper(folder, device, threads, gpu)

    monkeypatch.setattr("ctranslate2.get_cuda_device_count", lambda: 1)
    monkeypatch.setattr("align.pipeline.loaded_models.load_whisper", load)
    options = RunOptions(second_language=None, device="cuda:0", offline=True)
    return Bench(stock(options, "zh", translate=False), Stages(tmp_path / "stages"), options, Silent())


def test_the_result_is_that_of_the_cpu_with_a_note(talk: Talk, bench: Bench) -> None:
    inputs = gather(talk.audio, talk.transcript, bench.options, Silent())
    fallen = run(inputs, bench)
    assert fallen.notes == (NOTE,)
    on_cpu = replace(bench, shelf=bench.shelf.on_cpu, stages=Stages(talk.stages))
    assert replace(fallen, notes=()) == run(inputs, on_cpu)
    assert run(inputs, bench) == fallen, "nothing that a GPU began is taken for its result"


def test_other_faults_are_no_reason_to_begin_again(bench: Bench) -> None:
    tried: list[str] = []

    def work(here: Bench) -> Result:
        tried.append(here.shelf.device)
        raise ModelError("cuda", "the GPU failed")

    with pytest.raises(ModelError, match="the GPU failed"):
        where_it_fits(work, bench)
    assert tried == [CUDA]


def test_what_fits_is_done_once(bench: Bench) -> None:
    assert where_it_fits(lambda here: replace(sample(), name=here.shelf.device), bench).name == CUDA
    assert (
        where_it_fits(lambda here: sample(), replace(bench, shelf=bench.shelf.on_cpu)).notes == sample().notes
    )
    assert bench.shelf.on_cpu.device == CPU
