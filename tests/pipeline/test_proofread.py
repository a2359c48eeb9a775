"""What a language model has read is kept, and read again by no later run."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.core.cache import Cache
from align.core.errors import UsageError
from align.core.progress import Silent
from align.pipeline import proofread as pipeline
from align.pipeline.options import RunOptions
from align.proofread.chunks import Chunk
from align.proofread.context import Fit
from align.proofread.places import Place
from align.proofread.proofread import ReadingTask
from align.proofread.syllables import Sound

FIT = Fit(1, 3, "长尾", Sound.SAME, 9.5, 4.25)
TASKS = [
    ReadingTask("能源", Chunk(offset, "的长胃很长", 0), (Place(1, 3, {"长尾": Sound.SAME}),))
    for offset in (0, 40)
]


class Model:
    """Stands in for a model of 1.5 GB."""

    loaded = closed = 0

    def close(self) -> None:
        Model.closed += 1


def load() -> Model:
    Model.loaded += 1
    return Model()


@pytest.fixture(autouse=True)
def reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "read_chunk", lambda *task: (FIT,))
    Model.loaded = Model.closed = 0


def test_a_task_is_read_once_and_the_model_is_loaded_once_and_closed(tmp_path: Path) -> None:
    read = pipeline.cached_reader(load, "digest", Cache(tmp_path), Silent())  # type: ignore[arg-type]
    assert list(read(TASKS)) == [(FIT,), (FIT,)]
    assert (Model.loaded, Model.closed) == (1, 1)
    assert list(read(TASKS)) == [(FIT,), (FIT,)]
    assert Model.loaded == 1


def test_a_stopped_run_goes_on_after_the_last_task(tmp_path: Path) -> None:
    read = pipeline.cached_reader(load, "digest", Cache(tmp_path), Silent())  # type: ignore[arg-type]
    stopped = iter(read(TASKS))
    next(stopped)
    stopped.close()  # type: ignore[attr-defined]
    assert (Model.loaded, Model.closed) == (1, 1)
    assert len(list(read(TASKS[:1]))) == 1
    assert Model.loaded == 1


def test_an_unknown_choice_is_refused() -> None:
    with pytest.raises(UsageError, match="proofread cannot be 'some'; choose auto, off, words, all"):
        RunOptions(proofread="some")
