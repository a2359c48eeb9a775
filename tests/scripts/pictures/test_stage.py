"""The made-up show behind the subtitles."""

from __future__ import annotations

import pytest

from scripts.pictures.stage import _LIT, MOST, SIZE, stage


def bright(people: int, lit: int | None) -> list[int]:
    """Columns in which the colour of who speaks stands, in the middle row of the tiles."""
    picture = stage(people, lit)
    wanted = tuple(bytes.fromhex(_LIT[1:]))
    return [x for x in range(SIZE[0]) if picture.getpixel((x, 450)) == wanted]


@pytest.mark.parametrize("people", [1, 2, 5, MOST, 40])
def test_it_has_the_size_of_the_video_whoever_is_there(people: int) -> None:
    assert stage(people, 0).size == SIZE


def test_who_speaks_is_lit() -> None:
    assert bright(3, None) == []
    first, last = bright(3, 0), bright(3, 2)
    assert 0 < max(first) < SIZE[0] / 2 < min(last)


def test_the_lower_quarter_is_left_to_the_subtitles() -> None:
    picture = stage(5, 1)
    below = picture.crop((0, 800, *SIZE)).getcolors()
    assert below is not None
    assert len(below) == 1
