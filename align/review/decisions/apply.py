"""Applying decisions to a result: text, speakers, cues, translations and resolved mismatches. Pure.

Only words that changed are realigned, and only the cues that show them are segmented again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from align.core.types import Phrase, Result
from align.pipeline.realign.cues import update_phrases
from align.pipeline.translation import job_of, update_notes
from align.review.decisions.cue_edges import with_cues, with_moved_edges
from align.review.decisions.cues import with_new_cues
from align.review.decisions.decision import (
    CueMoved,
    Decision,
    Labelled,
    Recued,
    Renamed,
    ReviewedResult,
    Translated,
    edits_of,
    settled_by,
)
from align.review.decisions.edited_transcript import RewordedText, reworded
from align.speakers.rename import with_speaker_names
from align.subtitles.options import CueOptions
from align.transcript.cleaning.glossary import EMPTY as NO_GLOSSARY
from align.transcript.cleaning.glossary import Glossary


def apply_decisions(
    result: Result,
    decisions: Sequence[Decision],
    realign: Callable[[Result, RewordedText], Result],
    options: CueOptions,
    names: Sequence[str] = (),
    glossary: Glossary = NO_GLOSSARY,
) -> Result:
    """The result after all decisions.

    Args:
        decisions: those in effect; each must fit the result.
        realign: gives the result for a changed text, without phrases; called only where words changed.
        names: texts that are never broken over two cues.
        glossary: the user's terms, which translations must have.
    """
    resolved = {mismatch for decision in decisions for mismatch in settled_by(decision)}
    entries = ReviewedResult(result).entries
    gone = {id(entries[mismatch].mismatch) for mismatch in resolved}
    prepared = replace(result, mismatches=tuple(each for each in result.mismatches if id(each) not in gone))
    prepared = with_cues(prepared, [one for one in decisions if isinstance(one, (CueMoved, Translated))])
    labels = [decision for decision in decisions if isinstance(decision, Labelled)]
    prepared = done = with_labels(prepared, labels)
    edits = edits_of(decisions)
    if edits or labels:
        placed, origin = prepared, tuple[int | None, ...](range(len(prepared.alignment.tokens)))
        if edits:
            text = reworded(prepared.turns, prepared.alignment.tokens, edits)
            placed, origin = realign(prepared, text), text.origin
        translations = {phrase.text: phrase.translation for phrase in reversed(prepared.phrases)}
        phrases = tuple(
            phrase if phrase.translation else replace(phrase, translation=translations.get(phrase.text, ""))
            for phrase in update_phrases(prepared, placed, origin, options, names)
        )
        job = job_of(prepared, glossary, options)
        notes = update_notes(prepared.notes, prepared.phrases, phrases, job)
        kept = {(phrase.text, phrase.span) for phrase in phrases}
        moved = {phrase.tokens for phrase in prepared.phrases if (phrase.text, phrase.span) not in kept}
        moves = [one for one in decisions if isinstance(one, CueMoved) and one.tokens in moved]
        done = replace(placed, phrases=with_moved_edges(phrases, moves, result), notes=notes)
    done = with_new_cues(done, result, decisions)
    return with_names(done, {one.old: one.new for one in decisions if isinstance(one, Renamed)})


def outdated_translations(result: Result, decisions: Sequence[Decision]) -> tuple[Phrase, ...]:
    """The phrases whose translation is of words that the decisions change."""
    translated = {decision.tokens for decision in decisions if isinstance(decision, Translated)}
    recued = [decision.tokens for decision in decisions if isinstance(decision, Recued)]
    ends = [phrase.tokens[1] for phrase in result.phrases]
    outdated: set[int] = set()
    for edit in edits_of(decisions):
        k = bisect_left(ends, edit.first)
        place = edit.first - edit.behind
        while k < len(ends) and result.phrases[k].tokens[0] <= edit.end:
            first, end = result.phrases[k].tokens
            if (edit.first < end and first < edit.end) if edit.first < edit.end else first <= place < end:
                outdated.add(k)
            k += 1
    phrases = (result.phrases[k] for k in sorted(outdated))
    return tuple(
        phrase
        for phrase in phrases
        if phrase.translation
        and phrase.tokens not in translated
        and not any(first <= phrase.tokens[0] < end for first, end in recued)
    )


# Speakers


def with_labels(result: Result, labels: Iterable[Labelled]) -> Result:
    """The result with new speakers for ranges of tokens, and for the turns and cues inside them.

    A turn without a label inherits the name above it; if that name changes, the turn gets it explicitly.
    """
    turns, tokens, phrases = list(result.turns), list(result.alignment.tokens), list(result.phrases)
    turn_ranges: dict[int, tuple[int, int]] = {}
    for k, timed in enumerate(tokens):
        turn_ranges[timed.token.turn] = (turn_ranges.get(timed.token.turn, (k, k))[0], k + 1)
    for label in labels:
        first, end = label.tokens
        for k in range(first, end):
            tokens[k] = replace(tokens[k], speaker=label.speaker)
        for k, phrase in enumerate(phrases):
            if first <= phrase.tokens[0] and phrase.tokens[1] <= end:
                phrases[k] = replace(phrase, speaker=label.speaker)
        if result.speakers_from != "labels":
            continue
        for number, (start, stop) in turn_ranges.items():
            if first <= start and stop <= end:
                if number + 1 < len(turns) and turns[number + 1].speaker is None:
                    names = (turn.speaker for turn in reversed(turns[: number + 1]) if turn.speaker)
                    turns[number + 1] = replace(turns[number + 1], speaker=next(names, None))
                turns[number] = replace(turns[number], speaker=label.speaker)
    return replace(
        result,
        turns=tuple(turns),
        alignment=replace(result.alignment, tokens=tuple(tokens)),
        phrases=tuple(phrases),
    )


def with_names(result: Result, names: Mapping[str, str]) -> Result:
    """The result with speakers renamed, in the labels of the corrected transcript too."""
    if not names:
        return result
    turns = (replace(turn, speaker=names.get(turn.speaker or "", turn.speaker)) for turn in result.turns)
    return replace(with_speaker_names(result, names), turns=tuple(turns))
