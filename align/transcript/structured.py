"""Transcripts that programs write for programs: JSON, TTML and other XML, and Praat's TextGrid."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias
from xml.etree import ElementTree

from align.core.errors import InputError
from align.transcript.lines import Line
from align.transcript.subtitles import TextCue, lines_of
from align.transcript.tables import speaker_name

_TEXT_KEYS_TEXT = """
    text content transcript sentence utterance caption display onebest body line shown word words
    utf8 value message punctuated_word transcription
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
    speaker speaker_name speakerName speaker_label speakerLabel speaker_id speakerId spk speakerTag
    speaker_tag channelTag role user userName participant name SpeakerId Speaker who
"""
_SPEAKER_KEYS = tuple(_SPEAKER_KEYS_TEXT.split())
_NESTED = ("segs", "elements", "alternatives", "nBest", "sentences", "words", "chunks")
"""Lists of which the text of an entry may be made, where it has none itself."""
_ABOUT = ("data", "metadata", "attributes", "attrs")
"""Objects in which an entry may have its speaker."""
_DEEPEST = 12


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
                    own = _speaker_of(child)
                    paths.setdefault(path, []).append((child, speaker if own is None else own))
                    collect(child, path, speaker if own is None else own)
                elif isinstance(child, list):
                    collect(child, (*path, "[]"), speaker)

    collect(document, (), None)
    good = {path: kept for path, entries in paths.items() if (kept := _segments(entries))}
    lengths = {path: sum(len(_text_of(entry)) for entry, _ in entries) for path, entries in good.items()}
    longest = max(lengths.values(), default=0)
    enough = [path for path, length in lengths.items() if length >= 0.8 * longest]
    named = [path for path in enough if any(speaker for _, speaker in good[path])]
    return good[min(named or enough, key=lambda path: (len(path), -lengths[path]))] if enough else []


def _segments(entries: Sequence[_Entry]) -> list[_Entry]:
    good = [(entry, speaker) for entry, speaker in entries if _text_of(entry).strip()]
    known = sum(
        speaker is not None or any(key in entry for key in (*_TIME_KEYS, *_NESTED)) for entry, speaker in good
    )
    return good if good and known >= 0.8 * len(good) and len(good) >= 0.5 * len(entries) else []


def _text_of(entry: Mapping[str, Any]) -> str:
    for key in _TEXT_KEYS:
        value = entry.get(key, entry.get(key.capitalize()))
        if isinstance(value, str):
            return value
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
                value = value.get("name", value.get("id"))
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
        content = "".join(_ttml_text(element))
        lines = tuple(text for line in html.unescape(content).split("\n") if (text := " ".join(line.split())))
        start = _clock(
            _attribute(element, "begin") or _attribute(element, "start") or _attribute(element, "t")
        )
        end = _clock(_attribute(element, "end")) or start
        agent = next((each for node in element.iter() if (each := _attribute(node, "agent"))), "")
        speaker = agents.get(agent, agent) if agents else None
        if lines:
            cues.append(TextCue(number, lines, (start, end), speaker, _attribute(element, "lang")))
    return lines_of(cues)


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
        elif _local(child.tag) not in ("metadata", "agent"):
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


def is_textgrid(text: str) -> bool:
    """Whether it begins as Praat's TextGrids do."""
    return "ooTextFile" in text[:200] and "TextGrid" in text[:200]


def read_textgrid(text: str, path: Path) -> list[Line]:
    """The intervals of a TextGrid by their times; phones are not read.

    Speakers are the labels of a tier "speakers", or the names of several tiers. Of tiers with sentences and
    with words, the sentences are read.

    Raises:
        InputError: it has no tier of intervals with text.
    """
    tiers = [
        (name, intervals)
        for name, intervals in _tiers(text)
        if any(label.strip() for _, _, label in intervals)
    ]
    speakers = next(
        (intervals for name, intervals in tiers if name.casefold() in ("speakers", "speaker")), ()
    )
    spoken = [
        (name, intervals)
        for name, intervals in tiers
        if not re.search(
            r"phone|phoneme|segment|syll|mismatch|pinyin|tone|speakers?$|note|comment|gloss|silence",
            name,
            re.IGNORECASE,
        )
    ]
    words = [tier for tier in spoken if re.search("word|token", tier[0], re.IGNORECASE)]
    if words and len(words) < len(spoken):
        spoken = [tier for tier in spoken if tier not in words]
    if not spoken:
        raise InputError(
            path, "is a TextGrid without a tier of words or sentences; name one of its tiers words"
        )
    named = len(spoken) > 1
    cues = []
    rows = sorted(
        (start, end, name, label)
        for name, intervals in spoken
        for start, end, label in intervals
        if label.strip()
    )
    for number, (start, end, name, label) in enumerate(rows, 1):
        middle = (start + end) / 2
        owner = next((who for begin, stop, who in speakers if begin <= middle < stop and who.strip()), None)
        speaker = owner if speakers else re.sub(r"\s*-\s*(?:words?|text)$", "", name) if named else None
        cues.append(
            TextCue(
                number, (" ".join(label.split()),), (start, end), speaker or ("" if speakers else speaker)
            )
        )
    if words and spoken == words:
        cues = _words_in_runs(cues)
    return lines_of(cues)


def _words_in_runs(cues: Sequence[TextCue]) -> list[TextCue]:
    """Words as one line a speaker."""
    runs: list[TextCue] = []
    for cue in cues:
        if runs and runs[-1].speaker == cue.speaker:
            last, word = runs[-1].lines[0], cue.lines[0]
            tight = not (last[-1] + word[0]).isascii()
            runs[-1] = TextCue(
                runs[-1].number, (last + ("" if tight else " ") + word,), runs[-1].span, cue.speaker
            )
        else:
            runs.append(cue)
    return runs


def _tiers(text: str) -> Iterator[tuple[str, list[tuple[float, float, str]]]]:
    """Name and intervals of each tier of intervals, in the long and in the short form of the file."""
    values = [
        match[1].replace('""', '"') if match[1] is not None else float(match[2])
        for match in re.finditer(r'"((?:[^"]|"")*)"|(?<![\w\[.])(-?\d+(?:\.\d+)?)(?![\w\].])', text)
    ]
    place = 0
    while place < len(values):
        if values[place] != "IntervalTier" or place + 4 >= len(values):
            place += 1
            continue
        name, count = str(values[place + 1]), values[place + 4]
        intervals: list[tuple[float, float, str]] = []
        position = place + 5
        while position + 2 < len(values) and isinstance(count, float) and len(intervals) < count:
            start, end, label = values[position : position + 3]
            if not isinstance(start, float) or not isinstance(end, float):
                break
            intervals.append((start, end, str(label)))
            position += 3
        yield name, intervals
        place = position
