"""Few bytes for few colours."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from scripts.pictures.small import small
from tests.conftest import ROOT


def png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def test_few_colours_stay_as_they_are_in_fewer_bytes() -> None:
    palette = np.random.default_rng(1).integers(0, 256, (40, 3), np.uint8)
    drawn = palette[np.random.default_rng(2).integers(0, 40, (60, 80))]
    before = png(Image.fromarray(drawn))
    after = small(before)
    assert len(after) < len(before)
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(after)).convert("RGB")), drawn)
    assert small(before) == after


def test_a_picture_never_grows() -> None:
    tiny = png(Image.new("RGB", (1, 1)))
    assert len(small(tiny)) <= len(tiny)


def test_the_pictures_of_the_docs_are_small() -> None:
    for path in (ROOT / "docs" / "pictures").glob("*.png"):
        assert path.stat().st_size < 150_000, path
