"""Who says every token: labels first, then voices and their names, then nobody.

tokens, turns, recording --who_speaks--> tokens with speakers, names, overlaps, doubted labels
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from align.core.errors import ModelError
from align.core.types import NameProposal, Span, TimedToken
from align.pipeline.compare import speech_of
from align.pipeline.context import Inputs, RunContext
from align.pipeline.options import AUTO, OFF, RunOptions
from align.speakers.assign import from_labels, from_voices, label_conflicts
from align.speakers.base import SENKO, Diarization, Diarizer, diarizer_for
from align.speakers.enrolled_voices import (
    evidence_of_voices,
    read_voices,
    similarities,
    voiceprints_of_turns,
    voices_file,
)
from align.speakers.label_check import LabelConflict, conflicts_by_voiceprint, labelled_stretches
from align.speakers.name_proposals import Evidence, evidence_in, evidence_of_user, propose, with_names
from align.speakers.rttm import Rttm
from align.speakers.senko import Senko
from align.speakers.voiceprint import voiceprints

Prints = tuple[tuple[str, tuple[float, ...]], ...]
"""Voices with their voiceprints."""

NO_VOICES = "The transcript names no speakers and their voices were not told apart"


@dataclass(frozen=True, slots=True)
class SpeakerLabelling:
    """Who says what.

    Attributes:
        timed: the tokens with their speakers.
        source: "labels", "voices", "file" or "none".
        names: who the voices may be.
        overlaps: where two people or more speak at once.
        conflicts: labels that the voices contradict.
        models: name and digest of what listened.
        notes: whole sentences for the user.
    """

    timed: tuple[TimedToken, ...]
    source: str
    names: tuple[NameProposal, ...] = ()
    overlaps: tuple[Span, ...] = ()
    conflicts: tuple[LabelConflict, ...] = ()
    models: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


def chosen_diarizer(options: RunOptions) -> Diarizer | None:
    """What is to tell voices apart; None where it is not wanted, or not installed and not asked for.

    Raises:
        InputError: the file that says who speaks cannot be read.
        ModelError: the engine that was asked for is not installed.
    """
    if options.speakers == OFF:
        return None
    try:
        return diarizer_for(options.diarizer)
    except ModelError:
        if options.speakers == AUTO and options.diarizer == SENKO:
            return None
        raise


def label_speakers(timed: tuple[TimedToken, ...], inputs: Inputs, context: RunContext) -> SpeakerLabelling:
    """The tokens with their speakers, and all that is known of those.

    Raises:
        InputError: the file that says who speaks, or that of enrolled voices, does not fit.
        ModelError: the engine cannot do it.
    """
    turns, diarizer = inputs.transcript.turns, inputs.diarizer
    if any(turn.speaker for turn in turns):
        return _by_labels(from_labels(timed, turns), inputs, context)
    if diarizer is None:
        off = context.options.speakers == OFF
        return SpeakerLabelling(timed, "none", notes=() if off else (f"{NO_VOICES}: {_absence()}.",))
    heard = _heard(diarizer, inputs, context)
    voiced = from_voices(timed, turns, heard.turns)
    known, notes = _known(heard, inputs, context)
    evidence = (
        *evidence_of_user(inputs.participants, voiced),
        *known,
        *evidence_in(voiced, turns, inputs.participants),
    )
    names = propose(evidence, voiced, inputs.participants)
    lost = sorted(inputs.participants.voices.keys() - {turn.speaker for turn in heard.turns})
    notes += tuple(f"The file of names knows {voice}, and no voice is called so." for voice in lost)
    source = "file" if isinstance(diarizer, Rttm) else "voices"
    return SpeakerLabelling(
        with_names(voiced, names),
        source,
        names,
        _written(heard.overlaps),
        models=(diarizer.model,),
        notes=notes,
    )


def _absence() -> str:
    """Why there is no engine."""
    try:
        Senko()
    except ModelError as error:
        return str(error)
    raise AssertionError("senko is there")


def _by_labels(timed: tuple[TimedToken, ...], inputs: Inputs, context: RunContext) -> SpeakerLabelling:
    """The labels win; what the voices say against them is kept beside them."""
    diarizer = inputs.diarizer
    if diarizer is None:
        return SpeakerLabelling(timed, "labels")
    if not isinstance(diarizer, Senko):
        heard = _heard(diarizer, inputs, context)
        conflicts = label_conflicts(timed, heard.turns)
        return SpeakerLabelling(timed, "labels", (), _written(heard.overlaps), conflicts, (diarizer.model,))
    pieces = labelled_stretches(timed)
    if not pieces:
        return SpeakerLabelling(timed, "labels")

    def compute() -> tuple[LabelConflict, ...]:
        with context.progress.stage("Comparing labels with voices", 0):
            windows = [window for piece in pieces for window in piece.windows]
            return conflicts_by_voiceprint(pieces, voiceprints(inputs.recording.samples, windows))

    key = (inputs.recording.digest, pieces, diarizer.model)
    conflicts = context.cache.get_or_compute("label-conflicts", key, tuple[LabelConflict, ...], compute)
    return SpeakerLabelling(timed, "labels", conflicts=conflicts, models=(diarizer.model,))


def _heard(diarizer: Diarizer, inputs: Inputs, context: RunContext) -> Diarization:
    """Which voice speaks when."""
    speech, wanted = speech_of(inputs, context), context.options.speakers
    count = wanted if isinstance(wanted, int) else None

    with context.progress.stage("Telling voices apart", 0):
        return diarizer.diarize(inputs.recording, count, speech, context.cache)


def _written(overlaps: Iterable[Span]) -> tuple[Span, ...]:
    """As the result has them."""
    return tuple(span.in_milliseconds() for span in overlaps)


def _known(
    heard: Diarization, inputs: Inputs, context: RunContext
) -> tuple[Iterable[Evidence], tuple[str, ...]]:
    """Which enrolled voices are heard, where the user wants to know, and notes."""
    if not context.options.known_voices:
        return (), ()
    model = Senko().model[1]
    enrolled = read_voices(voices_file())
    usable = [one for one in enrolled if one.model == model]
    notes = tuple(
        f"The voice of {one.name} was enrolled with another network; enroll it anew."
        for one in enrolled
        if one.model != model
    )
    if not usable:
        return (), (*notes, "No voice is enrolled; `align voices enroll NAME CLIP` does that.")

    def compute() -> Prints:
        with context.progress.stage("Recognising voices", 0):
            return voiceprints_of_turns(inputs.recording.samples, heard.turns, heard.overlaps)

    prints = context.cache.get_or_compute(
        "voice-prints", (inputs.recording.digest, heard, model), Prints, compute
    )
    return tuple(evidence_of_voices(similarities(prints, usable), heard.turns)), notes
