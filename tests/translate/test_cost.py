from __future__ import annotations

import pytest

from align.core.errors import UsageError
from align.translate.cost import TokenPrices, estimate, prices_of


def test_ninety_minutes_cost_cents_and_minutes() -> None:
    show = estimate(["我们今天来聊一聊" * 2500], prices_of("0.15,0.60"))
    assert show.characters == 20_000
    assert 100_000 < show.sent < 600_000
    assert 50_000 < show.answered < 200_000
    assert show.dollars is not None
    assert 0.05 < show.dollars < 0.5
    assert "20,000 characters" in show.message
    assert "dollars; about" in show.message


def test_without_prices_the_cost_is_not_made_up() -> None:
    assert estimate(["大家好"], None).dollars is None
    assert "at an unknown price (give it with --token-prices IN,OUT)" in estimate(["大家好"], None).message


def test_twice_the_text_is_at_least_as_much() -> None:
    one, two = (
        estimate(["大家好，hello everyone"] * 50, TokenPrices(1, 1)),
        estimate(["大家好，hello everyone"] * 100, TokenPrices(1, 1)),
    )
    assert one.sent < two.sent
    assert one.seconds < two.seconds


@pytest.mark.parametrize("wrong", ["", "1", "1,2,3", "a,b", "-1,2", "inf,1", "nan,1"])
def test_prices_are_two_numbers(wrong: str) -> None:
    with pytest.raises(UsageError, match=r"is not two prices; write IN,OUT in dollars, such as 0\.15,0\.60"):
        prices_of(wrong)
