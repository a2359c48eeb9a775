"""What was measured on recordings of people, as tables of Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from align.core.types import MismatchKind
from scripts.benchmarks.found import Count
from scripts.benchmarks.human import DiarizationError
from scripts.benchmarks.human import report as diarization_line
from scripts.benchmarks.human_text import ROOM, Planted, Verbatim
from scripts.benchmarks.report import machine, write_part

BEGIN = "<!-- human: written by scripts/benchmark human --write -->"
END = "<!-- end of human -->"
LANGUAGES = {"zh": "Mandarin", "en": "English"}

_ABOUT = """All of it is human speech. The texts are those that are published beside the recordings, with
the corrections of [human_recordings.json](../../../scripts/benchmarks/human_recordings.json), each with its
reason: two runs of Whisper base with different settings were compared with the text, and where they or a
report of align's disagreed with it, the phone posteriors, the level and the pitch of every 10 ms were read;
nobody listened. The fillers that are really said are listed there in the same way. Half of the recordings
are for tuning, the others for reporting. Errors are planted into texts of {room} tokens and more, with each
seed anew; their true places are those that align gives the text without errors. A report of a planted text
is true when it names an error; all others count as false, however small, except fillers. A share has its
95 % interval after Wilson.
"""


def cell(count: Count) -> str:
    """A share with its counts and its interval."""
    if count.share is None:
        return "–"
    low, high = count.interval
    return f"{count.good} of {count.all}, {count.share:.0%} ({low:.0%} to {high:.0%})"


def verbatim_table(measured: Sequence[Verbatim]) -> str:
    """What is reported of recordings with their own words, by language and kind, and by half."""
    groups: dict[str, list[Verbatim]] = {}
    for one in measured:
        recording = one.recording
        language = LANGUAGES[recording.language]
        half = "tuning half" if recording.tuning else "reporting half"
        for name in (f"{language}, {recording.kind}", f"{language}, all", f"all, {half}", "all"):
            groups.setdefault(name, []).append(one)
    rows = [
        "| speech | recordings | minutes | words without a place | fillers reported, true "
        "| real fillers reported | other false reports | a minute |",
        "| --- | --: | --: | --- | --- | --- | --: | --: |",
    ]
    for name, members in sorted(groups.items()):
        minutes = sum(one.seconds for one in members) / 60
        tokens = sum((one.tokens for one in members), Count())
        lost = Count(tokens.all - tokens.good, tokens.all)
        fillers = sum((one.fillers for one in members), Count())
        listed = sum((one.listed for one in members), Count())
        false = sum(report.kind is not MismatchKind.FILLER for one in members for report in one.false)
        rows.append(
            f"| {name} | {len(members)} | {minutes:.1f} | {cell(lost)} "
            f"| {cell(fillers)} | {cell(listed)} | {false} | {false / minutes:.1f} |"
        )
    return "\n".join(rows)


def false_reports(measured: Sequence[Verbatim]) -> Iterator[str]:
    """Each false report on a text that is word for word what is said."""
    for one in measured:
        for report in one.false:
            text = " ".join(unit.text for unit in one.units[slice(*report.tokens)])
            before = one.units[report.tokens[0] - 1].text if report.tokens[0] else ""
            place = f"“{text}”" if text else f"after “{before}”"
            heard = f", heard “{report.heard}”" if report.heard else ""
            yield f"- {one.recording.name}, {report.span.start:.2f} s: {report.kind.value} {place}{heard}"


def planted_table(rows: Mapping[tuple[str, str], Planted]) -> str:
    """What came of planted errors."""
    lines = [
        "| language | planted | found | filed as a filler alone | reports that are true |",
        "| --- | --- | --- | --- | --- |",
    ]
    for (language, sort), one in sorted(rows.items()):
        lines.append(
            f"| {LANGUAGES[language]} | {sort} | {cell(one.recall)} | {cell(one.as_filler)} "
            f"| {cell(one.precision)} |"
        )
    return "\n".join(lines)


def write(
    page: Path,
    measured: Sequence[Verbatim],
    rows: Mapping[tuple[str, str], Planted],
    meetings: Sequence[tuple[str, DiarizationError]],
    missing: Sequence[str],
    command: str,
) -> None:
    """Put the tables on a page."""
    parts = [f"`{command}`, {date.today()}, {machine()}.\n\n{_ABOUT.format(room=ROOM)}"]
    if missing:
        parts.append(
            "Not measured, since they were not there:\n\n" + "\n".join(f"- {one}" for one in missing)
        )
    if measured:
        listed = "\n".join(false_reports(measured)) or "None."
        parts.append(f"## With the words that are said\n\n{verbatim_table(measured)}")
        parts.append(f"### False reports\n\n{listed}")
    if rows:
        parts.append(f"## With planted errors\n\n{planted_table(rows)}")
    if meetings:
        whole = sum((error for _, error in meetings[1:]), meetings[0][1])
        lines = [diarization_line(name, error) for name, error in (*meetings, ("all", whole))]
        parts.append("## Who speaks in meetings\n\n" + "\n".join(f"- {line}" for line in lines))
    write_part(page, BEGIN, END, "\n" + "\n\n".join(part.strip("\n") for part in parts) + "\n\n")
