"""Stage directions: notes in brackets on what is heard or done, on a line of their own or inside one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from align.pronounce.sound_key import HAN
from align.transcript.lines import Line

_HAN = re.compile(f"[{HAN}]")
_SOUNDS_IN_HAN = (
    "笑|掌声|掌聲|鼓掌|欢呼|歡呼|音乐|音樂|听不清|聽不清|听不见|无法辨认|静音|靜音|停顿|停頓|沉默|"
    "叹气|嘆氣|咳|哭|哽咽"
    "|噪音|噪声|铃声|鈴聲|背景音|杂音|雜音|插话|口哨|尖叫|打断|打斷|片头|片尾|片頭|间奏|歌声|唱|"
    "鸣笛|众人|眾人|全场|起立|点头"
)
_SOUNDS_IN_LATIN = (
    r"laugh\w*|chuckl\w*|giggl\w*|snicker\w*|applaus\w*|applaud\w*|clap\w*|cheer\w*|music\w*"
    r"|inaudible|unintelligible"
    r"|indistinct|indecipherable|crosstalk|cross-?talk|overlapping|silence|pause[sd]?|cough\w*"
    r"|sigh\w*|gasp\w*|sniff\w*|sob\w*"
    r"|cry(?:ing)?|groan\w*|scoff\w*|whisper\w*|clears? throat|throat clearing|noises?|beep\w*"
    r"|bleep\w*|rings?|ringing|static"
    r"|blank_audio|no audio|audio (?:cuts?|drops?|gap)\w*|background\b.*|phonetic|ph|sic"
    r"|singing|sings|hums|humming|whistl\w*|buzz\w*"
    r"|speak\w* (?:in )?(?:foreign|chinese|mandarin|cantonese|spanish|french|japanese|german"
    r"|native)\b.*|foreign(?: language)?"
)
_SOUND = re.compile(
    rf"{_SOUNDS_IN_HAN}|\b(?:{_SOUNDS_IN_LATIN})\b|^(?:end|music|♪+|\?+|…+|\.{{3,}}|x{{2,}}|_+|-+)$",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"\[(?P<a>[^\[\]\n]{1,40})\]|\((?P<b>[^()\n]{1,40})\)|（(?P<c>[^（）\n]{1,24})）"
    r"|【(?P<d>[^【】\n]{1,24})】"
    r"|\*(?P<e>[^*\n]{1,30})\*|〔(?P<f>[^〔〕\n]{1,24})〕|<(?P<g>[^<>\n]{1,30})>"
    r"|［(?P<h>[^［］\n]{1,24})］|♪+|♫+|🎵+|🎶+"
)
_WHOLE = re.compile(
    r"[\s>-]*(?:\[[^\[\]\n]{1,80}\]|\([^()\n]{1,80}\)|（[^（）\n]{1,60}）|【[^【】\n]{1,60}】"
    r"|〔[^〔〕\n]{1,60}〕|［[^［］\n]{1,60}］"
    r"|\*[^*\n]{1,60}\*|<[^<>\n]{1,40}>)[\s.。:：]*"
)
_MANY_BRACKETED, _MANY_ROUND = 0.2, 0.05
"""Share of the lines in brackets above which brackets mark speech, as of a voice off screen or a choir."""
_AGAIN = 5
"""How often a line in brackets must come for it to be a note, whatever it says."""
_SENTENCE_BEFORE = re.compile(r"(?:^|[.?!…:;,—-][\"'”’)\]]*)\s*$")
_SENTENCE_BEHIND = re.compile(r"[.?!…,;]*\s*(?:$|[\"“'‘(\[]?[A-Z])")


def whole_directions(lines: Sequence[Line]) -> set[int]:
    """Indices of the lines that are nothing but a note in brackets, such as [掌声] or (applause).

    Brackets may also mark speech, as of a voice off screen. A kind of bracket marks notes where it is rare,
    or where most lines in it name a sound or come again and again.
    """
    bracketed = {
        index: _inner(line.text)
        for index, line in enumerate(lines)
        if _WHOLE.fullmatch(line.text) and any(map(str.isalpha, line.text))
    }
    counts = Counter(inner.casefold() for inner in bracketed.values())
    known = {
        index
        for index, inner in bracketed.items()
        if _SOUND.search(inner) or counts[inner.casefold()] >= _AGAIN
    }
    round_ones = {
        index
        for index in bracketed
        if lines[index].text.lstrip(" >-")[:1] in "(（" and not lines[index].text.isupper()
    }
    found = set(known)
    for kind, rare in (
        (round_ones, max(1.0, _MANY_ROUND * len(lines))),
        (bracketed.keys() - round_ones, _MANY_BRACKETED * len(lines)),
    ):
        if len(kind - known) <= rare or len(kind & known) >= max(_AGAIN, 0.5 * len(kind)):
            found |= kind
    return found


def note_brackets(lines: Sequence[Line], directions: Collection[int]) -> frozenset[str]:
    """The opening brackets that mark notes in a text, by the lines that are nothing but a note."""
    counts = Counter(lines[index].text.lstrip(" >-")[:1] for index in directions)
    return frozenset(bracket for bracket, count in counts.items() if bracket and count >= _AGAIN)


def _inner(text: str) -> str:
    return re.sub(r"^[\W_]+|[\W_]+$", "", text)


def is_sound(text: str) -> bool:
    """Whether a few words name a sound or an event, such as laughter or 掌声."""
    return _SOUND.search(text.strip()) is not None


def directions_in(text: str, notes: Collection[str] = ()) -> Iterator[tuple[int, int]]:
    """Where notes such as （众人笑） or [inaudible 00:12] are in a text.

    A note names a sound; or is a word in angle brackets, such as <noise>; or is in square brackets and in
    capitals, or between two sentences; or begins the text, in brackets that mark notes in its document.

    Args:
        notes: those opening brackets.
    """
    for match in _INLINE.finditer(text):
        inner = next(filter(None, match.groups()), "")
        square = match["a"] or match["h"]
        words = len(inner.split()) if not _HAN.search(inner) else len(inner) / 3
        is_short = words <= (8 if square else 4)
        letters = sum(map(str.isalpha, inner))
        is_apart = bool(
            square
            and not inner.endswith((".", "?", "!"))
            and _SENTENCE_BEFORE.search(text, 0, match.start())
            and _SENTENCE_BEHIND.match(text, match.end())
        )
        is_first = match[0][0] in notes and not text[: match.start()].strip(" >-")
        is_tag = match["g"] is not None and inner.isalpha() and inner.islower() and f"</{inner}>" not in text
        is_capital = bool(square) and inner.isupper() and inner.isascii()
        if (
            not inner
            or is_tag
            or (is_short and (_SOUND.search(inner) or (letters > 2 and (is_capital or is_apart or is_first))))
        ):
            yield match.span()
