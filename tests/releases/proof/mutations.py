"""Single changes of a text that make one figure of it wrong, each with the source that it had.

What stays true by the table of qualifiers is no mutation: it is left out and counted.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from tracker.language.figures import recognise
from tracker.language.qualifiers import Agreement
from tracker.language.reading import FigureInText
from tracker.releases.proof import Checked, Ground, Report, Source, Verdict, prove_text
from tracker.releases.proof.saying import says

SAID = {Verdict.VERIFIED, Verdict.ROUNDED, Verdict.DERIVED, Verdict.LOOSE, Verdict.AMBIGUOUS}
UP = ("增长", "提高", "上升", "增加", "提升")
DOWN = ("下降", "降低", "减少")
_DIGITS = re.compile(r"\d")
_DIRECTION = re.compile(rf"({'|'.join((*UP, *DOWN))})(?:了|到|至|为|近|约|超过)?$")
ADDED = (
    "，另有{n}人参加活动",
    "，新建站点{n}个",
    "，发放补助{n}元",
    "，占总数的{p}%",
    "，惠及群众{n}户",
)


@dataclass(frozen=True)
class Mutation:
    """A changed text; text[start:end] is what was put there. `source` is what the place said before."""

    kind: str
    text: str
    start: int
    end: int
    source: Source | None


class Mutations:
    """All changes of a proved text; `excused` counts those that stay true, by kind."""

    def __init__(self, report: Report, ground: Ground, seed: int = 7):
        self.report, self.ground, self.text = report, ground, report.text
        self.random = Random(seed)  # noqa: S311 - a test's choice
        self.excused: Counter[str] = Counter()
        self.known = [one for one in report.figures if one.verdict in SAID and one.source]

    def all(self) -> Iterator[Mutation]:
        for one in self.known:
            for kind in (self.digits, self.swaps, self.scales, self.persons, self.qualifiers):
                yield from self.wrong(one, kind(one.figure))
            yield from self.directions(one)
        yield from self.exchanges()
        yield from self.additions()

    def wrong(self, one: Checked, changes: Iterator[tuple[str, str]]) -> Iterator[Mutation]:
        """Those of the changed surfaces that are no longer true of the source."""
        figure = one.figure
        for kind, surface in changes:
            text = self.text[: figure.start] + surface + self.text[figure.end :]
            if self._still_true(text, figure.start, surface, one.source):
                self.excused[kind] += 1
            else:
                yield Mutation(kind, text, figure.start, figure.start + len(surface), one.source)

    def _still_true(self, text: str, start: int, surface: str, source: Source) -> bool:
        """By the table, of the figure as it is read in a window around it."""
        low, high = max(0, start - 60), start + len(surface) + 30
        found = [
            figure
            for figure in recognise(text[low:high], self.ground.names).figures
            if figure.start + low < start + len(surface) and start < figure.end + low
        ]
        return any(says(figure, source) != Agreement.WRONG for figure in found)

    def digits(self, figure: FigureInText) -> Iterator[tuple[str, str]]:
        places = [match.start() for match in _DIGITS.finditer(figure.raw)]
        for place in self.random.sample(places, min(3, len(places))):
            old = figure.raw[place]
            first = place == 0 or not figure.raw[place - 1].isdigit()
            choices = [d for d in ("123456789" if first else "0123456789") if d != old]
            yield "digit", _put(figure.raw, place, self.random.choice(choices))

    def swaps(self, figure: FigureInText) -> Iterator[tuple[str, str]]:
        for place in range(len(figure.raw) - 1):
            one, two = figure.raw[place : place + 2]
            if one.isdigit() and two.isdigit() and one != two and (two != "0" or place):
                yield "swap", figure.raw[:place] + two + one + figure.raw[place + 2 :]

    def scales(self, figure: FigureInText) -> Iterator[tuple[str, str]]:
        if "万" in figure.raw:
            yield "scale", figure.raw.replace("万", "", 1)
        elif "%" not in figure.raw and (digits := re.search(r"\d[\d.]*", figure.raw)):
            yield "scale", figure.raw[: digits.end()] + "万" + figure.raw[digits.end() :]

    def persons(self, figure: FigureInText) -> Iterator[tuple[str, str]]:
        if "人次" in figure.raw:
            yield "unit", figure.raw.replace("人次", "人")
        elif figure.raw.endswith(("人", "名")):
            yield "unit", figure.raw[:-1] + "人次"

    def qualifiers(self, figure: FigureInText) -> Iterator[tuple[str, str]]:
        plain = re.sub(r"[余多]|^(?:超过|超|近|约)|左右$|以上$", "", figure.raw)
        if plain != figure.raw:
            yield "qualifier", plain
        digits = re.search(r"\d[\d.]*万?", plain)
        if digits and not figure.qualifier:
            end = digits.end()
            yield "qualifier", f"{plain[:end]}余{plain[end:]}"
            yield "qualifier", f"近{plain}"
            yield "qualifier", f"超{plain}"

    def directions(self, one: Checked) -> Iterator[Mutation]:
        start = one.figure.start
        if match := _DIRECTION.search(self.text, max(0, start - 12), start):
            word = match[1]
            other = "下降" if word in UP else "增长"
            text = self.text[: match.start(1)] + other + self.text[match.end(1) :]
            shift = len(other) - len(word)
            yield Mutation("direction", text, match.start(1), one.figure.end + shift, one.source)

    def exchanges(self) -> Iterator[Mutation]:
        """Each figure with the next two of the same unit."""
        for index, one in enumerate(self.known):
            for other in self.known[index + 1 : index + 6]:
                if one.figure.end <= other.figure.start and one.figure.unit == other.figure.unit:
                    yield from self._exchanged(one, other)

    def _exchanged(self, one: Checked, other: Checked) -> Iterator[Mutation]:
        first, second = one.figure, other.figure
        if (
            says(first, other.source) != Agreement.WRONG
            or says(second, one.source) != Agreement.WRONG
        ):
            self.excused["exchange"] += 1
            return
        middle = self.text[first.end : second.start]
        text = self.text[: first.start] + second.raw + middle + first.raw + self.text[second.end :]
        yield Mutation("exchange", text, first.start, second.end, one.source)

    def additions(self) -> Iterator[Mutation]:
        stops = [match.start() for match in re.finditer("[。；]", self.text)]
        for place in stops:
            words = self.random.choice(ADDED).format(
                n=self.random.randint(11, 9999), p=self.random.randint(110, 989) / 10
            )
            text = self.text[:place] + words + self.text[place:]
            yield Mutation("added", text, place, place + len(words), None)


def _put(text: str, place: int, char: str) -> str:
    return text[:place] + char + text[place + 1 :]


@dataclass(frozen=True)
class Outcome:
    mutation: Mutation
    stopped: bool
    proposed: bool
    elsewhere: int


def outcome(mutation: Mutation, before: Report, ground: Ground) -> Outcome:
    """Whether the change stops publication where it stands, and its right source is proposed."""
    after = prove_text(mutation.text, ground)
    here = [
        stop
        for stop in after.stops
        if _span(stop)[0] < mutation.end and mutation.start < _span(stop)[1]
    ]
    proposed = any(
        mutation.source and mutation.source.key in _keys(one)
        for one in after.figures
        if one.figure.start < mutation.end and mutation.start < one.figure.end
    )
    elsewhere = len(after.stops) - len(before.stops) - len(here)
    return Outcome(mutation, bool(here), proposed, elsewhere)


def _span(stop) -> tuple[int, int]:
    place = stop.figure if isinstance(stop, Checked) else stop
    return place.start, place.end


def _keys(one: Checked) -> set[str]:
    return {source.key for source in (one.source, *one.rivals) if source}


def proved(text: str, ground: Ground) -> Report:
    return prove_text(text, ground)
