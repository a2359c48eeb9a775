"""Greedy decode, and splitting text and audio where both certainly match."""

from __future__ import annotations

from itertools import pairwise

from align.alignment.chunks import chunks, find_cuts, heard_phones
from align.alignment.parameters import DEFAULTS
from align.pronounce.phones import PHONES, SILENCE
from tests.alignment.phones import QUIET, posteriors, spoken, words


def test_cuts_lie_at_the_tokens_where_they_are_said() -> None:
    tokens = words(400)
    begins = [30 + 6 * sum(map(len, tokens[:k])) for k in range(len(tokens))]
    cuts = find_cuts([(token,) for token in tokens], heard_phones(posteriors([QUIET, *spoken(tokens)])))
    assert len(cuts) > begins[-1] / DEFAULTS.chunk_frames / 3
    for cut in cuts:
        assert cut.frames == (begins[cut.tokens[0]], begins[cut.tokens[1]])
        assert cut.tokens[0] < cut.token < cut.tokens[1]


def test_ten_untranscribed_minutes_move_no_cut() -> None:
    tokens, added = words(300), words(2000, 9)
    said = [*spoken(tokens[:150]), *spoken(added), *spoken(tokens[150:])]
    begins = [
        6 * sum(map(len, tokens[:k])) + (6 * sum(map(len, added)) if k >= 150 else 0) for k in range(300)
    ]
    cuts = find_cuts([(token,) for token in tokens], heard_phones(posteriors(said)))
    assert len(cuts) > 4
    assert all(cut.frames[0] == begins[cut.tokens[0]] for cut in cuts)


def test_chunks_cover_text_and_audio_and_keep_each_token_once() -> None:
    tokens = words(400)
    heard = heard_phones(posteriors(spoken(tokens)))
    parts = chunks(find_cuts([(token,) for token in tokens], heard), len(tokens), 9999)
    assert parts[0].frames[0] == 0
    assert parts[-1].frames[1] == 9999
    assert [parts[0].kept[0], parts[-1].kept[1]] == [0, len(tokens)]
    assert all(left.kept[1] == right.kept[0] for left, right in pairwise(parts))
    assert all(left.frames[1] > right.frames[0] for left, right in pairwise(parts))


def test_unrelated_text_gives_no_cut() -> None:
    heard = heard_phones(posteriors(spoken(words(500, 3))))
    assert find_cuts([(token,) for token in words(500, 4)], heard) == ()


def test_equal_frames_join_and_silence_is_dropped() -> None:
    heard = heard_phones(posteriors([("n", 5), ("I", 9), (SILENCE, 20), ("H", 4), ("Ao", 8)]))
    assert [PHONES[k] for k in heard.phones] == ["n", "I", "H", "Ao"]
    assert heard.first.tolist() == [0, 5, 34, 38]
    assert heard.last.tolist() == [5, 14, 38, 46]


def test_a_single_frame_is_dropped() -> None:
    heard = heard_phones(posteriors([("n", 5), ("b", 1), ("I", 9)]))
    assert [PHONES[k] for k in heard.phones] == ["n", "I"]


def test_no_frames_give_no_phones() -> None:
    assert len(heard_phones(posteriors([])).phones) == 0
