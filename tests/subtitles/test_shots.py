from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from align.core.errors import InputError, ModelError
from align.subtitles.shots import shot_changes


def video(path: Path, shots: list[tuple[int, int]], fps: int = 25) -> Path:
    """A small video: each shot is a number of frames of a shading that moves a little, and its grey."""
    shading = np.broadcast_to(np.arange(160, dtype=np.uint8)[None, :, None] // 4, (90, 160, 3))
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=Fraction(fps), options={"qscale": "2"})
        stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
        for frames, grey in shots:
            for step in range(frames):
                picture = np.roll(shading, step, axis=1) + np.uint8(grey)
                container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
        container.mux(stream.encode(None))
    return path


def test_shot_changes_are_detected_on_their_frame(tmp_path: Path) -> None:
    made = video(tmp_path / "talk.mp4", [(50, 20), (75, 180), (40, 90)])
    assert shot_changes(made) == pytest.approx((2.0, 5.0), abs=0.001)


def test_one_shot_has_no_change(tmp_path: Path) -> None:
    assert shot_changes(video(tmp_path / "talk.mp4", [(60, 100)])) == ()


def test_sound_has_no_shots() -> None:
    demo = Path(__file__).parents[2] / "seeds" / "demo" / "livestream-demo.opus"
    with pytest.raises(InputError, match="has no picture, so no shot changes; name the video"):
        shot_changes(demo)


def test_what_is_no_video_is_refused(tmp_path: Path) -> None:
    (tmp_path / "talk.mp4").write_text("no video")
    with pytest.raises(InputError, match="is not a recording that can be opened"):
        shot_changes(tmp_path / "talk.mp4")
    with pytest.raises(InputError, match="is not a recording that can be opened"):
        shot_changes(tmp_path / "none.mp4")


def test_without_the_package_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scenedetect", None)
    with pytest.raises(ModelError, match=r"pip install .*\[shots\]"):
        shot_changes(Path("talk.mp4"))
