"""A result with decisions put into it: the text, who speaks, the cues, and no mismatch that was settled.

    result --speakers, edges, lines--> prepared --words placed again--> corrected --names--> corrected

Only the words that changed are placed again, and only the cues that show them are cut again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace

from align.core.types import Phrase, Result
from align.pipeline.realign.cues import update_phrases
from align.pipeline.translation import job_of, update_notes
from align.review.decisions.cues import moved_again, with_cues
from align.review.decisions.decision import (
    CueMoved,
    Decision,
    Labelled,
    Renamed,
    ReviewedResult,
    Reworded,
    Rewording,
    Translated,
    settled_by,
)
from align.review.decisions.speakers import labelled, renamed
from align.review.decisions.text_edits import RewordedText as RewordedText
from align.review.decisions.text_edits import reworded
from align.subtitles.options import CueOptions
from align.transcript.cleaning.glossary import EMPTY as NO_GLOSSARY
from align.transcript.cleaning.glossary import Glossary

PlaceWords = Callable[[Result, RewordedText], Result]
"""Gives the result for a changed text, without phrases."""


def corrected(
    result: Result,
    decisions: Sequence[Decision],
    place_words: PlaceWords,
    options: CueOptions,
    names: Sequence[str] = (),
    terms: Glossary = NO_GLOSSARY,
) -> Result:
    """The result with all decisions put into it.

    Args:
        decisions: those that hold; each must fit the result.
        place_words: called only where words changed.
        options: how cues are cut and timed.
        names: texts that no cue is cut inside.
        terms: the user's, which translations must have.
    """
    done = prepared = _prepared(result, decisions)
    edits = edits_of(decisions)
    if edits or any(isinstance(one, Labelled) for one in decisions):
        done = _again(prepared, edits, place_words, options, names, terms)
        moves = [one for one in decisions if isinstance(one, CueMoved)]
        anew = [one for one in moves if not _is_kept(one, prepared, done)]
        done = replace(done, phrases=moved_again(done.phrases, anew, result))
    return renamed(done, {one.old: one.new for one in decisions if isinstance(one, Renamed)})


def edits_of(decisions: Sequence[Decision]) -> tuple[Rewording, ...]:
    """All rewordings, in the order of the text; those at one place in the order of the decisions."""
    edits = [edit for one in decisions if isinstance(one, Reworded) for edit in one.edits]
    return tuple(sorted(edits, key=lambda edit: edit.tokens))


def without_a_line(result: Result, decisions: Sequence[Decision]) -> tuple[Phrase, ...]:
    """The phrases whose second language was made for other words than they will have."""
    told = {one.tokens for one in decisions if isinstance(one, Translated)}
    ends = [one.tokens[1] for one in result.phrases]
    touched: set[int] = set()
    for edit in edits_of(decisions):
        k = bisect_left(ends, edit.first)
        while k < len(ends) and result.phrases[k].tokens[0] <= edit.end:
            if _touches(edit, result.phrases[k].tokens):
                touched.add(k)
            k += 1
    phrases = (result.phrases[k] for k in sorted(touched))
    return tuple(one for one in phrases if one.translation and one.tokens not in told)


def _touches(edit: Rewording, tokens: tuple[int, int]) -> bool:
    """Whether an edit changes what a phrase of these tokens shows."""
    if edit.first < edit.end:
        return edit.first < tokens[1] and tokens[0] < edit.end
    place = edit.first - edit.behind
    return tokens[0] <= place < tokens[1]


def _prepared(result: Result, decisions: Sequence[Decision]) -> Result:
    """The result with all that needs no new place of a word."""
    settled = {each for one in decisions for each in settled_by(one)}
    entries = ReviewedResult(result).entries
    gone = {id(entries[each].mismatch) for each in settled}
    left = tuple(one for one in result.mismatches if id(one) not in gone)
    lines = [one for one in decisions if isinstance(one, (CueMoved, Translated))]
    labels = [one for one in decisions if isinstance(one, Labelled)]
    return labelled(with_cues(replace(result, mismatches=left), lines), labels)


def _again(
    old: Result,
    edits: Sequence[Rewording],
    place_words: PlaceWords,
    options: CueOptions,
    names: Sequence[str],
    terms: Glossary,
) -> Result:
    """The result with its words placed and its cues cut where something changed."""
    if edits:
        text = reworded(old.turns, old.alignment.tokens, edits)
        placed, origin = place_words(old, text), text.origin
    else:
        placed, origin = old, tuple(range(len(old.alignment.tokens)))
    phrases = _with_lines(update_phrases(old, placed, origin, options, names), old)
    notes = update_notes(old.notes, old.phrases, phrases, job_of(old, terms, options))
    return replace(placed, phrases=phrases, notes=notes)


def _with_lines(phrases: Sequence[Phrase], old: Result) -> tuple[Phrase, ...]:
    """A line in the second language for the phrases that were cut anew and whose text has one somewhere."""
    known = {one.text: one.translation for one in reversed(old.phrases)}
    return tuple(
        one if one.translation else replace(one, translation=known.get(one.text, "")) for one in phrases
    )


def _is_kept(move: CueMoved, old: Result, new: Result) -> bool:
    """Whether the phrase whose edge was moved is there as it was."""
    phrase = next(one for one in old.phrases if one.tokens == move.tokens)
    return any((one.text, one.span) == (phrase.text, phrase.span) for one in new.phrases)
