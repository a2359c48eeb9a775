"""Times that transcription services write into the text: found and taken out.

A time in brackets goes wherever it stands: [00:12:33], (12:33), 【1:02:03】, [00:00.000 --> 00:03.200].
A bare h:mm:ss goes at the beginning or at the end of a paragraph. A bare mm:ss could be a time of day
("10:30 我们开会"): it goes from the beginning, or from behind a name, only when a third of all paragraphs
have one there and the times go forward.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from align.transcript.speaker_names import is_name, tidy_name

_SHORT = r"\d{1,3}[:：]\d{2}"
_LONG = r"\d{1,3}[:：]\d{2}[:：]\d{2}(?:[.,]\d{1,3})?"
_ANY = rf"(?:{_LONG}|{_SHORT}(?:[.,]\d{{1,3}})?)"
_TO = rf"(?:\s*(?:-->|->|[-–—~～至到])\s*{_ANY})?"
BRACKETED = rf"[\[(（【<〈]\s*{_ANY}{_TO}\s*[\])）】>〉]"
LONG = rf"(?<![\d:：]){_LONG}{_TO}(?![\d:：])"
SHORT = rf"(?<![\d:：]){_SHORT}(?![\d:：.,]\d)"

_BRACKETED = re.compile(BRACKETED)
_EDGE_LONG = re.compile(rf"^\s*{LONG}\s*|\s*{LONG}\s*$")
_EDGE_SHORT = re.compile(rf"^\s*{SHORT}(?=\s|$)")
_LABEL_SHORT = re.compile(
    rf"^\s*(?:(?P<name>[^:：]{{1,40}}?)\s+(?P<behind>{SHORT})\s*$|(?P<first>{SHORT})(?=\s|$))"
)
_FEWEST = 2
_SHARE = 1 / 3


def stamped(texts: Sequence[str]) -> bool:
    """Whether bare mm:ss at the beginning of paragraphs, or behind a short name there, are stamps."""
    matches = [match for match in map(_LABEL_SHORT.match, texts) if match]
    found = [
        one["first"] or one["behind"] for one in matches if one["first"] or is_name(tidy_name(one["name"]))
    ]
    seconds = [
        int(minute) * 60 + int(second) for minute, second in (re.split("[:：]", time) for time in found)
    ]
    return (
        len(found) >= max(_FEWEST, _SHARE * len(texts))
        and seconds == sorted(seconds)
        and seconds[0] < seconds[-1]
    )


def without_times(text: str, *, short: bool) -> str:
    """`text` without its time stamps; `short` says that a bare mm:ss at its beginning is one too."""
    text = _EDGE_LONG.sub("", _BRACKETED.sub(" ", text))
    return (_EDGE_SHORT.sub("", text) if short else text).strip()
