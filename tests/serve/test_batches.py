"""The list of a batch becomes requests; what cannot be done says why and stops nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.core.errors import InputError
from align.serve.batches import planned
from align.serve.request import BatchRequest, JobRequest, Machine


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    (folder / "shows").mkdir(parents=True)
    for name in ("one.wav", "one.txt", "two.wav", "two.txt", "alone.wav"):
        (folder / "shows" / name).write_text("x", "utf-8")
    return folder


def test_the_rows_of_a_list_with_options_of_their_own(root: Path) -> None:
    (root / "list.csv").write_text(
        "audio,transcript,out,speakers\nshows/one.wav,shows/one.txt,2024,3\nshows/two.wav,shows/two.txt,,\n",
        "utf-8",
    )
    batch = BatchRequest(recordings="list.csv", out="done", second_language=None, fps="30")
    first, second = planned(batch, Machine(str(root)))
    assert (first.fault, second.fault) == ("", "")
    assert first.request == JobRequest(
        audio="shows/one.wav",
        transcript="shows/one.txt",
        out="done/2024",
        speakers=3,
        second_language=None,
        fps="30",
    )
    assert (second.request.out, second.request.speakers) == ("done", "auto")


def test_a_folder_and_a_recording_without_a_transcript(root: Path) -> None:
    faults = {
        one.request.audio: one.fault for one in planned(BatchRequest(recordings="shows"), Machine(str(root)))
    }
    assert faults["shows/one.wav"] == ""
    assert "has no transcript beside it" in faults["shows/alone.wav"]


def test_a_row_that_leads_out_of_the_folder_fails_alone(root: Path) -> None:
    (root.parent / "private.wav").write_bytes(b"x")
    (root / "list.csv").write_text(
        f"audio,transcript\n../private.wav,shows/one.txt\n{root.parent}/private.wav,shows/one.txt\n"
        "shows/one.wav,shows/one.txt\n",
        "utf-8",
    )
    faults = [one.fault for one in planned(BatchRequest(recordings="list.csv"), Machine(str(root)))]
    assert all(faults[:2])
    assert not faults[2]


@pytest.mark.parametrize("listed", ["none.csv", "../list.csv", "shows/one.txt"])
def test_a_list_that_cannot_be_used_is_refused(root: Path, listed: str) -> None:
    with pytest.raises(InputError):
        list(planned(BatchRequest(recordings=listed), Machine(str(root))))
