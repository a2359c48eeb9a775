"""A made-up show to lay subtitles over: some people side by side, one of them lit."""

from __future__ import annotations

from PIL import Image, ImageDraw

SIZE = (1920, 1080)
"""Pixels, those of the video that the subtitles are laid out for."""
MOST = 6
"""People for whom there is room."""
_FINER = 2
"""Times as many pixels are drawn and averaged, so that round shapes have no steps."""
_TOP, _HEIGHT, _WIDEST, _GAP, _CORNER, _EDGE = 170, 560, 420, 26, 24, 7
"""Pixels: where the tiles are and what they measure; below them there is room for two lines of text."""
_GROUND, _LIT = "#12161c", "#f2b84b"
_TILES = ("#22384a", "#37304a", "#24403a", "#453628", "#2c3648", "#40303a")
_PEOPLE = ("#86a8c2", "#a596c9", "#84b5a4", "#c2a17c", "#94a6c4", "#bb93a6")
"""A tile and its person, side by side of one hue."""


def stage(people: int, lit: int | None) -> Image.Image:
    """A picture of SIZE with so many people, MOST at most.

    Args:
        lit: who speaks, counted from 0; None for nobody.
    """
    count = max(1, min(people, MOST))
    width = min(_WIDEST, (SIZE[0] - _GAP * (count + 1)) // count)
    left = (SIZE[0] - count * width - (count - 1) * _GAP) // 2
    picture = Image.new("RGB", (SIZE[0] * _FINER, SIZE[1] * _FINER), _GROUND)
    for number in range(count):
        tile, shape = _tile(width * _FINER, _HEIGHT * _FINER, number, number == lit)
        picture.paste(tile, ((left + number * (width + _GAP)) * _FINER, _TOP * _FINER), shape)
    return picture.resize(SIZE, Image.Resampling.BOX)


def _tile(width: int, height: int, number: int, lit: bool) -> tuple[Image.Image, Image.Image]:
    """Somebody's head and shoulders, with a bright edge for who speaks; and the shape to cut them out in."""
    tile, shape = Image.new("RGB", (width, height), _TILES[number]), Image.new("L", (width, height))
    inside, corner = (0, 0, width - 1, height - 1), _CORNER * _FINER
    ImageDraw.Draw(shape).rounded_rectangle(inside, corner, 255)
    draw, middle, person = ImageDraw.Draw(tile), width / 2, _PEOPLE[number]
    head, chin, shoulders = width * 0.19, height * 0.58, width * 0.40
    draw.ellipse((middle - head, chin - 2.25 * head, middle + head, chin), person)
    draw.ellipse((middle - shoulders, height * 0.66, middle + shoulders, height * 1.6), person)
    if lit:
        draw.rounded_rectangle(inside, corner, outline=_LIT, width=_EDGE * _FINER)
    return tile, shape
