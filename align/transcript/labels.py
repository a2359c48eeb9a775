"""Find out who says what: which lines have labels and times, and which are no speech.

Each line has several readings (align.transcript.line_forms), of which align.transcript.label_choice takes
those that count over the whole document. A line without a label belongs to the speaker above.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from align.core.types import ExcludedLine
from align.pronounce.tokens import has_token
from align.transcript.directions import directions_in, note_brackets, whole_directions
from align.transcript.fields import field_runs, instructions
from align.transcript.label_choice import LabelChoice
from align.transcript.label_parameters import DEFAULTS, LabelParameters
from align.transcript.line_forms import Candidate, Form, LineForms, line_forms
from align.transcript.lines import (
    CAST,
    CONTENTS,
    DIRECTION,
    HEADER,
    HEADING,
    LABEL,
    NO_WORDS,
    NOTE,
    SPACE,
    TIME,
    Line,
)
from align.transcript.passages import Cut, Part, part_of
from align.transcript.speaker_names import NAME, tidy_name
from align.transcript.stamps import Stamp, seconds_of, stamp_at, stamps_in_brackets
from align.transcript.unspoken import (
    above_transcript,
    after_speech,
    before_speech,
    cast_of,
    contents_below,
    is_address,
    is_cast_heading,
    is_field,
    is_sentence,
    leading_fields,
    says_header_again,
    system_notes,
)

_TAG = re.compile(r"</?(?:i|b|u|s|em|strong|sub|sup|small|br|p|span)/?>|(?:(?<=\s)|^)\\N(?=\s|$)")
"""Markup that a program left in the text; \\N is the line break of ASS."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """A line that is spoken.

    Attributes:
        speaker: None when unknown.
        line: as it was read.
        part: its text with and without label and times.
        labelled: whether it has a label itself, or the line above it is one.
    """

    speaker: str | None
    line: Line
    part: Part
    labelled: bool


@dataclass(frozen=True, slots=True)
class Speech:
    """The lines of a document by what they are.

    Attributes:
        participants: whom a cast list or a header names.
        doubts: whole sentences on labels that may be read wrong.
    """

    utterances: tuple[Utterance, ...]
    excluded: tuple[ExcludedLine, ...]
    participants: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def read_speech(
    lines: Sequence[Line],
    speakers: Collection[str] = (),
    labels: bool = True,
    parameters: LabelParameters = DEFAULTS,
) -> Speech:
    """Who says what in the lines of a document.

    Args:
        speakers: the names that are labels; all others are text. () to find out.
        labels: whether the text has labels.
    """
    reasons = {index: line.excluded for index, line in enumerate(lines) if line.excluded}
    by_format = 2 * sum(bool(line.speaker) for line in lines) >= max(1, len(lines) - len(reasons))
    forms = {index: line_forms(line) for index, line in enumerate(lines) if index not in reasons}
    reasons |= system_notes(lines)
    active = [index for index in forms if index not in reasons]
    people: dict[str, None] = {}
    chosen: dict[int, Candidate] = {}
    if speakers:
        wanted = {tidy_name(name).casefold() for name in speakers}
        for index in active:
            match = [each for each in forms[index].candidates if (each.name or "").casefold() in wanted]
            chosen |= {index: match[0]} if match else {}
    elif labels and not by_format:
        cast = _cast(lines, forms, active)
        people = dict.fromkeys(name for names in cast.values() for name in names)
        reasons |= dict.fromkeys(cast, CAST)
        active = [index for index in active if index not in reasons]
        reasons |= dict.fromkeys((*above_transcript(lines, active), *field_runs(lines, active)), HEADER)
        active = [index for index in active if index not in reasons]
        choice = LabelChoice(lines, forms, tuple(active), parameters)
        chosen = choice.labels()
        cues = instructions(lines, active, chosen, parameters.recurring)
        reasons |= dict.fromkeys(cues, DIRECTION)
        chosen = {index: each for index, each in chosen.items() if index not in cues}
        active = [index for index in active if index not in cues]
    weak = LabelChoice(lines, forms, tuple(active), parameters).weak_stamps_count(chosen)
    directions = {index for index in whole_directions(lines) if index in forms and index not in chosen}
    directions -= {index for index in directions if is_cast_heading(lines[index].text)}
    reasons |= dict.fromkeys(directions - reasons.keys(), DIRECTION)
    active = [index for index in active if index not in reasons]
    if lines and lines[0].span is None and not by_format:
        around, members = _around_speech(lines, forms, active, chosen, weak, parameters)
        reasons |= around
        people |= dict.fromkeys(members)
    if len(active) > 1:
        last = after_speech(lines, active, chosen)
        reasons |= {index: reason for index, reason in last.items() if index not in chosen}
    speech = _compose(lines, forms, chosen, reasons, weak, tuple(people))
    again = Counter(
        each.name
        for index in active
        if index not in chosen and (each := forms[index].candidate(Form.COLON)) and each.quality >= NAME
    )
    unsure = [name for name, count in again.most_common(6) if name and count > 2]
    if unsure and not speakers and labels and not by_format:
        doubt = f"Not taken for speakers: {', '.join(unsure)}; if they are, use --speakers-are."
        return replace(speech, doubts=(doubt,))
    return speech


def _cast(
    lines: Sequence[Line], forms: dict[int, LineForms], active: Sequence[int]
) -> dict[int, tuple[str, ...]]:
    """The lines of a cast list and whom they name: at the top, where nobody has said a sentence yet."""
    counts = Counter(
        each.name.casefold()
        for index in active
        for each in forms[index].candidates
        if each.name and not lines[index].heading
    )
    again = {name for name, count in counts.items() if count > 1}
    cast: dict[int, tuple[str, ...]] = {}
    for index in active[:40]:
        members = cast_of(lines[index], again)
        if members:
            cast[index] = members
        elif is_sentence(lines[index].text) and not is_field(lines[index].text):
            break
    return cast


def _around_speech(
    lines: Sequence[Line],
    forms: dict[int, LineForms],
    active: Sequence[int],
    chosen: dict[int, Candidate],
    weak: bool,
    parameters: LabelParameters,
) -> tuple[dict[int, str], tuple[str, ...]]:
    """Headers and contents of a document without times of its own, and the people whom they name."""
    first = min(chosen, default=None)
    stamped = [index for index in active if any(stamp.strong or weak for stamp in forms[index].lead)]
    if first is None and len(stamped) * 2 > len(active):
        first = min(stamped)
    members: tuple[str, ...] = ()
    if first is None:
        reasons = leading_fields(lines, active)
    else:
        above = [index for index in active if index < first]
        own_line = [each for each in chosen.values() if each.form in (Form.TIMED, Form.AFTER_TIME)]
        below = len(active) - len(above)
        all_marked = len(chosen) + len(stamped) >= 0.9 * below and below > 2 * len(above)
        sure = len(own_line) >= parameters.headers or all_marked
        reasons, members = before_speech(lines, above, sure)
    header = [lines[index].text for index in reasons]
    talk = [index for index in active if index not in reasons]
    if talk and talk[0] not in chosen and says_header_again(lines[talk[0]], header):
        reasons[talk[0]] = HEADER
    reasons |= contents_below(lines, [index for index in active if index not in chosen])
    return reasons | dict.fromkeys(_contents(lines, forms, active, chosen), CONTENTS), members


def _contents(
    lines: Sequence[Line], forms: dict[int, LineForms], active: Sequence[int], chosen: dict[int, Candidate]
) -> list[int]:
    """The lines at the top that list times and topics, after which the times begin again."""
    top: list[int] = []
    for index in active:
        forms_here = forms[index]
        stamp = forms_here.lead[0] if forms_here.lead else forms_here.last
        is_entry = stamp is not None and index not in chosen and len(lines[index].text) <= 80
        if is_entry and forms_here.begin < len(lines[index].text):
            top.append(index)
        elif top:
            break
    if len(top) < 3:
        return []

    def time_of(index: int) -> float | None:
        stamp: Stamp | None = forms[index].lead[0] if forms[index].lead else forms[index].last
        if stamp is None and index in chosen and chosen[index].timed:
            return seconds_of(lines[index].text)
        return stamp.seconds if stamp else None

    last = time_of(top[-1]) or 0.0
    later = [seconds for index in active if index > top[-1] if (seconds := time_of(index)) is not None]
    return top if len(later) > 2 and later[0] < last else []


def _compose(
    lines: Sequence[Line],
    forms: dict[int, LineForms],
    chosen: dict[int, Candidate],
    reasons: dict[int, str],
    weak: bool,
    people: tuple[str, ...],
) -> Speech:
    """The lines without their labels and times, and those that are not spoken with the reasons.

    A name in several spellings, such as Ms. Sawyer and Ms. SAWYER, gets the usual one; so does a full name
    that comes once, such as Ann Lee where Ann speaks.
    """
    notes = note_brackets(lines, [index for index, reason in reasons.items() if reason == DIRECTION])
    spellings: dict[str, str] = {}
    for name, count in Counter(label.name for label in chosen.values() if label.name).most_common():
        is_full = count == 1 and name.isascii() and name.replace(" ", "").isalpha()
        short = name.casefold().partition(" ")[0] if is_full else ""
        spellings.setdefault(name.casefold(), spellings.get(short, name))
    utterances: list[Utterance] = []
    excluded: list[ExcludedLine] = []
    speaker: str | None = None
    pending = False
    for index, line in enumerate(lines):
        label = chosen.get(index)
        if line.heading and label is None and index not in reasons:
            reasons = {**reasons, index: HEADING}
        if index in reasons and label is None:
            excluded.append(ExcludedLine(line.number, line.text, reasons[index]))
            continue
        cuts = _cuts(line, forms[index], label, weak, notes)
        part = part_of(line.number, line.text, cuts)
        if label is not None:
            speaker, pending = spellings.get((label.name or "").casefold()), True
        elif line.speaker is not None:
            speaker = line.speaker or None
        if is_address(part.said):
            excluded.append(ExcludedLine(line.number, line.text, NOTE))
        elif has_token(part.said):
            utterances.append(Utterance(speaker, line, part, pending))
            pending = False
            directions = (line.text[cut.start : cut.end] for cut in cuts if cut.reason == DIRECTION)
            excluded += [ExcludedLine(line.number, note, DIRECTION) for note in directions]
        else:
            gone = {cut.reason for cut in cuts}
            reason = (
                LABEL if label else DIRECTION if DIRECTION in gone else TIME if TIME in gone else NO_WORDS
            )
            excluded.append(ExcludedLine(line.number, line.text, reason))
    return Speech(tuple(utterances), tuple(excluded), people)


def _cuts(
    line: Line, forms: LineForms, label: Candidate | None, weak: bool, notes: Collection[str]
) -> list[Cut]:
    """What is not spoken in a line; `notes` as in `directions_in`."""
    text, cuts, begin = line.text, [], 0
    if label:
        begin = label.end
        cuts.append(Cut(0, begin, LABEL))
        after = stamp_at(text, begin)
        while after and (after.strong or weak):
            begin = after.end
            cuts.append(Cut(after.start, after.end, TIME))
            while begin < len(text) and text[begin] in " \t-–—|":
                begin += 1
            cuts.append(Cut(after.end, begin, TIME))
            after = stamp_at(text, begin) if begin < len(text) else None
    elif forms.lead and (weak or any(stamp.strong for stamp in forms.lead)):
        begin = forms.begin
        cuts.append(Cut(0, begin, TIME))
    if forms.last and (forms.last.strong or weak) and forms.last.start >= begin:
        cuts.append(Cut(forms.last.start, len(text), TIME))
    cuts += [Cut(stamp.start, stamp.end, TIME) for stamp in stamps_in_brackets(text) if stamp.start >= begin]
    cuts += [Cut(start, end, DIRECTION) for start, end in directions_in(text, notes) if start >= begin]
    cuts += [Cut(*tag.span(), SPACE) for tag in _TAG.finditer(text, begin)]
    return cuts
