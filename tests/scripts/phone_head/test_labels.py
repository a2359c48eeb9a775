"""Which phone each frame is, from times that are known and from times that are found."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.audio.encoder import FRAME
from align.pronounce.phones import BREATH, PHONES, SILENCE
from scripts.phone_head import labels
from scripts.phone_head.chunks import LENGTH, Chunk, Event, Placed
from scripts.phone_head.labels import IGNORED, LISTENING, Segments
from tests.scripts.phone_head.made import TELLING, chunk_saying, utterance

SAY, NO = (("s", "ey"),), (("n", "ow"),)
QUIET = PHONES.index(SILENCE)


def chunk(placed: tuple[Placed, ...], events: tuple[Event, ...] = ()) -> Chunk:
    nothing = np.zeros((0, 0), np.float16)
    return Chunk(nothing, nothing, placed, events)


def lasting(phone: str, frames: np.ndarray[tuple[int], np.dtype[np.int64]]) -> int:
    return int((frames == PHONES.index(phone)).sum())


def test_phones_share_the_time_of_their_token() -> None:
    found = labels.evenly(utterance((SAY, NO), 1.0, [(0.1, 0.3), (0.5, 0.9)]))
    assert np.allclose(found.edges, [(0.1, 0.2), (0.2, 0.3), (0.5, 0.7), (0.7, 0.9)])
    assert [PHONES[k] for k in found.phones] == ["s", "ey", "n", "ow"]


@given(
    st.floats(0, 20),
    st.lists(st.tuples(st.floats(0, 0.3), st.floats(0.02, 0.5)), min_size=1, max_size=8),
    st.floats(0.8, 1.25),
)
def test_a_phone_has_as_many_frames_as_it_lasts(
    begin: float, lengths: list[tuple[float, float]], speed: float
) -> None:
    ends = np.cumsum(lengths).reshape(-1, 2)[:, 1]
    spans = [(end - length, end) for end, (_, length) in zip(ends.tolist(), lengths, strict=True)]
    words = tuple(((phone,),) for phone in PHONES[10 : 10 + len(spans)])
    known = labels.evenly(utterance(words, spans[-1][1], spans))
    frames = labels.frame_labels(chunk((Placed(0, begin, speed),)), [known])
    for ((phone,),), (start, end) in zip(words, spans, strict=True):
        assert abs(lasting(phone, frames) - (end - start) / speed / FRAME) < 1 + 1e-3
        inside = np.flatnonzero(frames == PHONES.index(phone)) * FRAME
        assert inside.min() >= begin + start / speed - 1e-6
        assert inside.max() < begin + end / speed + 1e-6
    assert (frames == QUIET).sum() == LENGTH - sum(lasting(phone, frames) for ((phone,),) in words)


def test_nothing_is_said_of_the_frames_around_an_edge_in_running_speech() -> None:
    words = (SAY, NO)
    known = labels.evenly(utterance(words, 1.0, [(0.1, 0.5), (0.5, 0.7)]))
    frames = labels.frame_labels(chunk((Placed(0, 0.0, 1.0),)), [labels.blurred(known)])
    open_frames = np.flatnonzero(frames == IGNORED) * FRAME
    assert frames[10] == PHONES.index("s")  # behind a pause the edge is exact
    assert np.all(np.abs(open_frames[:, None] - [0.3, 0.5, 0.6]).min(axis=1) <= 0.03)
    assert [lasting(phone, frames) for phone in ("s", "ey", "n", "ow")] == [18, 15, 5, 7]


@given(st.lists(st.floats(0.02, 0.4), min_size=1, max_size=9))
def test_the_middle_of_every_phone_stays(lengths: list[float]) -> None:
    ends = np.cumsum(lengths)
    edges = np.stack([ends - lengths, ends], axis=1)
    phones = np.arange(10, 10 + len(lengths))
    open_edges = labels.blurred(Segments(edges, phones))
    kept = open_edges.phones != IGNORED
    assert open_edges.phones[kept].tolist() == phones.tolist()
    assert np.all(open_edges.edges[kept, 0] >= edges[:, 0] - 1e-9)
    assert np.all(open_edges.edges[kept, 1] <= edges[:, 1] + 1e-9)
    assert np.all(np.diff(open_edges.edges[kept], axis=1)[:, 0] >= 0.39 * np.asarray(lengths))


def test_between_utterances_there_is_silence_or_what_was_put_there() -> None:
    known = labels.evenly(utterance((SAY,), 0.4, [(0.0, 0.4)]))
    breath = Event(PHONES.index(BREATH), 0.505, 0.7)
    frames = labels.frame_labels(chunk((Placed(0, 1.0, 1.0),), (breath,)), [known])
    assert np.flatnonzero(frames == PHONES.index(BREATH)).tolist() == list(range(51, 70))
    assert (frames[100:120] == PHONES.index("s")).all()
    assert (frames[120:140] == PHONES.index("ey")).all()
    assert (frames[140:] == QUIET).all()


def test_what_could_not_be_aligned_is_unknown_and_nothing_else() -> None:
    corpus = [utterance((SAY,), 0.5), utterance((NO,), 1.0)]
    known: list[Segments | None] = [labels.evenly(utterance((SAY,), 0.5, [(0.0, 0.5)])), None]
    mask = labels.unknown(chunk((Placed(0, 0.2, 1.0), Placed(1, 1.0, 1.25))), corpus, known)
    assert np.flatnonzero(mask).tolist() == list(range(100, 181))


def test_phones_are_found_where_nobody_knew_them() -> None:
    heard = chunk_saying([("(silence)", 20), ("s", 5), ("ey", 10)], (Placed(0, 0.2, 1.0),))
    (found,) = labels.realign(heard, [utterance((SAY,), 1.0)], TELLING, LISTENING)
    assert found is not None
    assert [PHONES[k] if k >= 0 else None for k in found.phones] == [SILENCE, "s", "ey", SILENCE]
    assert np.allclose(found.edges[1:3], [(0.2, 0.3), (0.3, 0.5)], atol=0.0051)
    row = labels.frame_labels(heard, [found])
    assert (lasting("s", row), lasting("ey", row)) == (10, 20)


@pytest.mark.parametrize("words", [(NO,), (SAY, NO), (SAY,) * 40])
def test_a_text_that_is_not_said_is_not_believed(words: tuple[tuple[tuple[str, ...], ...], ...]) -> None:
    heard = chunk_saying([("s", 5), ("ey", 10)], (Placed(0, 0.0, 1.0),))
    assert labels.realign(heard, [utterance(words, 0.4)], TELLING, LISTENING) == [None]


def test_phones_are_found_within_the_known_time_of_their_token() -> None:
    heard = chunk_saying([("s", 5), ("ey", 15)], (Placed(0, 0.0, 1.0),))
    (found,) = labels.realign(heard, [utterance((SAY,), 0.5, [(0.02, 0.37)])], TELLING, LISTENING)
    assert found is not None
    assert np.allclose(found.edges, [(0.02, 0.1), (0.1, 0.37)], atol=0.0051)


def test_the_reading_that_is_said_is_taken() -> None:
    heard = chunk_saying([("n", 8), ("ow", 12)], (Placed(0, 0.0, 1.0),))
    either = ((*SAY, *NO),)
    (found,) = labels.realign(heard, [utterance(either, 0.4, [(0.0, 0.4)])], TELLING, LISTENING)
    assert found is not None
    assert [PHONES[k] for k in found.phones] == ["n", "ow"]


def test_a_token_too_short_for_its_phones_shares_its_time() -> None:
    heard = chunk_saying([("s", 5)], (Placed(0, 0.0, 1.0),))
    (found,) = labels.realign(heard, [utterance((SAY,), 0.1, [(0.02, 0.04)])], TELLING, LISTENING)
    assert found is not None
    assert np.allclose(found.edges, [(0.02, 0.03), (0.03, 0.04)])


def test_every_label_is_a_phone_or_ignored() -> None:
    heard = chunk_saying([("s", 5), ("ey", 10), ("k", 10)], (Placed(0, 0.0, 1.0),))
    (found,) = labels.realign(heard, [utterance((SAY,), 0.6)], TELLING, replace(LISTENING, untranscribed=1.0))
    assert found is not None
    assert IGNORED in found.phones
    assert set(found.phones.tolist()) <= {IGNORED, *range(len(PHONES))}
