"""What a translation by a service takes, told before anything is sent: text, tokens, money, time.

Nobody can count another model's tokens; these are upper bounds from what the requests are
made of. Lines that the memory has cost nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from align.core.errors import UsageError
from align.translate.batches import USUAL
from align.translate.llm_translator import SECTION

_CHARACTERS = 9
"""Han characters of a cue, on the low side; of other scripts three times as many."""
_SYSTEM = 330
"""Tokens of what every request begins with."""
_LINE = 24
"""Tokens around each line of a request: its number, room and speaker."""
_ANSWER = 28
"""Tokens of one line of an answer."""
_AGAIN = 1.5
"""How much of the work is done again for lines with a fault, each a request of its own."""
_SECONDS = 4.0
"""Seconds that a hosted model takes for one request."""


@dataclass(frozen=True, slots=True)
class TokenPrices:
    """Dollars for a million tokens that are sent, and that are answered."""

    sent: float
    answered: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a translation takes at most, about.

    Attributes:
        characters: of the text that is sent.
        sent, answered: tokens.
        seconds: of waiting.
        dollars: None where the prices are not known.
    """

    characters: int
    sent: int
    answered: int
    seconds: float
    dollars: float | None

    @property
    def told(self) -> str:
        """A sentence for the user."""
        money = (
            "what they cost is not known (--token-prices IN,OUT tells)"
            if self.dollars is None
            else f"about {self.dollars:,.2f} dollars"
        )
        minutes = max(1, math.ceil(self.seconds / 60))
        return (
            f"{self.characters:,} characters, at most about {self.sent:,} tokens there and {self.answered:,} "
            f"back, {money}; about {minutes} min. What was translated before is not asked for again."
        )


def estimate(texts: Iterable[str], prices: TokenPrices | None) -> Estimate:
    """What the translation of some texts takes."""
    whole = list(texts)
    characters = sum(map(len, whole))
    han = sum(character >= "\u2e80" for text in whole for character in text)
    tokens = han * 1.3 + (characters - han) / 3
    cues = math.ceil(han / _CHARACTERS + (characters - han) / (3 * _CHARACTERS))
    requests = math.ceil(cues / USUAL)
    sections = cues // SECTION
    sent = _AGAIN * (requests * _SYSTEM + cues * _LINE + 1.5 * tokens) + sections * 120 + tokens
    answered = _AGAIN * cues * _ANSWER + sections * 50
    seconds = _SECONDS * (_AGAIN * requests + sections)
    dollars = (sent * prices.sent + answered * prices.answered) / 1e6 if prices else None
    return Estimate(characters, int(sent), int(answered), seconds, dollars)


def prices_of(text: str | None) -> TokenPrices | None:
    """The prices that `--token-prices IN,OUT` gives, None where it is left out.

    Raises:
        UsageError: they are no two numbers.
    """
    if text is None:
        return None
    try:
        sent, answered = (float(part) for part in text.split(","))
    except ValueError:
        raise UsageError(f"{text!r} is no two prices; write IN,OUT in dollars, such as 0.15,0.60") from None
    if not (0 <= sent < math.inf and 0 <= answered < math.inf):
        raise UsageError(f"{text!r} is no two prices; write IN,OUT in dollars, such as 0.15,0.60")
    return TokenPrices(sent, answered)
