"""A changed text beside the alignment of the old one: only what changed is placed again.

    old alignment, new text --read_edit--> edit --retime--> result --with_translations--> result

What did not change keeps its time, to the byte. The phones of a change's sound come from the stages that the
run of the old text has kept; where they are gone, those seconds alone are decoded and listened to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from align.acoustic.excerpt import posteriors_within
from align.audio import find_speech
from align.bench import Bench
from align.bilingual import job_of, translate
from align.clean.glossary import EMPTY as NO_GLOSSARY
from align.clean.glossary import Glossary, read_glossary
from align.clean.rules import Cleaning
from align.comparison import heard_at, kept_posteriors
from align.errors import InputError
from align.fallback import where_it_fits
from align.mismatch.belonging import belongs
from align.mismatch.changed import crowded, doubts_again, kept_mismatches, touches
from align.mismatch.doubt import SHORTEST, Doubt
from align.mismatch.find import find_mismatches, unowned_speech
from align.mismatch.verdict import Verdict, told_by_phones, verdicts_on
from align.options import PHONE
from align.pronounce.lexicon import EMPTY, Lexicon, read_lexicon
from align.pronounce.phones import Reading
from align.pronounce.readings import readings
from align.recognition import Place
from align.result import load
from align.sought import find_recording
from align.speakers.again import speakers_again
from align.subtitles.names import given_names
from align.subtitles.segment import segment
from align.timing.again import Again, frames, place_again, timed_again
from align.timing.changed import Change, find_changes, same_tokens
from align.timing.lattice import Prices
from align.timing.phone import PlacedPhones
from align.transcript.marks import pauses
from align.transcript.read import read_transcript
from align.transcript.tokens import tokenize
from align.translate.again import notes_again, with_old_lines
from align.values import (
    Alignment,
    HeardWord,
    Mismatch,
    MismatchKind,
    Posteriors,
    Recording,
    Result,
    Span,
    TimedToken,
    Token,
    Transcript,
)

LEAST = 0.3
"""Share of the longer text that must be unchanged; with less there is nothing to go by."""

_FITS = (0.0, 0.0, 0.0, 0.0)
"""The MEASURES of a token that keeps its time."""


@dataclass(frozen=True, slots=True)
class Edit:
    """An alignment and the text that takes the place of the one it was made for.

    Attributes:
        tokens: of the new text.
        origin: for each of them the old token that it is, None for a new one.
        changes: what must be placed again.
        recording: None when it is not there.
        sound_path: where it is, or should be.
        lexicon: how the user wants words to be pronounced.
        glossary: the user's names and terms.
        said: tokens that somebody has heard, whatever the search makes of them.
    """

    old: Result
    transcript: Transcript
    tokens: tuple[Token, ...]
    origin: tuple[int | None, ...]
    changes: tuple[Change, ...]
    recording: Recording | None
    sound_path: Path
    lexicon: Lexicon
    glossary: Glossary
    said: frozenset[int] = frozenset()

    @property
    def kept(self) -> list[Span | None]:
        """The time that each token keeps."""
        old = self.old.alignment.tokens
        return [None if k is None else old[k].span for k in self.origin]

    @property
    def summary(self) -> str:
        """A sentence for the user."""
        again = self.steady.count(False)
        return (
            f"Changed places: {len(self.changes)}; words placed again: {again}; words that keep their times: "
            f"{len(self.tokens) - again}."
        )

    @property
    def steady(self) -> list[bool]:
        """Whether each token is outside of all changes."""
        steady = [True] * len(self.tokens)
        for change in self.changes:
            first, last = change.tokens
            steady[first:last] = [False] * (last - first)
        return steady


def read_edit(
    alignment: Path,
    transcript: Path,
    audio: Path | None = None,
    lexicon: Path | None = None,
    glossary: Path | None = None,
) -> Edit:
    """Read an alignment and a new text, clean that as the old one was, and compare the two.

    Args:
        audio: the recording; None looks for it beside the alignment.
        glossary: needed where the old text was cleaned with one.

    Raises:
        InputError: one of them cannot be used, or they have too little in common.
    """
    old = load(alignment)
    check_aligned(old, alignment)
    if old.glossary and not glossary:
        raise InputError(alignment, "was made with a glossary, and the new text needs it; add --glossary")
    terms = read_glossary(glossary) if glossary else NO_GLOSSARY
    text = read_transcript(transcript, Cleaning(old.clean, old.script, terms))
    tokens = tokenize(text.turns)
    before = old.alignment.tokens
    origin = same_tokens([one.text for one in tokens], [one.token.text for one in before])
    common = sum(k is not None for k in origin) / max(len(tokens), len(before))
    if common < LEAST:
        raise InputError(
            transcript, f"has only {common:.0%} in common with the text of {alignment}; use `align run`"
        )
    recording, path = find_recording(old, alignment, audio)
    changes = find_changes(origin, [one.span for one in before], old.duration)
    words = read_lexicon(lexicon) if lexicon else EMPTY
    return Edit(old, text, tokens, origin, changes, recording, path, words, terms)


def check_aligned(old: Result, path: Path) -> None:
    """Refuse what cannot be gone on from.

    Raises:
        InputError: it was placed by attention, or its text was not found in the recording.
    """
    if old.aligner != PHONE:
        raise InputError(
            path, f"was aligned by {old.aligner}, and only {PHONE} can place a part again; use `align run`"
        )
    if not belongs(old.found, old.covered):
        raise InputError(path, f"{old.transcript} was not found in {old.audio}; use `align run`")


def retime(edit: Edit, bench: Bench) -> Result:
    """The result for the new text, with the translations of the phrases whose text stayed.

    Raises:
        InputError: the sound of a change is needed, and the recording is not there.
    """
    old, placed = edit.old, words_again(edit, bench)
    names = given_names(placed.turns, edit.lexicon)
    shown = segment(placed.alignment, placed.turns, old.duration, old.language, bench.options.cues, names)
    phrases = with_old_lines(shown, old.phrases, edit.origin)
    notes = notes_again(placed.notes, old.phrases, phrases, job_of(old, edit.glossary, bench.options.cues))
    return replace(placed, phrases=phrases, notes=notes)


def words_again(edit: Edit, bench: Bench) -> Result:
    """The result for the new text, without phrases.

    Raises:
        InputError: as above.
    """
    bench.stages.sweep()
    return where_it_fits(partial(_words_again, edit), bench)


def _words_again(edit: Edit, bench: Bench) -> Result:
    """The same on the device that the bench names."""
    old, turns = edit.old, edit.transcript.turns
    said = readings(turns, edit.tokens, edit.lexicon) if edit.changes else ()
    agains, judged = _placed_again(edit, said, bench)
    verdicts = tuple(one for one in judged if not _is_settled(one, edit.said))
    timed = _timed(edit, agains, verdicts)
    mismatches = _mismatches(edit, agains, verdicts, timed)
    found, covered = _shares(old, timed, mismatches)
    return replace(
        old,
        transcript=edit.transcript.path.name,
        turns=turns,
        models=_models(old, agains, bench),
        speakers_from="labels" if any(turn.speaker for turn in turns) else old.speakers_from,
        found=found,
        covered=covered,
        alignment=Alignment(timed, _unowned(edit, verdicts), old.alignment.overlaps),
        mismatches=mismatches,
        phrases=(),
        glossary=edit.glossary.digest,
    )


# Placing


def _placed_again(
    edit: Edit, said: Sequence[Sequence[Reading]], bench: Bench
) -> tuple[tuple[Again, ...], tuple[Verdict, ...]]:
    """Every change searched for, and what its doubts turn out to be."""
    searched = [one for one in edit.changes if _worth(one)]
    if not searched:
        return (), ()
    seen = _posteriors(edit, searched, bench)
    head = bench.shelf.phone_head
    with bench.progress.stage("Placing what changed", 0):
        marks = pauses(edit.transcript.turns, edit.tokens)
        agains = tuple(place_again(one, seen, said, head, Prices(), marks) for one in searched)
    doubts = [doubt for again in agains for doubt in doubts_again(again)]
    return agains, _verdicts(doubts, agains, said, seen, edit, bench)


def _worth(change: Change) -> bool:
    """Whether there is text to place, or sound in which there may be speech."""
    return change.tokens[0] < change.tokens[1] or change.room.duration >= SHORTEST


def _posteriors(edit: Edit, changes: Sequence[Change], bench: Bench) -> Posteriors:
    """How likely each phone is: as the old run has kept it, or in the sound of the changes alone."""
    seen = kept_posteriors(edit.old.audio_digest, bench)
    if seen is not None:
        return seen
    if edit.recording is None:
        raise InputError(
            edit.sound_path,
            "there is no such file, and what was heard in it is no longer kept; name the recording with "
            "--audio",
        )
    with bench.progress.stage("Listening for phones where the text changed", 0):
        stretches = [frames(change.sound) for change in changes]
        return posteriors_within(
            edit.recording.samples, stretches, bench.shelf.aligner, bench.shelf.phone_head
        )


def _verdicts(
    doubts: Sequence[Doubt],
    agains: Sequence[Again],
    said: Sequence[Sequence[Reading]],
    seen: Posteriors,
    edit: Edit,
    bench: Bench,
) -> tuple[Verdict, ...]:
    """What each doubt is; what the phones do not tell is listened to where the recording is there."""
    told = {doubt: told_by_phones(doubt, said, seen, bench.shelf.phone_head) for doubt in doubts}
    placed = [PlacedPhones(span, 0, _FITS) for span in edit.kept]
    for again in agains:
        placed[slice(*again.change.tokens)] = again.placement.tokens
    hear = partial(_heard, edit=edit, bench=bench)
    return verdicts_on(told, edit.tokens, placed, edit.old.duration, hear)


def _heard(where: tuple[Place, ...], edit: Edit, bench: Bench) -> tuple[tuple[HeardWord, ...], ...]:
    """What Whisper hears in some places; nothing where there is no recording."""
    if edit.recording is None:
        return ((),) * len(where)
    return heard_at(where, edit.recording, edit.old.audio_digest, edit.old.language, bench)


def _timed(edit: Edit, agains: Sequence[Again], verdicts: Sequence[Verdict]) -> tuple[TimedToken, ...]:
    """All tokens of the new text: the old times where they are kept, the new ones elsewhere."""
    old = edit.old.alignment.tokens
    timed = [
        TimedToken(token, None, 0.0) if k is None else replace(old[k], token=token)
        for token, k in zip(edit.tokens, edit.origin, strict=True)
    ]
    absent = frozenset(k for one in verdicts if one.absent for k in range(*one.doubt.tokens)) - edit.said
    for again in agains:
        timed[slice(*again.change.tokens)] = timed_again(again, edit.tokens, edit.kept, absent)
    return speakers_again(timed, edit.transcript.turns, edit.old, edit.origin, edit.steady)


def _is_settled(verdict: Verdict, said: frozenset[int]) -> bool:
    """Whether all words that are doubted were heard by somebody."""
    first, last = verdict.doubt.tokens
    return first < last and said.issuperset(range(first, last))


# Mismatches


def _mismatches(
    edit: Edit, agains: Sequence[Again], verdicts: Sequence[Verdict], timed: Sequence[TimedToken]
) -> tuple[Mismatch, ...]:
    """The old ones that no change touches, and those of the changes."""
    turns, steady = edit.transcript.turns, edit.steady
    moved: list[int | None] = [None] * len(edit.old.alignment.tokens)
    for new, before in enumerate(edit.origin):
        if before is not None and steady[new]:
            moved[before] = new
    fresh = [
        one
        for one in find_mismatches(verdicts, timed, turns, ())
        if one.kind is not MismatchKind.TIMING or touches(one, steady)
    ]
    squeezed = [one for again in agains for one in crowded(again, timed, turns)]
    kept = kept_mismatches(edit.old, moved, timed, turns)
    return tuple(sorted((*kept, *fresh, *squeezed), key=lambda one: (one.span, one.tokens, one.kind)))


def _unowned(edit: Edit, verdicts: Sequence[Verdict]) -> tuple[Span, ...]:
    """The speech without text: that of before, but for the changes' own."""
    rooms = [change.room for change in edit.changes]
    kept = [span for span in edit.old.alignment.unowned if not any(map(span.overlap, rooms))]
    return tuple(sorted((*kept, *unowned_speech(verdicts))))


def _shares(old: Result, timed: Sequence[TimedToken], mismatches: Sequence[Mismatch]) -> tuple[float, float]:
    """The share of the text that was found, and that of the speech that is covered.

    Both grow and shrink with the tokens that are placed beyond doubt, and with their seconds.
    """
    count, seconds = _beyond_doubt(old.alignment.tokens, old.mismatches)
    now, later = _beyond_doubt(timed, mismatches)
    texts = len(old.alignment.tokens) / max(1, len(timed))
    found = old.found * now / count * texts if count else old.found
    covered = old.covered * later / seconds if seconds else old.covered
    return min(1.0, found), min(1.0, covered)


def _beyond_doubt(timed: Sequence[TimedToken], mismatches: Sequence[Mismatch]) -> tuple[int, float]:
    """Tokens that are placed and that no mismatch doubts, and their seconds."""
    settled = (MismatchKind.SPEAKER, MismatchKind.TIMING, MismatchKind.SAME_SOUND)
    doubted = {k for one in mismatches if one.kind not in settled for k in range(*one.tokens)}
    spans = [one.span for k, one in enumerate(timed) if one.span and k not in doubted]
    return len(spans), sum(span.duration for span in spans)


def _models(old: Result, agains: Sequence[Again], bench: Bench) -> tuple[tuple[str, str], ...]:
    """The models of the old run, and those that placed the changes."""
    used = (*bench.shelf.digests, ("phone-head", bench.shelf.phone_head.digest)) if agains else ()
    return tuple((dict(old.models) | dict(used)).items())


# The second language


def lacks_translation(result: Result) -> bool:
    """Whether a phrase has no line in the second language that the result should have."""
    return result.second_language is not None and any(not one.translation for one in result.phrases)


def with_translations(
    result: Result, bench: Bench, glossary: Glossary, recording: Recording | None
) -> Result:
    """The result with a line for each phrase that has none, translated among its neighbours.

    Args:
        glossary: the user's names and terms.
        recording: for a translator that listens.

    Raises:
        ModelError: the translator cannot be used.
    """
    kept, job = bench.shelf.kept_translator, job_of(result, glossary, bench.options.cues)
    if kept is None or job is None:
        return result
    phrases = translate(
        result.phrases, job, bench, recording, lambda: find_speech(recording) if recording else ()
    )
    models = tuple((dict(result.models) | {kept.name: kept.digest}).items())
    notes = notes_again(result.notes, result.phrases, phrases, job)
    return replace(result, phrases=phrases, notes=notes, models=models)
