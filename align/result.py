"""NAME.alignment.json: the whole result, written in one canonical form and read back with care.

The format is described in docs/alignment-json.md and, for machines, in result.schema.json. People
edit these files by hand, so reading says in one sentence what is wrong, where, and how to mend it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from pathlib import Path

from align.arguments import AnyPath, fitted
from align.clean.rules import LEVELS, SCRIPTS
from align.document import Json, Node, laid_out, parse
from align.source import LARGEST, read_source
from align.transcript.shown import shown_at
from align.values import (
    Alignment,
    Mismatch,
    MismatchKind,
    NameProposal,
    Phrase,
    Result,
    Severity,
    Span,
    TimedToken,
    Token,
    Turn,
    Wording,
)

VERSION = 3
"""Of the document. It grows when a field changes its meaning, is added or goes."""

_FIELDS = (
    *("generator", "version", "name", "audio", "audio_digest", "duration", "transcript"),
    *("language", "second_language", "aligner", "models", "cleaning", "speakers_from"),
    *("found", "covered", "notes"),
    *("names", "turns", "tokens", "unowned", "overlaps", "mismatches", "phrases"),
)
_MANY = 10**9
_ROUNDED = 0.05
"""Seconds by which a last time may lie beyond the recording: a frame of the slowest video."""
_SPEAKERS_FROM = ("labels", "voices", "file", "none")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def dump(result: Result) -> str:
    """The result as canonical JSON: fixed order of keys, a line for each row, times to the millisecond.

    The same result always gives the same text.
    """
    return laid_out(_document(result))


def load(path: AnyPath) -> Result:
    """The result that `dump` wrote.

    Raises:
        InputError: the file is missing, not JSON, of another version, or not a sound result.
        UsageError: `path` is no path.
    """
    place = fitted("path", path, Path)
    return read(read_source(place, "give the path of an alignment.json", LARGEST), place)


def read(data: bytes, path: Path) -> Result:
    """The result that these bytes hold; `path` is named in errors only.

    Raises:
        InputError: the bytes are not JSON, of another version, or not a sound result.
    """
    root = parse(data, path)
    _check_version(root)
    return _result(root)


def settled(result: Result) -> Result:
    """The result as its file tells it, so that files written now and from the file later are the same."""
    return read(dump(result).encode("utf-8"), Path(f"{result.name}.alignment.json"))


# Writing


def _document(result: Result) -> dict[str, Json]:
    return {
        "generator": "align",
        "version": VERSION,
        "name": result.name,
        "audio": result.audio,
        "audio_digest": result.audio_digest,
        "duration": _thousandths(result.duration),
        "transcript": result.transcript,
        "language": result.language,
        "second_language": result.second_language,
        "aligner": result.aligner,
        "models": dict(result.models),
        "cleaning": {"level": result.clean, "script": result.script, "glossary": result.glossary},
        "speakers_from": result.speakers_from,
        "found": _thousandths(result.found),
        "covered": _thousandths(result.covered),
        "notes": list(result.notes),
        "names": [_name_row(one) for one in result.names],
        "turns": [_turn_row(turn) for turn in result.turns],
        "tokens": _token_rows(result),
        "unowned": [_times(span) for span in result.alignment.unowned],
        "overlaps": [_times(span) for span in result.alignment.overlaps],
        "mismatches": [_mismatch_row(mismatch) for mismatch in result.mismatches],
        "phrases": [_phrase_row(phrase) for phrase in result.phrases],
    }


def _name_row(one: NameProposal) -> dict[str, Json]:
    return {
        "voice": one.voice,
        "name": one.name,
        "score": _thousandths(one.score),
        "applied": one.applied,
        **_times(one.span),
        "reasons": list(one.reasons),
    }


def _turn_row(turn: Turn) -> dict[str, Json]:
    return {
        "line": turn.line,
        "speaker": turn.speaker,
        "text": turn.text,
        "unshown": [_wording_row(one) for one in turn.unshown],
        "mended": [_wording_row(one) for one in turn.mended],
    }


def _wording_row(one: Wording) -> dict[str, Json]:
    return {"start": one.start, "end": one.end, "text": one.text}


def _token_rows(result: Result) -> list[Json]:
    rows: list[Json] = []
    for turn, group in groupby(result.alignment.tokens, key=lambda timed: timed.token.turn):
        some = list(group)
        places = shown_at(result.turns[turn], [timed.token for timed in some])
        rows += [_token_row(timed, place) for timed, place in zip(some, places, strict=True)]
    return rows


def _token_row(timed: TimedToken, shown: int | None) -> dict[str, Json]:
    return {
        "turn": timed.token.turn,
        "at": timed.token.start,
        "shown": shown,
        "text": timed.token.text,
        "sound": timed.token.sound,
        **_times(timed.span),
        "score": _thousandths(timed.score),
        "speaker": timed.speaker,
    }


def _mismatch_row(mismatch: Mismatch) -> dict[str, Json]:
    return {
        "kind": mismatch.kind.value,
        "severity": mismatch.severity.value,
        **_times(mismatch.span),
        "tokens": list(mismatch.tokens),
        "written": mismatch.written,
        "heard": mismatch.heard,
        "score": _thousandths(mismatch.score),
        "reasons": list(mismatch.reasons),
    }


def _phrase_row(phrase: Phrase) -> dict[str, Json]:
    return {
        **_times(phrase.span),
        "tokens": list(phrase.tokens),
        "speaker": phrase.speaker,
        "text": phrase.text,
        "translation": phrase.translation,
    }


def _times(span: Span | None) -> dict[str, Json]:
    if span is None:
        return {"start": None, "end": None}
    return {"start": _thousandths(span.start), "end": _thousandths(span.end)}


def _thousandths(number: float) -> float:
    """Rounded to three decimals; adding 0.0 turns -0.0 into 0.0."""
    return round(float(number), 3) + 0.0


# Reading


def _check_version(root: Node) -> None:
    if root["generator"].value != "align":
        raise root["generator"].wrong('is not "align"; give an alignment.json that align wrote')
    if root["version"].value != VERSION:
        raise root["version"].wrong(
            f"is not {VERSION}, the version that this align reads; run align on the recording again"
        )


def _result(root: Node) -> Result:
    root.only(*_FIELDS)
    turns = tuple(_turn(node) for node in root["turns"].items())
    tokens = _tokens(root["tokens"], turns)
    phrases = _phrases(root["phrases"], len(tokens))
    spans = [timed.span for timed in tokens if timed.span] + [phrase.span for phrase in phrases]
    _check_inside(root["duration"], spans)
    return Result(
        name=root["name"].text(),
        audio=root["audio"].text(),
        audio_digest=root["audio_digest"].text(),
        duration=root["duration"].number(),
        transcript=root["transcript"].text(),
        turns=turns,
        language=_language(root["language"]),
        second_language=_optional(root["second_language"], _language),
        aligner=root["aligner"].text(),
        models=tuple((name, node.text()) for name, node in root["models"].members()),
        speakers_from=root["speakers_from"].choice(_SPEAKERS_FROM),
        found=root["found"].number(1),
        covered=root["covered"].number(1),
        alignment=Alignment(tokens, _spans(root["unowned"]), _spans(root["overlaps"])),
        mismatches=tuple(_mismatch(node, len(tokens)) for node in root["mismatches"].items()),
        phrases=phrases,
        notes=tuple(node.text() for node in root["notes"].items()),
        clean=root["cleaning"].only("level", "script", "glossary")["level"].choice(LEVELS),
        script=root["cleaning"]["script"].choice(SCRIPTS),
        glossary=_optional(root["cleaning"]["glossary"], Node.text),
        names=tuple(_name(node) for node in root["names"].items()),
    )


def _turn(node: Node) -> Turn:
    node.only("line", "speaker", "text", "unshown", "mended")
    speaker, text = _optional(node["speaker"], Node.text), node["text"].text()
    unshown = _wordings(node["unshown"], len(text))
    turn = Turn(speaker, text, node["line"].whole(_MANY, lowest=1), unshown)
    return replace(turn, mended=_wordings(node["mended"], len(turn.spoken)))


def _wordings(node: Node, length: int) -> tuple[Wording, ...]:
    """Other words for stretches of a text of `length` characters, in order and apart."""
    found: list[Wording] = []
    for row in node.items():
        row.only("start", "end", "text")
        start = row["start"].whole(length, lowest=found[-1].end if found else 0)
        found.append(Wording(start, row["end"].whole(length, lowest=start), row["text"].text()))
    return tuple(found)


def _tokens(node: Node, turns: tuple[Turn, ...]) -> tuple[TimedToken, ...]:
    rows = list(node.items())
    tokens = tuple(_token(row, turns) for row in rows)
    _check_shown(rows, tokens, turns)
    _check_order([(row, timed.span) for row, timed in zip(rows, tokens, strict=True) if timed.span])
    return tokens


def _token(node: Node, turns: tuple[Turn, ...]) -> TimedToken:
    node.only("turn", "at", "shown", "text", "sound", "start", "end", "score", "speaker")
    text = node["text"].text()
    turn = node["turn"].whole(len(turns) - 1)
    start = node["at"].whole(len(turns[turn].spoken))
    end = start + len(text)
    if turns[turn].spoken[start:end] != text:
        raise node["text"].wrong(
            f"is not what /turns/{turn} has at character {start}; change the transcript and align again"
        )
    span = None if node["start"].value is node["end"].value is None else _span(node)
    speaker = _optional(node["speaker"], Node.text)
    return TimedToken(
        Token(text, node["sound"].text(), turn, start, end), span, node["score"].number(1), speaker
    )


def _check_shown(rows: Sequence[Node], tokens: Sequence[TimedToken], turns: Sequence[Turn]) -> None:
    """Refuses a token that says that it is shown where it is not."""
    for turn, group in groupby(zip(rows, tokens, strict=True), key=lambda pair: pair[1].token.turn):
        pairs = list(group)
        places = shown_at(turns[turn], [timed.token for _, timed in pairs])
        for (row, _), place in zip(pairs, places, strict=True):
            if row["shown"].value != place:
                raise row["shown"].wrong(f"does not fit /turns/{turn}/unshown; write {json.dumps(place)}")


def _name(node: Node) -> NameProposal:
    node.only("voice", "name", "score", "applied", "start", "end", "reasons")
    return NameProposal(
        voice=node["voice"].text(),
        name=node["name"].text(),
        score=node["score"].number(1),
        applied=node["applied"].flag(),
        span=_span(node),
        reasons=tuple(reason.text() for reason in node["reasons"].items()),
    )


def _spans(node: Node) -> tuple[Span, ...]:
    rows = [row.only("start", "end") for row in node.items()]
    spans = tuple(_span(row) for row in rows)
    _check_order(list(zip(rows, spans, strict=True)))
    return spans


def _mismatch(node: Node, tokens: int) -> Mismatch:
    node.only("kind", "severity", "start", "end", "tokens", "written", "heard", "score", "reasons")
    return Mismatch(
        kind=MismatchKind(node["kind"].choice(tuple(kind.value for kind in MismatchKind))),
        span=_span(node),
        tokens=_range(node["tokens"], tokens),
        written=node["written"].text(),
        heard=node["heard"].text(),
        severity=Severity(node["severity"].choice(tuple(severity.value for severity in Severity))),
        score=node["score"].number(1),
        reasons=tuple(reason.text() for reason in node["reasons"].items()),
    )


def _phrases(node: Node, tokens: int) -> tuple[Phrase, ...]:
    rows = list(node.items())
    phrases = tuple(_phrase(row, tokens) for row in rows)
    _check_order([(row, phrase.span) for row, phrase in zip(rows, phrases, strict=True)])
    return phrases


def _phrase(node: Node, tokens: int) -> Phrase:
    node.only("start", "end", "tokens", "speaker", "text", "translation")
    return Phrase(
        span=_span(node),
        tokens=_range(node["tokens"], tokens),
        text=node["text"].text(),
        translation=node["translation"].text(),
        speaker=_optional(node["speaker"], Node.text),
    )


def _span(node: Node) -> Span:
    """The span of a row's `start` and `end`."""
    start, end = node["start"].number(), node["end"].number()
    if end < start:
        raise node["end"].wrong(
            f"is {end:g}, before its start at {start:g}; write a time that is not before it"
        )
    return Span(start, end)


def _check_inside(duration: Node, spans: Sequence[Span]) -> None:
    """Refuses a recording that ends before what is said in it, or shown of it, does."""
    last = max((span.end for span in spans), default=0.0)
    if last > duration.number() + _ROUNDED:
        raise duration.wrong(
            f"is {duration.number():g}, before the last token or phrase ends at {last:g}; write the "
            "length of the recording, or run align on it again"
        )


def _check_order(rows: list[tuple[Node, Span]]) -> None:
    """Refuses a row that starts before the one above it."""
    for (_, before), (node, span) in pairwise(rows):
        if span.start < before.start:
            raise node["start"].wrong(
                f"is {span.start:g}, before the row above at {before.start:g}; put the rows in order of time"
            )


def _range(node: Node, tokens: int) -> tuple[int, int]:
    """A half-open range of tokens."""
    ends = list(node.items())
    if len(ends) != 2:
        raise node.wrong(f"has {len(ends)} numbers; write the first token and the one after the last")
    first = ends[0].whole(tokens)
    return first, ends[1].whole(tokens, lowest=first)


def _language(node: Node) -> str:
    if not _LANGUAGE.fullmatch(node.text()):
        raise node.wrong('is not a language code; write one such as "zh" or "en"')
    return node.text()


def _optional(node: Node, reader: Callable[[Node], str]) -> str | None:
    return None if node.value is None else reader(node)
