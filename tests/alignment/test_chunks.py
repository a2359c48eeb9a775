"""Cutting text and sound where both certainly agree."""

from __future__ import annotations

from itertools import pairwise

from align.alignment.chunks import APART, find_cuts, pieces
from align.alignment.greedy_decode import heard_phones
from tests.alignment.phones import QUIET, posteriors, spoken, words


def test_cuts_lie_at_the_tokens_where_they_are_said() -> None:
    tokens = words(400)
    begins = [30 + 6 * sum(map(len, tokens[:k])) for k in range(len(tokens))]
    cuts = find_cuts([(token,) for token in tokens], heard_phones(posteriors([QUIET, *spoken(tokens)])))
    assert len(cuts) > begins[-1] / APART / 3
    for cut in cuts:
        assert cut.frames == (begins[cut.tokens[0]], begins[cut.tokens[1]])
        assert cut.tokens[0] < cut.token < cut.tokens[1]


def test_ten_minutes_that_the_text_lacks_move_no_cut() -> None:
    tokens, added = words(300), words(2000, 9)
    said = [*spoken(tokens[:150]), *spoken(added), *spoken(tokens[150:])]
    begins = [
        6 * sum(map(len, tokens[:k])) + (6 * sum(map(len, added)) if k >= 150 else 0) for k in range(300)
    ]
    cuts = find_cuts([(token,) for token in tokens], heard_phones(posteriors(said)))
    assert len(cuts) > 4
    assert all(cut.frames[0] == begins[cut.tokens[0]] for cut in cuts)


def test_pieces_cover_text_and_sound_and_keep_each_token_once() -> None:
    tokens = words(400)
    heard = heard_phones(posteriors(spoken(tokens)))
    found = pieces(find_cuts([(token,) for token in tokens], heard), len(tokens), 9999)
    assert found[0].frames[0] == 0
    assert found[-1].frames[1] == 9999
    assert [found[0].kept[0], found[-1].kept[1]] == [0, len(tokens)]
    assert all(one.kept[1] == other.kept[0] for one, other in pairwise(found))
    assert all(one.frames[1] > other.frames[0] for one, other in pairwise(found))


def test_other_text_gives_no_cut() -> None:
    heard = heard_phones(posteriors(spoken(words(500, 3))))
    assert find_cuts([(token,) for token in words(500, 4)], heard) == ()
