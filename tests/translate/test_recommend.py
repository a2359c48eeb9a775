from __future__ import annotations

from align.translate.recommend import recommendations, total_memory


def test_a_model_is_recommended_where_it_fits() -> None:
    small = {row.name: row.fits for row in recommendations(4_000_000_000, 2)}
    assert small == {
        "translator": True,
        "hy-mt2-1.8b": True,
        "qwen3-4b-instruct-2507": False,
        "hy-mt2-7b": False,
    }
    assert all(row.fits for row in recommendations(16_000_000_000, 2))


def test_more_weights_take_longer_and_more_cores_less() -> None:
    two, four = recommendations(16_000_000_000, 2), recommendations(16_000_000_000, 4)
    assert [row.minutes for row in two] == sorted(row.minutes for row in two)
    assert all(fast.minutes < slow.minutes for fast, slow in zip(four, two, strict=True))


def test_this_machine_has_memory() -> None:
    assert total_memory() > 500_000_000
