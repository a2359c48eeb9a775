"""Which readings of a document's lines count as labels, by how often a form and a name come again.

A label that a time is part of counts by itself, as does >>. "Name:" counts when the name can hardly be
anything but a person's and comes again or first; any other name needs company: labels of two people or more
that come again, wherever they stand, since many transcripts name a speaker only at a change. Once most lines
have labels, a label that comes only once counts too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from align.transcript.directions import is_sound
from align.transcript.label_parameters import LabelParameters
from align.transcript.line_forms import Candidate, Form, LineForms
from align.transcript.lines import Line
from align.transcript.names_alone import names_alone
from align.transcript.speaker_names import NAME, NUMBERED, PERSON, POSSIBLE, is_role
from align.transcript.stamps import is_running, seconds_of, stamp_at
from align.transcript.unspoken import is_field, is_sentence

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")


@dataclass(frozen=True, slots=True)
class LabelChoice:
    """The readings of all lines, of which those that count are chosen."""

    lines: Sequence[Line]
    forms: dict[int, LineForms]
    active: tuple[int, ...]
    parameters: LabelParameters

    def labels(self) -> dict[int, Candidate]:
        """The label of each line that has one."""
        parameters = self.parameters
        chosen: dict[int, Candidate] = {}
        timed = self._timed()
        chosen |= {
            index: each
            for index in self.active
            if (each := self.forms[index].candidate(Form.ARROWS)) is not None
        }
        chosen |= {index: each for index, each in timed.items() if index not in chosen}
        chosen |= {index: each for index, each in self._after_times().items() if index not in chosen}
        headers = [index for index, each in chosen.items() if each.end == len(self.lines[index].text)]
        headings = self._headings(chosen)
        chosen |= headings
        if len(headers) < parameters.headers and not headings:
            alone = self._alone(chosen)
            chosen |= alone
            headers += alone
        known = {each.name.casefold() for each in chosen.values() if each.name}
        groups = (
            (Form.COLON, Form.BRACKET),
            (Form.PERIOD,),
            (Form.BOLD,),
            (Form.BAR,),
            (Form.TAB,),
            (Form.DASH,),
        )
        for group in groups:
            entries: dict[int, Candidate] = {}
            for index in self.active:
                if index in chosen or self.lines[index].heading:
                    continue
                found = [
                    each
                    for form in group
                    if (each := self.forms[index].candidate(form)) and self._may_be_label(index, each)
                ]
                entries |= {index: found[0]} if found else {}
            accepted = self._names_that_recur(entries, group[0]) if entries else set()
            if len(headers) >= parameters.headers:
                accepted &= known
            accepted |= known & {each.name.casefold() for each in entries.values() if each.name}
            for index, each in entries.items():
                if each.name and each.name.casefold() in accepted:
                    chosen[index] = each
        return chosen

    def _may_be_label(self, index: int, label: Candidate) -> bool:
        rest = self.lines[index].text[label.end :].strip()
        if label.form is Form.BRACKET:
            return bool(rest) and not is_sound(label.name or "")
        return _ADDRESS.fullmatch(rest) is None

    def _timed(self) -> dict[int, Candidate]:
        """Labels that a time is part of: Name 00:12."""
        entries = {
            index: each
            for index in self.active
            if (each := self.forms[index].candidate(Form.TIMED)) is not None
            if not is_field(self.lines[index].text)
        }
        counts = Counter(each.name.casefold() for each in entries.values() if each.name)
        numbered = any(each.quality == NUMBERED for each in entries.values())
        if len(entries) > 3 and len(counts) == len(entries) and not numbered:
            return {}  # a list of chapters
        short = self._short_times_run(entries)
        chosen = {}
        position = {index: k for k, index in enumerate(self.active)}
        for index, each in entries.items():
            name, line = each.name or "", self.lines[index]
            recurs = counts[name.casefold()] > 1
            below = self.active[position[index] + 1] if position[index] + 1 < len(self.active) else None
            is_alone = each.end == len(line.text)
            in_list = (
                is_alone and not recurs and (below is None or below in entries) and each.quality < NUMBERED
            )
            if in_list or each.quality < (POSSIBLE if recurs else NAME) or not (each.strong or short):
                continue
            if not is_alone and not recurs:
                bare = not re.search(r"[\[(（【<]", line.text[: each.end])
                is_sure = is_role(name) or (
                    each.quality >= PERSON and (bare or not name.isascii() or " " in name)
                )
                if not is_sure and len(entries) < max(2, self.parameters.labelled * len(self.active)):
                    continue
            colon = self.forms[index].candidate(Form.COLON)
            chosen[index] = colon if colon and colon.end >= each.end and colon.name == each.name else each
        return chosen

    def _short_times_run(self, entries: dict[int, Candidate]) -> bool:
        """Whether the times of day in labels, such as 10:30, go forward as stamps do."""
        texts = [
            self.lines[index].text[each.start : each.end].rpartition(each.name or "")[2]
            for index, each in entries.items()
            if each.quality >= NAME and each.end == len(self.lines[index].text)
        ]
        return is_running([seconds_of(text) for text in texts])

    def _after_times(self) -> dict[int, Candidate]:
        """Names below or behind a time, with the text on the next line."""
        behind: dict[int, Candidate] = {}
        below: dict[int, Candidate] = {}
        blocks = 0
        for place, index in enumerate(self.active):
            forms, text = self.forms[index], self.lines[index].text
            following = self.active[place + 1] if place + 1 < len(self.active) else None
            has_text = following is not None and not self.forms[following].lead
            if not forms.lead:
                continue
            if forms.begin >= len(text):
                blocks += has_text
                third = self.active[place + 2] if place + 2 < len(self.active) else None
                goes_on = third is not None and not self.forms[third].lead
                each = (
                    self.forms[following].candidate(Form.ALONE)
                    if has_text and following is not None
                    else None
                )
                if each and following is not None and goes_on:
                    below[following] = each
            else:
                blocks += 1
                if has_text and (each := forms.candidate(Form.AFTER_TIME)):
                    behind[index] = each
        chosen: dict[int, Candidate] = {}
        for entries in (below, behind):
            counts = Counter(each.name.casefold() for each in entries.values() if each.name)
            recurring = sum(count for count in counts.values() if count > 1)
            numbered = sum(each.quality == NUMBERED for each in entries.values())
            persons = sum(each.quality >= PERSON for each in entries.values())
            is_sure = recurring >= 0.5 * len(entries) or (persons == len(entries) and blocks == len(entries))
            if len(entries) > 1 and len(entries) >= 0.8 * blocks and is_sure:
                chosen |= entries
            elif numbered:
                chosen |= {index: each for index, each in entries.items() if each.quality == NUMBERED}
        return chosen

    def _headings(self, chosen: dict[int, Candidate]) -> dict[int, Candidate]:
        """Headings that are names, and come again."""
        entries = {
            index: each
            for index in self.active
            if self.lines[index].heading and index not in chosen
            if (each := self.forms[index].candidate(Form.ALONE) or self.forms[index].candidate(Form.COLON))
        }
        counts = Counter(each.name.casefold() for each in entries.values() if each.name)
        names = {name for name, count in counts.items() if count > 1}
        if names and len(entries) == sum(self.lines[index].heading for index in self.active):
            return entries
        if len(names) == 1 and not any(each.quality == NUMBERED for each in entries.values()):
            return {}  # a heading of chapters that comes twice
        return {index: each for index, each in entries.items() if (each.name or "").casefold() in names}

    def _alone(self, chosen: dict[int, Candidate]) -> dict[int, Candidate]:
        """Names alone on a line, with the text below."""
        entries = {
            index: each
            for index in self.active
            if index not in chosen and not self.lines[index].heading
            if (each := self.forms[index].candidate(Form.ALONE)) is not None
        }
        return names_alone(self.lines, entries, self.active, self.parameters)

    def _names_that_recur(self, entries: dict[int, Candidate], form: Form) -> set[str]:
        """Names, case folded, of the labels of a form with enough evidence."""
        parameters, lines = self.parameters, len(self.active)
        counts = Counter(each.name.casefold() for each in entries.values() if each.name)
        quality = {each.name.casefold(): each.quality for each in entries.values() if each.name}
        recurring = {name for name, count in counts.items() if count > 1}
        total = sum(counts.values())
        again = sum(counts[name] for name in recurring) / total
        several = len(recurring) > 1 and again >= parameters.recurring
        if recurring and again >= parameters.recurring:  # shares of the talk, which begins with a label
            talk = [index for index in self.active if index >= min(entries) and not self.lines[index].heading]
            lines = len(talk)
        if form is not Form.COLON:
            return self._separated(form, counts, quality, again, lines)
        accepted: set[str] = set()
        named_share = sum(counts[name] for name in recurring if quality[name] >= NAME) / lines
        for name in recurring:
            is_sure = is_role(name) or (quality[name] >= PERSON and again >= 0.3)
            if len(recurring) == 1 and name.isascii() and named_share < parameters.some and not is_role(name):
                continue  # such as Read: or Update: in an article
            if (
                is_sure
                or (quality[name] == NAME and (several or named_share >= parameters.some))
                or (quality[name] == POSSIBLE and several and total >= parameters.labelled * lines)
            ):
                accepted.add(name)
        persons = {name for name in counts if quality[name] >= PERSON}
        first = entries.get(self.active[0]) if self.active else None
        if first and first.name and first.quality >= PERSON and not accepted:
            accepted.add(first.name.casefold())
        named = sum(counts[name] for name in counts if quality[name] >= NAME)
        is_short = total <= 3 and next((k for k in self.active if not self.lines[k].heading), -1) in entries
        sentences = {
            (each.name or "").casefold()
            for index, each in entries.items()
            if each.end >= len(self.lines[index].text) or is_sentence(self.lines[index].text)
        }
        if named >= max(2, parameters.labelled * lines) and (recurring & persons or is_short):
            accepted |= persons - self._titles(entries, recurring, sentences)
        if {"q", "a"} <= counts.keys() & sentences:
            accepted |= {"q", "a"}
        if total <= 3:
            accepted |= {
                each.name.casefold()
                for index, each in entries.items()
                if each.name and each.quality >= PERSON and self.lines[index].bold >= len(each.name)
                if " " in each.name or not each.name.isascii()
            }
        stamped = [index for index in self.active if self.forms[index].lead]
        with_time = [each for each in entries.values() if each.timed]
        if with_time and len(with_time) >= parameters.labelled * len(stamped):
            accepted |= {(each.name or "").casefold() for each in with_time if each.quality >= PERSON}
        covered = sum(counts[name] for name in accepted) / lines
        return accepted | self._names_once(entries, accepted, covered, sentences, several)

    def _names_once(
        self,
        entries: dict[int, Candidate],
        accepted: set[str],
        covered: float,
        sentences: set[str],
        several: bool,
    ) -> set[str]:
        """Names that come once beside those accepted, by how much of the text has labels.

        Where most lines have one, whatever stands at their place is one. A first name says whom a full one
        is; and in a dialogue a label stands below the turn that one person asks or answers once.

        Args:
            covered: share of the lines with an accepted label.
            sentences: the names with sentences behind them.
            several: whether more than one name comes again.
        """
        after = dict(pairwise(self.active))
        names: set[str] = set()
        loose = len(accepted - sentences) > 0.2 * len(accepted)
        for index, each in entries.items():
            name, below = (each.name or "").casefold(), after.get(index)
            is_full = each.quality >= PERSON and name.isascii() and name.partition(" ")[0] in accepted
            is_answered = below in entries and (entries[below].name or "").casefold() in accepted
            is_sure = each.quality >= PERSON and (is_role(name) or not name.isascii() or " " in name)
            if (
                is_full
                or covered >= self.parameters.all
                or (
                    covered >= self.parameters.mostly
                    and each.quality >= NAME
                    and (loose or name in sentences)
                )
                or (several and name in sentences and (is_sure or is_answered))
            ):
                names.add(name)
        return names

    def _titles(self, entries: dict[int, Candidate], recurring: set[str], sentences: set[str]) -> set[str]:
        """What stands before a colon in titles: no sentence is behind it, and no label below.

        They are distinguished from names only in a text whose names have sentences behind them.
        """
        if len(recurring & sentences) < 0.8 * len(recurring):
            return set()
        named = [index for index, each in entries.items() if (each.name or "").casefold() in recurring]
        above = [index for index in entries if index < min(named, default=0)]
        after = dict(pairwise(self.active))
        return {
            (entries[index].name or "").casefold() for index in above if after.get(index) not in entries
        } - sentences

    def _separated(
        self, form: Form, counts: Counter[str], quality: dict[str, int], again: float, lines: int
    ) -> set[str]:
        """The same for labels without a colon, for which a few words of text are taken more easily."""
        parameters, total = self.parameters, sum(counts.values())
        recurring = {name for name, count in counts.items() if count > 1}
        several = len(recurring) > 1 and again >= parameters.recurring
        few = form is Form.PERIOD or form is Form.BOLD
        enough = total >= (parameters.some if few else parameters.separated) * lines
        good = {name for name in recurring if quality[name] >= NAME}
        if form is Form.BOLD and recurring and total >= 0.8 * lines and min(quality.values()) >= PERSON:
            return set(counts)
        if form is Form.PERIOD and recurring & {"q", "a"} and not {"q", "a"} <= recurring:
            return set()
        return good if several and enough and again >= (parameters.recurring if few else 0.8) else set()

    def weak_stamps_count(self, chosen: dict[int, Candidate]) -> bool:
        """Whether times that could be times of day are stamps: many lines have one, and they go forward."""
        seconds: list[float] = []
        weak = alone = 0
        for index in self.active:
            forms, text = self.forms[index], self.lines[index].text
            stamp = forms.lead[0] if forms.lead else None
            if index in chosen and stamp is None:
                stamp = stamp_at(text, chosen[index].end)
            stamp = stamp or forms.last
            if stamp and not stamp.bracketed:
                seconds.append(stamp.seconds)
                weak += not stamp.strong
                alone += not stamp.strong and forms.begin >= len(text)
        turns = min(len(self.active), 3 * len(chosen) or len(self.active))
        enough = alone > 1 or len(seconds) >= max(2, turns / 3)
        return weak > 0 and enough and is_running(seconds)
