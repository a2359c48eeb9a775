"""Speakers and proposed names, for the eye and for a script."""

from __future__ import annotations

from typing import Any

from align.core.types import NameProposal, Result
from align.speakers.rename import speakers_in
from align.subtitles.clock import timecode


def as_document(result: Result) -> dict[str, Any]:
    """What `align speakers --json` prints of them."""
    return {
        "speakers_from": result.speakers_from,
        "speakers": [
            {
                "name": one.name,
                "stretches": one.stretches,
                "tokens": one.tokens,
                "seconds": round(one.seconds, 3),
                "first": None if one.first is None else round(one.first, 3),
            }
            for one in speakers_in(result)
        ],
        "names": name_rows(result),
        "overlaps": overlap_rows(result),
    }


def name_rows(result: Result) -> list[dict[str, Any]]:
    """The proposed names as rows."""
    return [
        {
            "voice": one.voice,
            "name": one.name,
            "score": round(one.score, 3),
            "applied": one.applied,
            "start": round(one.span.start, 3),
            "reasons": list(one.reasons),
        }
        for one in result.name_proposals
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
    for one in speakers_in(result):
        first = "" if one.first is None else timecode(one.first)
        table.add_row(Text(one.name), str(one.tokens), f"{one.seconds:.0f} s", str(one.stretches), first)
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
