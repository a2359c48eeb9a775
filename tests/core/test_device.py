"""Which device is meant, and what its failures mean."""

from __future__ import annotations

import pytest

from align.core.device import CPU, CUDA, Device, GpuMemoryError, check_choice, gpu_faults, usable_device
from align.core.errors import ModelError, UsageError
from tests.gpus import FULL


@pytest.fixture
def two_gpus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctranslate2.get_cuda_device_count", lambda: 2)


@pytest.mark.parametrize(
    ("chosen", "device"),
    [
        ("cpu", Device(CPU)),
        ("auto", Device(CUDA)),
        ("cuda", Device(CUDA)),
        ("cuda:0", Device(CUDA)),
        ("cuda:1", Device(CUDA, 1)),
    ],
)
def test_a_device_by_its_name(two_gpus: None, chosen: str, device: Device) -> None:
    check_choice(chosen)
    assert usable_device(chosen) == device


def test_a_gpu_that_is_not_there_is_told(two_gpus: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelError, match="cuda:2: there are 2 GPUs, counted from 0; choose cuda:1 or less"):
        usable_device("cuda:2")
    monkeypatch.setattr("ctranslate2.get_cuda_device_count", lambda: 0)
    assert usable_device("auto") == Device(CPU)
    for chosen in ("cuda", "cuda:1"):
        with pytest.raises(ModelError, match=r"no CUDA GPU can be used; .*--device cpu"):
            usable_device(chosen)


@pytest.mark.parametrize("chosen", ["", "gpu", "cuda:", "cuda:-1", "cuda:x", "CUDA", "cuda:1000", "cuda:1\n"])
def test_what_is_no_device_is_told(chosen: str) -> None:
    with pytest.raises(UsageError, match="choose auto, cpu, cuda, or one GPU such as cuda:1"):
        check_choice(chosen)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (FULL, GpuMemoryError),
        ("cuBLAS failed with status CUBLAS_STATUS_ALLOC_FAILED", GpuMemoryError),
        ("Library libcublas.so.12 is not found or cannot be loaded", ModelError),
        ("CUDA failed with error unspecified launch failure", ModelError),
        ("something else", RuntimeError),
    ],
)
def test_what_a_gpu_says(said: str, error: type[Exception]) -> None:
    with pytest.raises(error, match=said.replace(".", r"\.")) as told, gpu_faults():
        raise RuntimeError(said)
    assert type(told.value) is error
