"""Whether a transcript belongs to a recording: the shares of text and speech that match."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from align.alignment.placement import Placement
from align.alignment.text_comparison import Block, BlockKind
from align.core.errors import QualityError
from align.core.types import HeardWord, MismatchKind, Token
from align.mismatch.candidates import Candidate
from align.mismatch.parameters import DEFAULTS
from align.mismatch.similarity import sound_similarity
from align.pronounce.phones import Reading


def coverage_of_blocks(blocks: Sequence[Block], heard: Sequence[HeardWord]) -> tuple[float, float]:
    """The shares of the tokens that are spoken, and of the recognized speech that is transcribed, by time."""
    spoken = tokens = 0
    transcribed = speech = 0.0
    for block in blocks:
        count = block.written[1] - block.written[0]
        duration = sum(word.span.duration for word in heard[slice(*block.heard)])
        tokens, speech = tokens + count, speech + duration
        spoken += count if block.spoken else 0
        transcribed += duration if block.kind is not BlockKind.MISSING else 0
    return _share(spoken, tokens), _share(transcribed, speech)


def coverage_of_placement(placement: Placement, candidates: Sequence[Candidate]) -> tuple[float, float]:
    """The shares of the tokens, and of the speech by time, that the phones place outside of candidates."""
    uncertain = {k for candidate in candidates for k in range(*candidate.tokens)}
    durations = {k: token.span.duration for k, token in enumerate(placement.tokens) if token.span}
    certain = [duration for k, duration in durations.items() if k not in uncertain]
    rest = sum(duration for k, duration in durations.items() if k in uncertain)
    speech = sum(certain) + rest + sum(other.span.duration for other in placement.others)
    return _share(len(certain), len(placement.tokens)), _share(sum(certain), speech)


def is_too_short(
    placement: Placement, candidates: Sequence[Candidate], pronunciations: Sequence[Sequence[Reading]]
) -> bool:
    """Whether text matches a recording in so few phones that they may lie there by chance.

    In minutes of speech every short word fits somewhere. Text that covers most of the speech may be short.

    Args:
        pronunciations: readings of each token.
    """
    uncertain = {k for candidate in candidates for k in range(*candidate.tokens)}
    certain = (k for k, token in enumerate(placement.tokens) if token.span and k not in uncertain)
    phones = sum(len(pronunciations[k][placement.tokens[k].reading]) for k in certain)
    speech_coverage = coverage_of_placement(placement, candidates)[1]
    return phones < DEFAULTS.min_matched_phones and speech_coverage < DEFAULTS.min_coverage


def only_recognized(candidates: Sequence[Candidate], tokens: Sequence[Token]) -> tuple[Candidate, ...]:
    """Candidates of text alone: said where their words were recognized, or else text that nobody says."""

    def kind(candidate: Candidate) -> MismatchKind | None:
        written, heard = tokens[slice(*candidate.tokens)], candidate.heard
        if {token.sound for token in written}.issubset(word.sound for word in heard):
            return None
        same = sound_similarity(written, heard) >= DEFAULTS.same_sound
        return MismatchKind.SAME_SOUND if same else MismatchKind.UNSPOKEN

    return tuple(replace(each, kind=kind(each), fitting=frozenset()) for each in candidates)


def transcript_matches(transcript_coverage: float, speech_coverage: float) -> bool:
    """Whether enough of the text is spoken, or enough of the speech is transcribed.

    Either is enough: the transcript of a whole show with one of its clips, or of a clip with the whole show.
    """
    return max(transcript_coverage, speech_coverage) >= DEFAULTS.min_coverage


def check_transcript(transcript_coverage: float, speech_coverage: float, transcript: str, audio: str) -> None:
    """Raise QualityError, with both shares, where a transcript does not belong to a recording."""
    if not transcript_matches(transcript_coverage, speech_coverage):
        raise QualityError(
            f"{transcript}: this does not seem to be the transcript of {audio}: {transcript_coverage:.0%} of "
            f"the text was found and {speech_coverage:.0%} of the speech is covered; check that the two "
            "belong together (the mismatches report was written)"
        )


def _share(part: float, whole: float) -> float:
    """To three decimals, as in results."""
    return round(part / whole, 3) if whole else 0.0
