"""The ways in which one line can be read: its timestamps, and the labels that its beginning may be.

    marks  time  name  time  separator  text  time

Any part but the text may be missing, and the text may be on the next line. Which of the candidates counts is
decided over the whole document, in align.transcript.labels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from align.transcript.lines import Line
from align.transcript.speaker_names import NAME, NO_NAME, NUMBERED, is_role, name_quality, tidy_name
from align.transcript.stamps import STAMP, Stamp, stamp_at, stamp_at_end


class Form(str, Enum):
    """How a label is written."""

    ARROWS = ">> Name: text"
    TIMED = "Name 00:12, alone on a line or before text"
    AFTER_TIME = "00:12 Name, alone on a line"
    COLON = "Name: text"
    BRACKET = "[Name] text"
    DASH = "Name - text"
    BAR = "Name | text"
    TAB = "Name, a tab, and text"
    PERIOD = "NAME. text"
    BOLD = "**Name** text"
    ALONE = "Name, alone on a line"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A label that a line may begin with.

    Attributes:
        name: None for arrows that name nobody.
        start, end: characters of the label, with its marks and times.
        quality: of the name; see `name_quality`.
        timed: whether a time is part of it.
        strong: whether one of its times can hardly be anything but a stamp.
    """

    form: Form
    name: str | None
    start: int
    end: int
    quality: int
    timed: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class LineForms:
    """All readings of a line.

    Attributes:
        lead: the stamps at its start, in order.
        begin: the first character after them.
        last: the stamp at its end.
        candidates: the likeliest first.
    """

    lead: tuple[Stamp, ...]
    begin: int
    last: Stamp | None
    candidates: tuple[Candidate, ...]

    def candidate(self, form: Form) -> Candidate | None:
        """The candidate of a form."""
        return next((each for each in self.candidates if each.form is form), None)


_MARKS = re.compile(r"\s*(?:#{1,6}\s+)?(?:[-–—•*·●○▪◦▶►]\s+)?(?:\*{1,3}|_{1,3})?")
_AFTER_STAMP = re.compile(r"\**[ \t\u3000]*(?:(?:[-–—|•·,，]|[:：](?!\d))[ \t]*)?\**[ \t]*")
_ARROWS = re.compile(r"\s*(?:>>|＞＞|》》|&gt;&gt;)[>＞》]?\s*")
_END = r"[*_]{0,3}"
_COLON = re.compile(
    rf"(?P<name>[^:：\n>＞]{{0,59}}?[^:：\n>＞\s])\s*{_END}\s*(?:{STAMP}\s*)?{_END}(?:(?<!\d)[:：]"
    rf"|(?<=\d)：|[:：](?!\d))(?!//|\\|=){_END}\s*"
)
_NAME_THEN_STAMP = re.compile(
    rf"(?P<name>[^:：\n\[【<]{{0,59}}?[^:：\n\[【<\s]|\[[^\[\]:：]{{1,40}}\]|【[^【】：]{{1,40}}】){_END}"
    rf"(?P<sep>\s*[|｜–—•·,，/]\s*|\s*-\s+|\s+|(?=[\[(（【<〈]))(?:on\s+|at\s+)?{_END}{STAMP}{_END}"
)
_BRACKET = re.compile(
    rf"(?:\[(?P<a>[^\[\]\n]{{1,40}})\]|【(?P<b>[^【】\n]{{1,40}})】|［(?P<c>[^［］\n]{{1,40}})］"
    rf"|<(?!(?:i|b|u|em|strong|font)>)(?P<d>[^<>\n/=]{{1,40}})>){_END}\s*[:：]?{_END}\s*"
)
_SEPARATED = (
    (Form.BAR, re.compile(r"(?P<name>[^|｜\n]{0,39}?[^|｜\n\s])\s*[|｜]\s*(?=\S)")),
    (Form.TAB, re.compile(r"(?P<name>[^\t\n]{0,39}?[^\t\n\s])\s*\t\s*(?=\S)")),
    (Form.DASH, re.compile(rf"(?P<name>[^\n]{{0,39}}?[^\n\s]){_END}\s*(?:\s[-–—]\s|——?)\s*(?=\S)")),
    (
        Form.PERIOD,
        re.compile(r"(?P<name>[QA]|[A-Z][A-Z'’.-]*(?: [A-Z][A-Z'’.-]*){0,3})\.?(?:(?<=\.)\s+|\s{2,})(?=\S)"),
    ),
)
_IN_ROUND = re.compile(r"[（(](?![a-zA-Z][）)])(?P<name>[^（）()\n]{1,20})[）)]\s*[:：]?\s*(?=\S)")
_NUMBERED_QUESTION = re.compile(r"^(Q|A|问|答|問|Question|Answer|问题|回答)\s?\d{1,3}$")
_TITLE = re.compile(r"\s(?:--|–|—)\s.{2,60}$")
"""What follows a name alone on a line, such as -- Chief Executive Officer."""
_CLOSING = " \t*_:："
_MANY_BLANKS = re.compile(r"\s{32}")
_LONGEST_LABEL = 160
"""Characters in which a label is looked for."""


def line_forms(line: Line) -> LineForms:
    """The readings of a line."""
    text = line.text
    marks = _MARKS.match(text)
    begin = marks.end() if marks else 0
    lead: list[Stamp] = []
    while stamp := stamp_at(text, begin):
        lead.append(stamp)
        after = _AFTER_STAMP.match(text, stamp.end)
        begin = after.end() if after else stamp.end
    whole = text[begin:].strip()
    blanks = _MANY_BLANKS.search(text, begin, begin + _LONGEST_LABEL)
    limit = blanks.start() if blanks else begin + _LONGEST_LABEL
    candidates: list[Candidate] = []
    timed, strong = bool(lead), any(stamp.strong for stamp in lead)

    def add(form: Form, written: str, end: int, timed: bool = timed, strong: bool = strong) -> None:
        name = _NUMBERED_QUESTION.sub(r"\1", tidy_name(written.strip("[]【】［］ ")))
        if (quality := name_quality(name)) != NO_NAME:
            candidates.append(Candidate(form, name, 0, end, quality, timed, strong))

    if arrows := _ARROWS.match(text, begin, limit):
        label = _COLON.match(text, arrows.end(), limit)
        name = tidy_name(label["name"]) if label else ""
        if label and name_quality(name) != NO_NAME:
            candidates.append(Candidate(Form.ARROWS, name, 0, label.end(), NUMBERED, timed, strong))
        else:
            candidates.append(Candidate(Form.ARROWS, None, 0, arrows.end(), NUMBERED, timed, strong))
        return LineForms(tuple(lead), begin, None, tuple(candidates))
    last = stamp_at_end(text) if whole else None
    if last and last.start < begin:
        last = None
    if label := _NAME_THEN_STAMP.match(text, begin, limit):
        rest = text[label.end() :]
        is_sure = _is_strong(label, text)
        after = _AFTER_STAMP.match(text, label.end())
        end = after.end() if after else label.end()
        if not rest.strip(_CLOSING):
            add(Form.TIMED, label["name"], len(text), True, is_sure)
        elif is_sure or name_quality(tidy_name(label["name"])) == NUMBERED:
            add(Form.TIMED, label["name"], end, True, is_sure)
    if (label := _COLON.match(text, begin, limit)) and not text.startswith(("//", "\\"), label.end()):
        inner = any(label[kind] for kind in ("bracketed", "range", "long", "short"))
        is_sure = inner and _is_strong(label, text)
        add(Form.COLON, label["name"], label.end(), inner or timed, is_sure or strong)
    if label := _BRACKET.match(text, begin, limit):
        add(Form.BRACKET, next(filter(None, label.groups())), label.end())
    if (label := _IN_ROUND.match(text, begin, limit)) and is_role(tidy_name(label["name"])):
        add(Form.BRACKET, label["name"], label.end())
    for form, pattern in _SEPARATED:
        if label := pattern.match(text, begin, limit):
            add(form, label["name"].rstrip(".") if form is Form.PERIOD else label["name"], label.end())
    bold = line.bold
    if begin < bold < len(text) and text[bold:].strip(_CLOSING):
        add(Form.BOLD, text[begin:bold], bold)
    alone = _TITLE.sub("", whole.strip(_CLOSING)) if len(whole) <= _LONGEST_LABEL else ""
    if alone and name_quality(tidy_name(alone)) >= NAME and not alone.endswith((".", "。")):
        add(Form.AFTER_TIME if lead else Form.ALONE, alone, len(text))
    return LineForms(tuple(lead), begin, last, tuple(candidates))


def _is_strong(label: re.Match[str], text: str) -> bool:
    """Whether the time in a label can hardly be anything but a stamp."""
    kind = next(kind for kind in ("bracketed", "range", "long", "short") if label[kind])
    stamp = stamp_at(text, label.start(kind))
    return stamp is not None and (stamp.strong or kind != "short")
