from __future__ import annotations

import re

import pytest

from align.core.errors import UsageError
from align.translate.cost import estimate, prices_of


def numbers(message: str) -> list[float]:
    """Characters, tokens sent, tokens received, dollars, minutes."""
    return [float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", message)]


def test_ninety_minutes_cost_cents_and_minutes() -> None:
    message = estimate(["我们今天来聊一聊" * 2500], prices_of("0.15,0.60"))
    characters, sent, received, dollars, minutes = numbers(message)
    assert characters == 20_000
    assert 100_000 < sent < 600_000
    assert 50_000 < received < 200_000
    assert 0.05 < dollars < 0.5
    assert 5 < minutes < 60
    assert "dollars; about" in message


def test_without_prices_no_cost_is_invented() -> None:
    message = estimate(["大家好"], None)
    assert "at an unknown price (give it with --token-prices IN,OUT)" in message
    assert "dollars" not in message


def test_twice_the_text_is_at_least_as_much() -> None:
    small, large = (numbers(estimate(["大家好，hello everyone"] * count, (1, 1))) for count in (500, 1000))
    assert all(fewer < more for fewer, more in zip(small, large, strict=True))


@pytest.mark.parametrize("wrong", ["", "1", "1,2,3", "a,b", "-1,2", "inf,1", "nan,1"])
def test_prices_are_two_numbers(wrong: str) -> None:
    with pytest.raises(UsageError, match=r"is not two prices; write IN,OUT in dollars, such as 0\.15,0\.60"):
        prices_of(wrong)
