"""Speakers and proposed names, as a table and as JSON."""

from __future__ import annotations

from typing import Any

from align.core.types import NameProposal, Result
from align.speakers.rename import speakers_in
from align.subtitles.clock import timecode


def as_document(result: Result) -> dict[str, Any]:
    """What `align speakers --json` prints."""
    return {
        "speakers_from": result.speakers_from,
        "speakers": [
            {
                "name": speaker.name,
                "stretches": speaker.stretches,
                "tokens": speaker.tokens,
                "seconds": round(speaker.seconds, 3),
                "first": None if speaker.first is None else round(speaker.first, 3),
            }
            for speaker in speakers_in(result)
        ],
        "names": name_rows(result),
        "overlaps": overlap_rows(result),
    }


def name_rows(result: Result) -> list[dict[str, Any]]:
    """The proposed names as rows."""
    return [
        {
            "voice": proposal.voice,
            "name": proposal.name,
            "score": round(proposal.score, 3),
            "applied": proposal.applied,
            "start": round(proposal.span.start, 3),
            "reasons": list(proposal.reasons),
        }
        for proposal in result.name_proposals
    ]


def overlap_rows(result: Result) -> dict[str, Any]:
    """How often and how long two people or more speak at once."""
    spans = result.alignment.overlaps
    return {"count": len(spans), "seconds": round(sum(span.duration for span in spans), 3)}


def sentence(proposal: NameProposal) -> str:
    """A proposal in a line or two."""
    applied = "is" if proposal.applied else "may be"
    hint = "" if proposal.applied else "; not applied"
    reasons = " ".join(proposal.reasons)
    when = timecode(proposal.span.start)
    return f"{proposal.voice} {applied} {proposal.name} ({proposal.score:.2f}{hint}), {when}: {reasons}"


def print_speakers(result: Result) -> None:
    """Print a table of who speaks on stdout, and below it the proposed names."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("Speaker", "Words", "Speech", "Times", "First heard"):
        table.add_column(heading, overflow="fold")
    for speaker in speakers_in(result):
        first = "" if speaker.first is None else timecode(speaker.first)
        seconds, stretches = f"{speaker.seconds:.0f} s", str(speaker.stretches)
        table.add_row(Text(speaker.name), str(speaker.tokens), seconds, stretches, first)
    terminal = Console(highlight=False, markup=False)
    console = terminal if terminal.is_terminal else Console(highlight=False, markup=False, width=160)
    console.print(table)
    for proposal in result.name_proposals:
        console.print(Text(sentence(proposal)))
    overlaps = overlap_rows(result)
    if overlaps["count"]:
        console.print(
            f"Two or more speak at once in {overlaps['count']} places, {overlaps['seconds']:.1f} s."
        )
