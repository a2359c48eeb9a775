"""What a translation service costs, estimated before anything is sent: text, tokens, money, time.

Another model's tokens cannot be counted here; these are upper bounds from what the requests contain. What is
in the translation memory costs nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from align.core.errors import UsageError
from align.translate.parameters import DEFAULTS

_CUE_CHARACTERS = 9
"""Han characters of a cue, a low estimate; in other scripts three times as many."""
_SYSTEM_TOKENS = 900
"""Of the instructions and examples at the beginning of every request."""
_SENTENCE_CUES = 2
"""Cues of a sentence, a low estimate."""
_SENTENCE_TOKENS = 24
"""Around each sentence of a request: its number, length and speaker."""
_ANSWER_TOKENS = 60
"""Of one sentence of an answer."""
_RETRY_FACTOR = 1.3
"""Including requests for sentences with a fault."""
_REQUEST_SECONDS = 4.0
"""That a hosted model takes for one request."""


def estimate(texts: Iterable[str], prices: tuple[float, float] | None) -> str:
    """A sentence for the user on what the translation of texts takes: approximate upper bounds.

    Args:
        prices: dollars per million tokens, sent and received; None if unknown.
    """
    text = "".join(texts)
    han = sum(character >= "\u2e80" for character in text)
    tokens = han * 1.3 + (len(text) - han) / 3
    cues = math.ceil(han / _CUE_CHARACTERS + (len(text) - han) / (3 * _CUE_CHARACTERS))
    sentences = math.ceil(cues / _SENTENCE_CUES)
    requests = math.ceil(sentences / DEFAULTS.request_sentences)
    sent = requests * _SYSTEM_TOKENS + sentences * _SENTENCE_TOKENS + 1.5 * tokens
    sent, received = _RETRY_FACTOR * sent, _RETRY_FACTOR * sentences * _ANSWER_TOKENS
    seconds = _REQUEST_SECONDS * _RETRY_FACTOR * requests
    money = "at an unknown price (give it with --token-prices IN,OUT)"
    if prices:
        money = f"about {(sent * prices[0] + received * prices[1]) / 1e6:,.2f} dollars"
    return (
        f"{len(text):,} characters, at most about {int(sent):,} tokens sent and {int(received):,} "
        f"received, {money}; about {max(1, math.ceil(seconds / 60))} min. What was translated before is not "
        "sent again."
    )


def prices_of(text: str | None) -> tuple[float, float] | None:
    """The prices of `--token-prices IN,OUT`, None if it was not given.

    Raises:
        UsageError: not two numbers.
    """
    if text is None:
        return None
    try:
        sent, received = (float(part) for part in text.split(","))
        if not (0 <= sent < math.inf and 0 <= received < math.inf):
            raise ValueError
    except ValueError:
        raise UsageError(f"{text!r} is not two prices; write IN,OUT in dollars, such as 0.15,0.60") from None
    return sent, received
