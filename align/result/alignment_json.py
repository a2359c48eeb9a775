"""Write and read NAME.alignment.json, which holds the whole result.

The format is described in docs/reference/alignment-json.md and, for machines, in result.schema.json. People
edit these files by hand, so errors say in one sentence what is wrong, where, and how to fix it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from itertools import groupby
from pathlib import Path
from typing import cast

from align.core.arguments import AnyPath, fitted
from align.core.input_files import LARGEST, read_source
from align.core.json_document import Json, Node, laid_out, parse
from align.core.types import (
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
from align.result.consistency import check_apart, check_inside, check_order, check_shown
from align.result.versions import NEWEST, upgraded
from align.transcript.cleaning.apply_rules import LEVELS, SCRIPTS
from align.transcript.display_text import shown_at

VERSION = NEWEST
"""Of the document; it grows when a field is added, removed or changes its meaning."""

_FIELDS = (
    *("generator", "version", "name", "audio", "audio_digest", "duration", "transcript"),
    *("language", "second_language", "aligner", "models", "cleaning", "options", "speakers_from"),
    *("found", "covered", "notes"),
    *("names", "speaker_names", "turns", "tokens", "unowned", "overlaps", "mismatches", "phrases"),
)
_MANY = 10**9
_SPEAKERS_FROM = ("labels", "voices", "file", "none")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def dump(result: Result) -> str:
    """The result as canonical JSON: a fixed order of keys, a line for each row, times to the millisecond."""
    document: dict[str, Json] = {
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
        "options": cast("Json", result.options),
        "speakers_from": result.speakers_from,
        "found": _thousandths(result.transcript_coverage),
        "covered": _thousandths(result.speech_coverage),
        "notes": list(result.notes),
        "names": [
            {
                "voice": proposal.voice,
                "name": proposal.name,
                "score": _thousandths(proposal.score),
                "applied": proposal.applied,
                **_times(proposal.span),
                "reasons": list(proposal.reasons),
            }
            for proposal in result.name_proposals
        ],
        "speaker_names": dict(result.speaker_names),
        "turns": [
            {
                "line": turn.line,
                "speaker": turn.speaker,
                "text": turn.text,
                "unshown": [asdict(wording) for wording in turn.hidden],
                "mended": [asdict(wording) for wording in turn.corrections],
            }
            for turn in result.turns
        ],
        "tokens": _token_rows(result),
        "unowned": [_times(span) for span in result.alignment.untranscribed],
        "overlaps": [_times(span) for span in result.alignment.overlaps],
        "mismatches": [_mismatch_row(mismatch) for mismatch in result.mismatches],
        "phrases": [
            {
                **_times(phrase.span),
                "tokens": list(phrase.tokens),
                "speaker": phrase.speaker,
                "text": phrase.text,
                "translation": phrase.translation,
            }
            for phrase in result.phrases
        ],
    }
    return laid_out(document)


def load(path: AnyPath) -> Result:
    """The result that `dump` wrote.

    Raises:
        InputError: the file is missing, not JSON, of a newer version, or not a sound result.
        UsageError: `path` is not a path.
    """
    place = fitted("path", path, Path)
    return read(read_source(place, "give the path of an alignment.json", LARGEST), place)


def read(data: bytes, path: Path) -> Result:
    """The result in these bytes, also of an older version; `path` is for errors only.

    Raises:
        InputError: the bytes are not JSON, of a newer version, or not a sound result.
    """
    root = parse(data, path)
    if root["generator"].value != "align":
        raise root["generator"].wrong('is not "align"; give an alignment.json that align wrote')
    version = root["version"].whole(_MANY, lowest=1)
    if version > VERSION:
        raise root["version"].wrong(
            f"is {version}, and this align reads versions up to {VERSION}; use a newer align"
        )
    fields = {name: node.value for name, node in root.members()}
    return _result(replace(root, value=upgraded(fields, version)))


def _token_rows(result: Result) -> list[Json]:
    rows: list[Json] = []
    for turn, group in groupby(result.alignment.tokens, key=lambda timed: timed.token.turn):
        tokens = list(group)
        places = shown_at(result.turns[turn], [timed.token for timed in tokens])
        rows += [
            {
                "turn": turn,
                "at": timed.token.start,
                "shown": shown,
                "text": timed.token.text,
                "sound": timed.token.sound,
                **_times(timed.span),
                "score": _thousandths(timed.score),
                "speaker": timed.speaker,
            }
            for timed, shown in zip(tokens, places, strict=True)
        ]
    return rows


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
        "alternatives": list(mismatch.alternatives),
        "alternative_score": _thousandths(mismatch.alternative_score),
    }


def _times(span: Span | None) -> dict[str, Json]:
    if span is None:
        return {"start": None, "end": None}
    return {"start": _thousandths(span.start), "end": _thousandths(span.end)}


def _thousandths(number: float) -> float:
    """Rounded to three decimals; adding 0.0 turns -0.0 into 0.0."""
    return round(float(number), 3) + 0.0


def _result(root: Node) -> Result:
    root.only(*_FIELDS)
    turns = tuple(_turn(node) for node in root["turns"].items())
    tokens = tuple(_token(node, turns) for node in root["tokens"].items())
    mismatches = tuple(_mismatch(node, len(tokens)) for node in root["mismatches"].items())
    phrases = tuple(_phrase(node, len(tokens)) for node in root["phrases"].items())
    alignment = Alignment(tokens, _spans(root["unowned"]), _spans(root["overlaps"]))
    _check_rows(root, alignment, mismatches, phrases)
    check_shown(list(root["tokens"].items()), tokens, turns)
    return Result(
        name=root["name"].text(),
        audio=root["audio"].text(),
        audio_digest=root["audio_digest"].text(),
        duration=_thousandths(root["duration"].number()),
        transcript=root["transcript"].text(),
        turns=turns,
        language=_language(root["language"]),
        second_language=_optional(root["second_language"], _language),
        aligner=root["aligner"].text(),
        models=tuple((name, node.text()) for name, node in root["models"].members()),
        options={name: node.value for name, node in root["options"].members()},
        speakers_from=root["speakers_from"].choice(_SPEAKERS_FROM),
        transcript_coverage=_score(root["found"]),
        speech_coverage=_score(root["covered"]),
        alignment=alignment,
        mismatches=mismatches,
        phrases=phrases,
        notes=tuple(node.text() for node in root["notes"].items()),
        clean=root["cleaning"].only("level", "script", "glossary")["level"].choice(LEVELS),
        script=root["cleaning"]["script"].choice(SCRIPTS),
        glossary=_optional(root["cleaning"]["glossary"], Node.text),
        name_proposals=tuple(_name(node) for node in root["names"].items()),
        speaker_names=tuple((label, node.text()) for label, node in root["speaker_names"].members()),
    )


def _check_rows(
    root: Node, alignment: Alignment, mismatches: tuple[Mismatch, ...], phrases: tuple[Phrase, ...]
) -> None:
    """Refuse rows that are out of order, overlap, or lie outside the recording."""
    spans: dict[str, Iterable[Span | None]] = {
        "tokens": [timed.span for timed in alignment.tokens],
        "phrases": [phrase.span for phrase in phrases],
        "unowned": alignment.untranscribed,
        "mismatches": [mismatch.span for mismatch in mismatches],
        "overlaps": alignment.overlaps,
    }
    for field, times in spans.items():
        rows = [(row, span) for row, span in zip(root[field].items(), times, strict=True) if span]
        if field != "overlaps":
            check_inside(root["duration"], rows)
        (check_order if field == "mismatches" else check_apart)(rows)


def _turn(node: Node) -> Turn:
    node.only("line", "speaker", "text", "unshown", "mended")
    speaker, text = _optional(node["speaker"], Node.text), node["text"].text()
    unshown = _wordings(node["unshown"], len(text))
    turn = Turn(speaker, text, node["line"].whole(_MANY, lowest=1), unshown)
    return replace(turn, corrections=_wordings(node["mended"], len(turn.spoken)))


def _wordings(node: Node, length: int) -> tuple[Wording, ...]:
    """Other words for stretches of a text of `length` characters, in order and apart."""
    found: list[Wording] = []
    for row in node.items():
        row.only("start", "end", "text")
        start = row["start"].whole(length, lowest=found[-1].end if found else 0)
        found.append(Wording(start, row["end"].whole(length, lowest=start), row["text"].text()))
    return tuple(found)


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
        Token(text, node["sound"].text(), turn, start, end), span, _score(node["score"]), speaker
    )


def _name(node: Node) -> NameProposal:
    node.only("voice", "name", "score", "applied", "start", "end", "reasons")
    return NameProposal(
        voice=node["voice"].text(),
        name=node["name"].text(),
        score=_score(node["score"]),
        applied=node["applied"].flag(),
        span=_span(node),
        reasons=tuple(reason.text() for reason in node["reasons"].items()),
    )


def _spans(node: Node) -> tuple[Span, ...]:
    return tuple(_span(row.only("start", "end")) for row in node.items())


def _mismatch(node: Node, tokens: int) -> Mismatch:
    node.only(
        *("kind", "severity", "start", "end", "tokens", "written", "heard", "score", "reasons"),
        *("alternatives", "alternative_score"),
    )
    return Mismatch(
        kind=MismatchKind(node["kind"].choice(tuple(kind.value for kind in MismatchKind))),
        span=_span(node),
        tokens=_range(node["tokens"], tokens),
        written=node["written"].text(),
        heard=node["heard"].text(),
        severity=Severity(node["severity"].choice(tuple(severity.value for severity in Severity))),
        score=_score(node["score"]),
        reasons=tuple(reason.text() for reason in node["reasons"].items()),
        alternatives=tuple(alternative.text() for alternative in node["alternatives"].items()),
        alternative_score=_score(node["alternative_score"]),
    )


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
            f"is {end:.12g}, before its start at {start:.12g}; write a time that is not before it"
        )
    return Span(_thousandths(start), _thousandths(end))


def _score(node: Node) -> float:
    """A share or a score, with as many decimals as are written."""
    return _thousandths(node.number(1))


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
