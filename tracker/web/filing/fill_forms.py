"""The form of a report laid beside a submission, field by field."""

import re

from django import forms
from django.http import QueryDict

from tracker.submissions.filling.reading import Proposed, Reading
from tracker.submissions.filling.services import Taken, TextTaken
from tracker.web import typed
from tracker.web.file_forms import file_field
from tracker.workbooks.papers import ENDINGS, MAX_BYTES

CELL = re.compile(r"(\d{1,18})\.(\d{1,18})\.([^.]{0,20})\.(\d{1,18})")
LONGEST, LONGEST_DATE = 60, 40


class ReportForm(forms.Form):
    file = file_field("已写好的报告", "先看每个数填到哪里，确认后才写入", ENDINGS, MAX_BYTES)


class Filled:
    """What was posted: which figures are taken into which cells, and which paragraphs as texts."""

    def __init__(self, posted: QueryDict, reading: Reading):
        self.posted, self.reading = posted, reading
        self.problems: dict[int, str] = {}
        self.one = typed.number(posted.get("only", ""))
        self.taken = self._taken()
        self.texts = [] if self.one is not None else self._texts()

    @property
    def is_empty(self) -> bool:
        return not (self.taken or self.texts or self.problems)

    def _wanted(self) -> set[int]:
        if self.one is not None:
            return {self.one}
        return {int(one) for one in self.posted.getlist("take") if one.isdecimal() and len(one) < 9}

    def _taken(self) -> list[Taken]:
        taken, cells, wanted = [], {}, self._wanted()
        known = {option.place for option in self.reading.options}
        for one in self.reading.proposals:
            start = one.figure.start
            if start not in wanted:
                continue
            match = CELL.fullmatch(self.posted.get(f"cell-{start}", ""))
            place = (int(match[1]), int(match[2]), "", match[3]) if match else None
            if place not in known:
                self.problems[start] = "请选择这个数对应的指标，或取消勾选。"
            elif place in cells:
                self.problems[start] = f"与“{cells[place]}”选了同一项指标，只能采用一个。"
            else:
                cells[place] = one.figure.raw
                text = self.posted.get(f"text-{start}", "")[:LONGEST]
                as_of = self.posted.get(f"asof-{start}", "").strip()[:LONGEST_DATE]
                taken.append(Taken(start, place, text, int(match[4]), as_of))
        return taken

    def _texts(self) -> list[TextTaken]:
        """The paragraphs that were given to a programme, each programme's together."""
        lines: dict[int, list[int]] = {}
        for line in self.reading.lines:
            chosen = typed.number(self.posted.get(f"programme-{line.number}", ""))
            if chosen:
                lines.setdefault(chosen, []).append(line.number)
        ticked = self.posted.getlist("number")
        numbers = frozenset(int(one) for one in ticked if one.isdecimal() and len(one) < 9)
        return [
            TextTaken(programme, tuple(lines[programme.pk]), numbers)
            for programme in self.reading.programmes
            if programme.pk in lines
        ]


def restore(reading: Reading, posted: QueryDict) -> None:
    """What was chosen and typed stands on the page again."""
    ticked = set(posted.getlist("take")) | {posted.get("only", "")}
    numbers = set(posted.getlist("number"))
    for one in reading.proposals:
        _restore(one, posted, str(one.figure.start) in ticked)
    for line in reading.lines:
        line.programme = typed.number(posted.get(f"programme-{line.number}", ""))
        line.unticked = {f.start for f in line.figures if str(f.start) not in numbers}


def _restore(one: Proposed, posted: QueryDict, ticked: bool) -> None:
    start = one.figure.start
    one.ticked = ticked
    one.text = posted.get(f"text-{start}", one.text)[:LONGEST]
    one.typed_as_of = posted.get(f"asof-{start}", "")[:LONGEST_DATE]
    match = CELL.fullmatch(posted.get(f"cell-{start}", ""))
    one.chosen = (int(match[1]), int(match[2]), "", match[3]) if match else None
