"""What is compared between a CPU and a GPU; the GPU itself is not here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from align.audio.decode import read_audio
from scripts.benchmarks import cuda
from scripts.benchmarks.command import main
from scripts.benchmarks.cuda import Measured, Timed, agreement, failures, rows, share_busy

TOKENS = (("我", 0.1, 0.2), ("们", 0.2, 0.35), ("hello", None, None))
ON_CPU = Measured(
    "cpu", "all", 60.0, {"Listening for phones": 12.0, "Recognising speech": 30.0}, None, TOKENS
)
ON_GPU = replace(ON_CPU, device="cuda", seconds=20.0, stages={"Listening for phones": 2.0}, busy=0.5)


def test_tokens_agree_where_both_edges_are_within_a_millisecond() -> None:
    assert agreement(TOKENS, TOKENS) == 1
    others: tuple[Timed, ...] = (("们", 0.202, 0.35), ("们", 0.2, 0.3), ("们", None, None))
    for other in (("们", 0.201, 0.349), ("们", 0.2, 0.35)):
        assert agreement(TOKENS, (TOKENS[0], other, TOKENS[2])) == 1
    for one in others:
        assert agreement(TOKENS, (TOKENS[0], one, TOKENS[2])) == pytest.approx(2 / 3)


def test_a_gpu_stands_beside_the_cpu_before_it() -> None:
    first, second = rows([ON_CPU, ON_GPU], 120.0)
    assert first == "| all | cpu | 60.0 | 2 | 12.0 | 30.0 |  |  |"
    assert second == "| all | cuda | 20.0 | 6 | 2.0 | 0.0 | 50% | 100.000% |"


def test_what_is_elsewhere_or_fell_to_the_cpu_is_told() -> None:
    elsewhere = replace(ON_GPU, tokens=(*TOKENS[:2], ("hello", 0.0, 1.0)))
    assert failures([ON_CPU, ON_GPU]) == []
    assert failures([ON_CPU, elsewhere]) == ["--recognize all: 66.67% of the tokens within 1 ms"]
    assert failures([ON_CPU, replace(ON_GPU, notes=("No room.",))]) == ["--recognize all: No room."]


def test_the_use_of_a_gpu_is_the_mean_of_what_is_told() -> None:
    assert share_busy("0\n50\n100\n") == 0.5
    assert share_busy("[N/A]\n100\n5") == 1
    assert share_busy("") is None


def test_the_recording_is_the_demo_over_and_over(tmp_path: Path) -> None:
    audio, text, seconds = cuda.make(tmp_path, 2)
    demo = cuda.SEEDS / "livestream-demo.opus"
    assert seconds == pytest.approx(2 * read_audio(demo).duration)
    assert read_audio(audio).duration == pytest.approx(seconds)
    assert text.read_text("utf-8").count("直播的方式") == 2


def test_without_a_gpu_it_ends_with_4(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("ctranslate2.get_cuda_device_count", lambda: 0)
    monkeypatch.setattr("sys.argv", ["benchmark", "cuda"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 4
    assert capsys.readouterr().err.startswith("benchmark: cuda: no CUDA GPU can be used")
