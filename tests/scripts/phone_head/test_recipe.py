"""The steps of a training, as far as they need no training: lessons, what is kept, and what is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from align.audio.phone_head import PhoneHead
from align.pronounce.phones import PHONES
from scripts.phone_head import recipe
from scripts.phone_head.chunks import Placed
from scripts.phone_head.corpus import CLONES
from scripts.phone_head.labels import IGNORED
from scripts.phone_head.recipe import Lesson, Setting
from tests.scripts.phone_head.made import TELLING, chunk_saying, utterance

SAY, NO = (("s", "ey"),), (("n", "ow"),)


def setting(folder: Path, said: list[str], seed: int = 0) -> Setting:
    return Setting(folder / "cache", folder / "corpora", folder / "kokoro", 2, seed, said.append)


def lesson() -> Lesson:
    """Two utterances, of which the second is not what is heard."""
    heard = [("s", 5), ("ey", 10), ("(silence)", 20), ("s", 5), ("ey", 10)]
    placed = (Placed(0, 0.0, 1.0), Placed(1, 0.7, 1.0))
    chunk = chunk_saying(heard, placed)
    said = [utterance((SAY,), 0.4, source="right"), utterance((NO,), 0.3, source="wrong")]
    return Lesson(said, [chunk], [replace(chunk)], [None, None])


def test_what_is_not_aligned_is_ignored() -> None:
    (clean, _) = lesson().labels()
    assert np.flatnonzero(clean == IGNORED).tolist() == [*range(41), *range(70, 101)]


def test_realigned_lessons_teach_what_was_found_in_every_copy() -> None:
    found = lesson().realigned(TELLING)
    assert [one is not None for one in found.segments] == [True, False]
    for row in found.labels():
        assert [PHONES[k] for k in row[[5, 15]]] == ["s", "ey"]
        assert (row[75:95] == IGNORED).all()


def test_how_many_are_aligned_is_told_by_corpus(tmp_path: Path) -> None:
    said: list[str] = []
    recipe._tell([lesson().realigned(TELLING)], setting(tmp_path, said))
    assert said == ["right: 1 of 1 utterances are aligned", "wrong: 0 of 1 utterances are aligned"]


def test_a_step_that_is_done_is_not_done_again(tmp_path: Path) -> None:
    done: list[int] = []

    def learn() -> PhoneHead:
        done.append(1)
        return TELLING

    for seed in (0, 0, 1, 1):
        recipe._step(setting(tmp_path, [], seed), "known", learn)
    assert len(done) == 2, "each seed has steps of its own"


def test_clones_that_are_not_there_are_not_claimed(tmp_path: Path) -> None:
    one = setting(tmp_path, [])
    (one.corpora / "audio-cmn").mkdir(parents=True)
    _, *clones = recipe.learned_from(one)
    assert clones == [CLONES["audio-cmn"]]


def test_every_corpus_of_short_recordings_is_a_known_clone() -> None:
    assert {name for name, _, _ in recipe.READ} <= set(CLONES)
