"""Ways to say a number in English, in words of the dictionary."""

from __future__ import annotations

_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["oh", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_THOUSANDS = ("", "thousand", "million", "billion", "trillion")
_LONGEST = 3 * len(_THOUSANDS)
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip


def cardinals(digits: str) -> list[str]:
    """A quantity: "one hundred one", "one hundred and one"; digit by digit where it is too long."""
    if len(digits) > _LONGEST:
        return by_digit(digits)
    return list(dict.fromkeys([_cardinal(int(digits)), _cardinal(int(digits), " and ")]))


def by_digit(digits: str) -> list[str]:
    """Digit by digit, with oh and with zero."""
    words = [_ONES[int(digit)] for digit in digits]
    ways = [" ".join("oh" if word == "zero" else word for word in words), " ".join(words)]
    return list(dict.fromkeys(ways if len(digits) > 1 else ways[::-1]))


def in_pairs(digits: str) -> list[str]:
    """Three or four digits in pairs: "twenty twenty one", "nineteen oh five", "seven forty seven".

    [] where nobody says them so: other lengths, a leading zero, and 2000 and the like.
    """
    if len(digits) not in (3, 4) or digits[0] == "0":
        return []
    high, low = int(digits[:-2]), int(digits[-2:])
    if low == 0:
        return [f"{_cardinal(high)} hundred"] if high % 10 else []
    return [f"{_cardinal(high)} {_cardinal(low) if low > 9 else 'oh ' + _ONES[low]}"]


def ordinal(digits: str) -> str:
    """21 is "twenty first"; what is no quantity is returned unchanged."""
    if not digits.isdigit() or len(digits) > _LONGEST:
        return digits
    *words, last = _cardinal(int(digits)).split(" ")
    suffixed = _ORDINALS.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th")
    return " ".join([*words, suffixed])


def _cardinal(value: int, before_tens: str = " ") -> str:
    if value < 20:
        return _ONES[value]
    if value < 100:
        tens, ones = divmod(value, 10)
        return _TENS[tens] + (f" {_ONES[ones]}" if ones else "")
    if value < 1_000:
        high, rest = divmod(value, 100)
        words, link = f"{_ONES[high]} hundred", before_tens
    else:
        power = (len(str(value)) - 1) // 3
        high, rest = divmod(value, 1_000**power)
        words = f"{_cardinal(high, before_tens)} {_THOUSANDS[power]}"
        link = before_tens if rest < 100 else " "
    return words + (link + _cardinal(rest, before_tens) if rest else "")
