"""Speakers and proposed names, as a table and as JSON."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from align.core.terminal import printer
from align.core.types import NameProposal, Result
from align.speakers.rename import speakers_of
from align.subtitles.clock import timecode


def as_document(result: Result) -> dict[str, Any]:
    """What `align speakers --json` prints."""
    return {
        "speakers_from": result.speakers_from,
        "speakers": speaker_rows(result),
        "names": name_rows(result),
        "overlaps": overlap_rows(result),
    }


def speaker_rows(result: Result) -> list[dict[str, Any]]:
    """Everybody who speaks, in the order of appearance.

    "stretches" is how often a person begins to speak, "tokens" how many that person says, "seconds" the
    length of those that are placed, and "first" the start of the first one, None where none is placed.
    """
    tokens = result.alignment.tokens
    stretches = [name for name, _ in groupby(token.speaker for token in tokens)]
    rows = []
    for name in speakers_of(result):
        own = [token for token in tokens if token.speaker == name]
        spans = [token.span for token in own if token.span]
        rows.append(
            {
                "name": name,
                "stretches": stretches.count(name),
                "tokens": len(own),
                "seconds": round(sum(span.duration for span in spans), 3),
                "first": min((round(span.start, 3) for span in spans), default=None),
            }
        )
    return rows


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
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("Speaker", "Words", "Speech", "Times", "First heard"):
        table.add_column(heading, overflow="fold")
    for row in speaker_rows(result):
        first = "" if row["first"] is None else timecode(row["first"])
        seconds, stretches = f"{row['seconds']:.0f} s", str(row["stretches"])
        table.add_row(Text(row["name"]), str(row["tokens"]), seconds, stretches, first)
    console = printer()
    console.print(table)
    for proposal in result.name_proposals:
        console.print(Text(sentence(proposal)))
    overlaps = overlap_rows(result)
    if overlaps["count"]:
        console.print(
            f"Two or more speak at once in {overlaps['count']} places, {overlaps['seconds']:.1f} s."
        )
