"""What a translation service costs, estimated before anything is sent: text, tokens, money, time.

Another model's tokens cannot be counted here; these are upper bounds from what the requests contain. Lines in
the translation memory cost nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from align.core.errors import UsageError
from align.translate.parameters import DEFAULTS

_CUE_CHARACTERS = 9
"""Han characters of a cue, a low estimate; in other scripts three times as many."""
_SYSTEM_TOKENS = 330
"""Of the instructions at the beginning of every request."""
_LINE_TOKENS = 24
"""Around each line of a request: its number, length and speaker."""
_ANSWER_TOKENS = 28
"""Of one line of an answer."""
_RETRY_FACTOR = 1.5
"""Including requests for lines with a fault, one each."""
_REQUEST_SECONDS = 4.0
"""That a hosted model takes for one request."""


@dataclass(frozen=True, slots=True)
class TokenPrices:
    """Dollars per million tokens."""

    sent: float
    answered: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """Approximate upper bounds of what a translation takes.

    Attributes:
        characters: of the text that is sent.
        sent, answered: tokens.
        seconds: of waiting.
        dollars: None if the prices are unknown.
    """

    characters: int
    sent: int
    answered: int
    seconds: float
    dollars: float | None

    @property
    def message(self) -> str:
        """A sentence for the user."""
        money = (
            "at an unknown price (give it with --token-prices IN,OUT)"
            if self.dollars is None
            else f"about {self.dollars:,.2f} dollars"
        )
        minutes = max(1, math.ceil(self.seconds / 60))
        return (
            f"{self.characters:,} characters, at most about {self.sent:,} tokens sent and {self.answered:,} "
            f"received, {money}; about {minutes} min. Lines translated before are not sent again."
        )


def estimate(texts: Iterable[str], prices: TokenPrices | None) -> Estimate:
    """What the translation of texts takes."""
    text = "".join(texts)
    characters = len(text)
    han = sum(character >= "\u2e80" for character in text)
    tokens = han * 1.3 + (characters - han) / 3
    cues = math.ceil(han / _CUE_CHARACTERS + (characters - han) / (3 * _CUE_CHARACTERS))
    requests = math.ceil(cues / DEFAULTS.target_batch)
    summaries = cues // DEFAULTS.summary_cues
    sent = _RETRY_FACTOR * (requests * _SYSTEM_TOKENS + cues * _LINE_TOKENS + 1.5 * tokens)
    sent += summaries * 120 + tokens
    answered = _RETRY_FACTOR * cues * _ANSWER_TOKENS + summaries * 50
    seconds = _REQUEST_SECONDS * (_RETRY_FACTOR * requests + summaries)
    dollars = (sent * prices.sent + answered * prices.answered) / 1e6 if prices else None
    return Estimate(characters, int(sent), int(answered), seconds, dollars)


def prices_of(text: str | None) -> TokenPrices | None:
    """The prices of `--token-prices IN,OUT`, None if it was not given.

    Raises:
        UsageError: not two numbers.
    """
    if text is None:
        return None
    try:
        sent, answered = (float(part) for part in text.split(","))
        if not (0 <= sent < math.inf and 0 <= answered < math.inf):
            raise ValueError
    except ValueError:
        raise UsageError(f"{text!r} is not two prices; write IN,OUT in dollars, such as 0.15,0.60") from None
    return TokenPrices(sent, answered)
