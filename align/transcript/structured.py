"""Transcripts that programs write for programs: JSON, TTML and other XML."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias
from xml.etree import ElementTree

from align.core.errors import InputError
from align.transcript.lines import TRANSLATION, Line
from align.transcript.subtitles import TextCue, lines_of
from align.transcript.tables import speaker_name

_TEXT_KEYS_TEXT = """
    text content transcript sentence utterance caption display onebest body line shown word words
    utf8 value message punctuated_word transcription speech
"""
_TEXT_KEYS = tuple(_TEXT_KEYS_TEXT.split())
_TIME_KEYS_TEXT = """
    start from begin startTime start_time bg tStartMs startMs start_ms timestamp time offset
    startTimeOffset begin_time offsets timestamps startTimeInSeconds ts end start_timestamp
    starttime offsetInTicks beginTime StartTime BeginTime Start
"""
_TIME_KEYS = tuple(_TIME_KEYS_TEXT.split())
_END_KEYS = ("end", "to", "endTime", "end_time", "ed", "endMs", "end_ms", "endTimeOffset", "EndTime", "End")
_SPEAKER_KEYS_TEXT = """
    speaker_name speakerName speaker speaker_label speakerLabel speaker_id speakerId spk speakerTag
    speaker_tag channelTag role user userName participant name SpeakerId Speaker who
"""
_SPEAKER_KEYS = tuple(_SPEAKER_KEYS_TEXT.split())
_NESTED = ("segs", "elements", "alternatives", "nBest", "sentences", "words", "chunks")
"""Lists of which the text of an entry may be made, where it has none itself."""
_ABOUT = ("data", "metadata", "attributes", "attrs")
"""Objects in which an entry may have its speaker."""
_DEEPEST = 12
_INSIDE = 0.01
"""Seconds behind the start of a word without an end at which its speaker is looked up."""
_ALIKE = 80
"""Characters at the start by which the same text in two lists is known."""


def read_json(text: str, path: Path) -> list[Line]:
    """The lines of a transcript in JSON or JSON lines, as recognisers and video sites write it.

    It is the list nearest to the top whose entries have a text, and a time or a speaker.

    Raises:
        InputError: it is damaged, or holds no such list.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        try:
            document = [json.loads(line) for line in text.splitlines() if line.strip()]
        except (ValueError, RecursionError):
            raise InputError(
                path, f"is damaged JSON ({error}); save it again in the program that made it"
            ) from error
    entries = _best_list(document)
    if not entries:
        raise InputError(
            path,
            "is JSON without the segments of a transcript, which have a text and a start or a speaker; "
            "give the transcript as text or subtitles",
        )
    entries = _with_speakers(document, entries)
    cues = []
    for number, (entry, speaker) in enumerate(entries, 1):
        words = _text_of(entry)
        start, end = _time_of(entry, _TIME_KEYS), _time_of(entry, _END_KEYS)
        if not any(key in entry for key in _TIME_KEYS):
            start = float(number)  # which keeps the entries apart
        cues.append(
            TextCue(
                number,
                tuple(line.strip() for line in html.unescape(words).split("\n") if line.strip()),
                (start, max(start, end)),
                speaker,
            )
        )
    if not any(cue.speaker for cue in cues):
        cues = [TextCue(cue.number, cue.lines, cue.span) for cue in cues]
    return lines_of(_joined_words(cues, [entry for entry, _ in entries]))


_Entry: TypeAlias = "tuple[Mapping[str, Any], str | None]"
"""An entry of a list, and the speaker of it or of what it is in."""


def _best_list(document: object) -> list[_Entry]:
    """The entries of the lists with the most text; of such lists the one with speakers, or the outer."""
    paths: dict[tuple[str, ...], list[_Entry]] = {}

    def collect(node: object, path: tuple[str, ...], speaker: str | None) -> None:
        if len(path) > _DEEPEST:
            return
        if isinstance(node, dict):
            for name, child in node.items():
                collect(child, (*path, name), speaker)
        elif isinstance(node, list):
            for child in node:
                if isinstance(child, dict):
                    if path[-1:] == ("words",) and isinstance(child.get("name"), str) and not _text_of(child):
                        child["word"] = child.pop("name")
                    own = _speaker_of(child)
                    paths.setdefault(path, []).append((child, speaker if own is None else own))
                    collect(child, path, speaker if own is None else own)
                elif isinstance(child, list):
                    collect(child, (*path, "[]"), speaker)

    collect(document, (), None)
    paths = _with_siblings(paths)
    good = {path: kept for path, entries in paths.items() if (kept := _segments(entries))}
    lengths = {path: sum(len(_text_of(entry)) for entry, _ in entries) for path, entries in good.items()}
    longest = max(lengths.values(), default=0)
    enough = [path for path, length in lengths.items() if length >= 0.8 * longest]
    named = [path for path in enough if any(speaker for _, speaker in good[path])]
    if not enough:
        return []
    best = good[min(named or enough, key=lambda path: (len(path), -lengths[path]))]
    again: list[_Entry] = [(entry, speaker) for entry, speaker in best if speaker]
    first = " ".join(_text_of(entry) for entry, speaker in best if not speaker)
    second = " ".join(_text_of(entry) for entry, _ in again)
    is_twice = second[:_ALIKE] == first[:_ALIKE] and abs(len(second) - len(first)) <= 0.05 * len(second)
    return again if second and is_twice else best


def _with_siblings(paths: Mapping[tuple[str, ...], list[_Entry]]) -> dict[tuple[str, ...], list[_Entry]]:
    """Lists side by side, with entries of the same keys and without times, as one: remarks and questions."""
    first: dict[tuple[tuple[str, ...], frozenset[str]], tuple[str, ...]] = {}
    joined: dict[tuple[str, ...], list[_Entry]] = {}
    for path, entries in paths.items():
        keys = frozenset(key for entry, _ in entries for key in entry)
        is_timed = bool(keys & {*_TIME_KEYS, *_END_KEYS})
        home = path if is_timed else first.setdefault((path[:-1], keys), path)
        joined.setdefault(home, []).extend(entries)
    return joined


def _segments(entries: Sequence[_Entry]) -> list[_Entry]:
    good = [(entry, speaker) for entry, speaker in entries if _text_of(entry).strip()]
    known = sum(
        speaker is not None or any(key in entry for key in (*_TIME_KEYS, *_NESTED)) for entry, speaker in good
    )
    return good if good and known >= 0.8 * len(good) and len(good) >= 0.5 * len(entries) else []


def _with_speakers(document: object, entries: Sequence[_Entry]) -> list[_Entry]:
    """The entries with the speakers of another list, which has times and no text."""
    spans: list[tuple[float, float, str]] = []

    def collect(node: object, depth: int) -> None:
        inner = node if isinstance(node, list) else node.values() if isinstance(node, dict) else ()
        for child in inner if depth < _DEEPEST else ():
            collect(child, depth + 1)
            if isinstance(node, list) and isinstance(child, dict) and not _text_of(child):
                start, name = _time_of(child, _TIME_KEYS), _speaker_of(child)
                end = max(_time_of(child, _END_KEYS), start + _time_of(child, ("duration",)))
                spans.extend([(start, end, name)] if name and end > start else [])

    if not any(speaker for _, speaker in entries):
        collect(document, 0)
    if not spans:
        return list(entries)
    named: list[_Entry] = []
    for entry, speaker in entries:
        start = _time_of(entry, _TIME_KEYS)
        place = max(start + _INSIDE, (start + _time_of(entry, _END_KEYS)) / 2)
        owner = min(spans, key=lambda span: max(span[0] - place, place - span[1], 0.0))
        last = named[-1][1] if named else speaker
        named.append((entry, owner[2] if any(key in entry for key in _TIME_KEYS) else last))
    return named


def _text_of(entry: Mapping[str, Any]) -> str:
    if entry.get("type") == "tag":
        return ""
    for key in _TEXT_KEYS:
        value = entry.get(key, entry.get(key.capitalize()))
        if isinstance(value, str):
            return value
        if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
            return "\n".join(value)
        if isinstance(value, dict) and isinstance(value.get("text", value.get("content")), str):
            return str(value.get("text", value.get("content")))
    for key, value in entry.items():
        if isinstance(value, str) and key.casefold().endswith("text"):
            return value
    for key in _NESTED:
        inner = entry.get(key)
        if isinstance(inner, list) and inner and all(isinstance(each, dict) for each in inner):
            texts = [_text_of(each) for each in inner]
            if key in ("alternatives", "nBest"):
                return texts[0]
            spaced = key in ("words", "sentences") and not any(text[:1].isspace() for text in texts)
            return (" " if spaced and any(text.isascii() for text in texts) else "").join(texts)
    return ""


def _speaker_of(entry: Mapping[str, Any]) -> str | None:
    """The speaker of an entry: "" for one that is not known, None where it has no place for one."""
    for key in (*_SPEAKER_KEYS, *(key for key in entry if key.casefold().startswith("speaker"))):
        if key in entry:
            value = entry[key]
            if isinstance(value, dict):
                value = value.get("name", value.get("id", value.get("@id")))
            if value is None:
                return ""
            if isinstance(value, (str, int)) and not isinstance(value, bool):
                return speaker_name(str(value).strip())
    inner = next((entry[key] for key in _ABOUT if isinstance(entry.get(key), dict)), None)
    return _speaker_of(inner) if inner else None


def _time_of(entry: Mapping[str, Any], keys: Sequence[str]) -> float:
    for key in keys:
        value = entry.get(key)
        if isinstance(value, dict):
            value = next(iter(value.values()), 0.0)
        try:
            if isinstance(value, (int, float, str)) and not isinstance(value, bool):
                return max(0.0, float(str(value).rstrip("s")))
        except ValueError:
            continue
    return 0.0


def _joined_words(cues: Sequence[TextCue], entries: Sequence[Mapping[str, Any]]) -> list[TextCue]:
    """Entries of single words as one cue a turn or speaker, since a word is no line."""
    short = sum(
        len(line.split()) <= 1 and len(line) <= (24 if line.isascii() else 4)
        for cue in cues
        for line in cue.lines
    )
    if len(cues) < 4 or short < 0.9 * len(cues):
        return list(cues)
    joined: list[TextCue] = []
    turn: object = None
    for cue, entry in zip(cues, entries, strict=True):
        shown = str(entry.get("shown") or _text_of(entry))
        text = shown if "shown" in entry else shown.strip()
        if joined and joined[-1].speaker == cue.speaker and entry.get("turn") == turn:
            last = joined[-1].lines[0]
            tight = "shown" in entry or not text[:1].isalnum() or not (last[-1:] + text[:1]).isascii()
            joined[-1] = TextCue(
                joined[-1].number, (last + text if tight else f"{last} {text}",), joined[-1].span, cue.speaker
            )
        elif text.strip():
            joined.append(TextCue(len(joined) + 1, (text,), cue.span, cue.speaker))
        turn = entry.get("turn")
    return [TextCue(cue.number, (" ".join(cue.lines[0].split()),), cue.span, cue.speaker) for cue in joined]


_OTHER_LANGUAGE = ("x-translation", "x-roman")
"""Roles of a TTML span that says a line again, in another language or in Latin letters."""


def is_xml(text: str) -> bool:
    """Whether it begins as XML does, and not as a web page."""
    return re.match(r"\s*<(?:\?xml|tt[ :>]|transcript[ >]|timedtext[ >])", text) is not None


def read_xml(text: str, path: Path) -> list[Line]:
    """The lines of TTML (also DFXP and IMSC), and of the XML in which YouTube has captions.

    Raises:
        InputError: it is damaged, has entities of its own, or is other XML.
    """
    if "<!ENTITY" in text:
        raise InputError(path, "is XML with entities of its own, which are not read; save it as SRT or VTT")
    try:
        root = ElementTree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except ElementTree.ParseError as error:
        raise InputError(
            path, f"is damaged XML ({error}); save it again in the program that made it"
        ) from error
    name = _local(root.tag)
    if name not in ("tt", "transcript", "timedtext"):
        raise InputError(
            path, f"is XML of another kind (<{name}>), and TTML is read; export it as TTML, SRT or plain text"
        )
    agents = {
        _attribute(agent, "id"): " ".join("".join(agent.itertext()).split())
        for agent in root.iter()
        if _local(agent.tag) == "agent"
    }
    cues = []
    for number, element in enumerate((each for each in root.iter() if _local(each.tag) in ("p", "text")), 1):
        lines = _ttml_lines("".join(_ttml_text(element)))
        start = _clock(
            _attribute(element, "begin") or _attribute(element, "start") or _attribute(element, "t")
        )
        end = _clock(_attribute(element, "end")) or start
        agent = next((each for node in element.iter() if (each := _attribute(node, "agent"))), "")
        speaker = agents.get(agent, agent) if agents else None
        if lines:
            cues.append(TextCue(number, lines, (start, end), speaker, _attribute(element, "lang")))
        for other in (each for each in element.iter() if _attribute(each, "role") in _OTHER_LANGUAGE):
            again = _ttml_lines("".join(_ttml_text(other)))
            cues.append(TextCue(number, again, (start, end), speaker, excluded=TRANSLATION))
    return lines_of(cues)


def _ttml_lines(content: str) -> tuple[str, ...]:
    return tuple(text for line in html.unescape(content).split("\n") if (text := " ".join(line.split())))


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _attribute(element: ElementTree.Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if _local(key) == name), "")


def _ttml_text(element: ElementTree.Element) -> Iterator[str]:
    """The text of an element, with a newline for each br; line ends of the file are blanks."""
    yield (element.text or "").replace("\n", " ")
    for child in element:
        if _local(child.tag) == "br":
            yield "\n"
        elif (
            _local(child.tag) not in ("metadata", "agent")
            and _attribute(child, "role") not in _OTHER_LANGUAGE
        ):
            yield from _ttml_text(child)
        yield (child.tail or "").replace("\n", " ")


def _clock(written: str) -> float:
    """Seconds of a time in TTML, 0 for one in frames or ticks; only its order matters."""
    parts = re.findall(r"\d+(?:\.\d+)?", written)
    if ":" not in written:
        return float(parts[0]) if parts else 0.0
    seconds = 0.0
    for part in parts[:3]:
        seconds = seconds * 60 + float(part)
    return seconds
