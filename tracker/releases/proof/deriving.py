"""What follows in one step from the facts around a figure: growth, share, completion, sums ...

A figure is derived only from what its own sentence says or what the ledger declares about a fact that
the sentence names; otherwise some pair of ten thousand entries would bear out any percentage.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from tracker.language.qualifiers import Agreement, agrees
from tracker.language.reading import FigureInText, Role
from tracker.language.units import UnitClass, unit_class
from tracker.ledger.completions import schedule_of
from tracker.releases.proof.ground import Ground, Kin
from tracker.releases.proof.saying import never_whole
from tracker.releases.proof.standings import Settling, settled
from tracker.releases.proof.verdicts import Source

HUNDRED = Decimal(100)
_BESIDE = 16
_NEAR = Decimal("0.2")
_COUNTED = (UnitClass.PERSON, UnitClass.ATTENDANCE, UnitClass.HOUSEHOLD)
UP = re.compile(r"(?<!已)(?:增长|提高|提升|上升|增加|上涨|扩大|增幅|高于|超|多|增)")
DOWN = re.compile(r"下降|降低|减少|回落|下跌|压减|缩小|收窄|降幅|低于|少|降")
_SHARE = re.compile(r"占|比重|比例|覆盖率|达标率|率")
_DONE = re.compile(r"完成|目标|任务|计划")
_PACE = re.compile(r"(?:[快慢高低]于|超前|超|落后于?|滞后于?|比)[^，。；]{0,6}序时[^，。；]{0,8}$")
_SLOW = re.compile(r"慢|低|落后|滞后")
_OVER = re.compile(r"超额|超过|超出|超目标|超计划|超任务")
_EACH = re.compile(r"人均|户均|平均|每人|每户")
_SUM = re.compile(r"(?:共计?|合计|总计|总数|总额|总)[一-龥]{0,6}$")
_YEAR = re.compile(r"同比|上年|去年|同期")
_STEP = re.compile(r"环比|上月|上季|上期|上周")
NEXT_CLAUSES = re.compile(r"[。；;\n]")


@dataclass(frozen=True)
class Known:
    """A figure of the text that says a source."""

    figure: FigureInText
    source: Source


@dataclass(frozen=True)
class Derivation:
    """A computed source with its sign, and whether the words claim just this (`claimed`)."""

    source: Source
    claimed: bool = False


class Deriver:
    """Derivations for the figures of one text."""

    def __init__(self, text: str, ground: Ground, known: Sequence[Known]):
        self.text, self.ground = text, ground
        self.known = sorted(known, key=lambda one: one.figure.start)
        self._starts = [one.figure.start for one in self.known]

    def of(
        self, figure: FigureInText, start: int, end: int, named: Sequence[Source]
    ) -> tuple[Derivation, ...]:
        """What the figure may say, claimed first. [start, end) is its sentence; `named` by its words."""
        middle = bisect_left(self._starts, figure.start)
        near = self.known[max(0, middle - _BESIDE) : middle + _BESIDE]
        beside = [
            one for one in near if start <= one.figure.start < end and one.figure is not figure
        ]
        before = [one for one in beside if one.figure.end <= figure.start]
        words = self._words(figure, start, before)
        found = list(self._derivations(figure, words, before, beside, named))
        spoken = [*_nearest(before, named), *(one.source for one in beside), *named]
        standing = settled(Settling(figure, self.text, start, end, spoken), self.ground)
        found += [Derivation(source, claimed) for source, claimed in standing]
        return tuple(sorted(found, key=lambda one: not one.claimed))

    def _words(self, figure: FigureInText, start: int, before: Sequence[Known]) -> str:
        """The words between the figure before and this one, at most a clause or two."""
        last = before[-1].figure.end if before else start
        return self.text[max(start, figure.start - 30, last) : figure.start]

    def _derivations(self, figure, words, before, beside, named) -> Iterator[Derivation]:
        percent = figure.unit in ("%", "‰", "百分点", "成")
        sources = _nearest(before, named)
        if percent or figure.unit in ("倍", "番"):
            yield from self._changes(figure, words, before, sources)
        if percent:
            yield from self._shares(words, before, beside, sources)
            yield from self._completions(words, sources)
            yield from self._paces(figure, words, sources)
            return
        yield from self._differences(figure, words, before, sources)
        yield from self._goals(figure, words, named)
        if _EACH.search(words):
            yield from _per_head(beside)
        if _SUM.search(words):
            yield from self._sums(figure, beside)

    def _changes(self, figure, words, before, sources) -> Iterator[Derivation]:
        """From one shown value to the next; then against the stored bases."""
        pair = _from_to(self.text, before)
        if pair and (UP.search(words) or DOWN.search(words)):
            yield from _rates(*pair, figure, claimed=True)
            shown = [
                replace(one.source, value=one.figure.value) for one in pair_of(self.text, before)
            ]
            yield from _rates(*shown, figure, claimed=False)
        for source in sources:
            for base, claimed in self._bases(source, words):
                yield from _rates(base, source, figure, claimed=claimed and not pair)

    def _bases(self, source: Source, words: str) -> Iterator[tuple[Source, bool]]:
        series = self.ground.series.get(self.ground.line_of(source), {})
        if start := self.ground.starts.get(source.entries):
            yield start, bool(UP.search(words) or DOWN.search(words)) and not _YEAR.search(words)
        for key, cue in ((self.ground.year_ago, _YEAR), (self.ground.previous, _STEP)):
            base = series.get(key or "")
            if base and base.key != source.key:
                yield base, bool(cue.search(words))

    def _shares(self, words, before, beside, sources) -> Iterator[Derivation]:
        for part in sources:
            for whole in self._wholes(part):
                yield from _share(part, whole, claimed=bool(_SHARE.search(words)))
        if not _SHARE.search(words):
            return
        for part in before[-3:]:
            for whole in beside:
                if whole is not part and _alike(part.source, whole.source):
                    yield from _share(part.source, whole.source)
                    yield from _share(
                        replace(part.source, value=part.figure.value),
                        replace(whole.source, value=whole.figure.value),
                    )

    def _wholes(self, part: Source) -> Iterable[Source]:
        kin = self.ground.kin.get(part.indicator or 0, Kin())
        for whole in sorted(kin.wholes | ({kin.denominator} if kin.denominator else set())):
            yield from self.ground.now(whole)

    def _completions(self, words, sources) -> Iterator[Derivation]:
        for source in sources:
            aim = self.ground.aims.get((source.indicator, source.region))
            if aim is None or not aim.value or aim.kind not in ("at_least", "full"):
                continue
            done = completion_of(source, aim.value)
            over = bool(_OVER.search(words))
            said = bool(_DONE.search(words))
            yield Derivation(done, said and not over)
            more = _derived(source, done.value - HUNDRED, "%", "OVER_TARGET")
            yield Derivation(more, over and said)

    def _paces(self, figure, words, sources) -> Iterator[Derivation]:
        """快于序时进度0.55个百分点: completion less the part of the year that is over."""
        said = _PACE.search(words)
        if figure.unit != "百分点" or said is None:
            return
        for source in sources:
            aim = self.ground.aims.get((source.indicator, source.region))
            if aim is None or not aim.value or aim.kind != "at_least":
                continue
            schedule = schedule_of(self.ground.span) * HUNDRED
            ahead = completion_of(source, aim.value).value - schedule
            if (ahead < 0) == bool(_SLOW.search(said[0])):
                yield Derivation(_derived(source, ahead, "百分点", "AGAINST_PLAN"), True)

    def _goals(self, figure, words, named) -> Iterator[Derivation]:
        for source in named[:3]:
            aim = self.ground.aims.get((source.indicator, source.region))
            if aim is not None and aim.value is not None:
                claimed = figure.role == Role.TARGET or bool(re.search("目标|任务|计划", words))
                yield Derivation(_derived(source, aim.value, source.unit, "TARGET"), claimed)
                over = source.value - aim.value
                yield Derivation(_derived(source, over, source.unit, "DIFFERENCE"))

    def _differences(self, figure, words, before, sources) -> Iterator[Derivation]:
        if not (UP.search(words) or DOWN.search(words)):
            return
        pair = _from_to(self.text, before)
        if pair and _alike(pair[1], _as_source(figure)):
            change = pair[1].value - pair[0].value
            yield Derivation(_derived(pair[1], change, pair[1].unit, "DIFFERENCE", pair[0]), True)
        for source in sources:
            for base, claimed in self._bases(source, words):
                change = source.value - base.value
                yield Derivation(
                    _derived(source, change, source.unit, "DIFFERENCE", base), claimed and not pair
                )

    def _sums(self, figure, beside) -> Iterator[Derivation]:
        """Of a run of figures of the same kind just behind or before it."""
        alike = [one for one in beside if _alike(one.source, _as_source(figure))]
        behind = [one for one in alike if one.figure.start >= figure.end]
        before = [one for one in alike if one.figure.end <= figure.start]
        for run in (behind, before[::-1]):
            for size in range(2, min(len(run), 12) + 1):
                parts = run[:size]
                total = sum((one.source.value for one in parts), Decimal(0))
                yield Derivation(_derived(parts[0].source, total, figure.unit, "SUM", *(one.source for one in parts[1:])))  # fmt: skip


def pair_of(text: str, before: Sequence[Known]) -> tuple[Known, ...]:
    """The last two figures when they read from one to the other: 由300元提高到676元."""
    for at in range(len(before) - 2, max(-1, len(before) - 6), -1):
        one, other = before[at], before[at + 1]
        between = text[one.figure.end : other.figure.start]
        opening = text[max(0, one.figure.start - 16) : one.figure.start]
        if (
            re.search(r"[到至为]$", between)
            and len(between) < 16
            and re.search(r"[由从自]", opening)
            and _alike(one.source, other.source)
        ):
            return one, other
    return ()


def _from_to(text: str, before: Sequence[Known]) -> tuple[Source, Source] | None:
    pair = pair_of(text, before)
    return (pair[0].source, pair[1].source) if pair else None


def _nearest(before: Sequence[Known], named: Sequence[Source]) -> list[Source]:
    found = [one.source for one in before[::-1][:4]]
    return list(dict.fromkeys([*found, *named[:4]]))


def _rates(
    base: Source, now: Source, figure: FigureInText, *, claimed: bool
) -> Iterator[Derivation]:
    """Growth in per cent, points between rates, multiples."""
    if now.qualifier or base.qualifier:
        return
    if figure.unit == "百分点":
        if now.unit == "%":
            yield Derivation(
                _derived(now, now.value - base.value, "百分点", "POINTS", base), claimed
            )
        return
    try:
        times = now.value / base.value
    except (InvalidOperation, ZeroDivisionError):
        return
    if base.value < 0:
        return
    if figure.unit == "倍":
        added = figure.role != Role.MULTIPLE or True
        yield Derivation(_derived(now, times - 1, "倍", "GROWTH", base), claimed and added)
        yield Derivation(_derived(now, times, "倍", "MULTIPLE", base))
    elif figure.unit == "%":
        yield Derivation(_derived(now, (times - 1) * HUNDRED, "%", "GROWTH", base), claimed)


def _share(part: Source, whole: Source, *, claimed: bool = False) -> Iterator[Derivation]:
    if whole.value > 0 and not (part.qualifier or whole.qualifier) and part.value <= whole.value:
        yield Derivation(
            _derived(part, part.value * HUNDRED / whole.value, "%", "SHARE", whole), claimed
        )


def _per_head(beside: Sequence[Known]) -> Iterator[Derivation]:
    money = [one.source for one in beside if unit_class(one.source.unit) == UnitClass.MONEY]
    heads = [one.source for one in beside if unit_class(one.source.unit) in _COUNTED]
    for amount in money:
        for head in heads:
            if head.value > 0:
                yield Derivation(
                    _derived(amount, amount.value / head.value, "元", "PER_HEAD", head)
                )


def _alike(one: Source, other: Source) -> bool:
    return unit_class(one.unit) == unit_class(other.unit)


def _as_source(figure: FigureInText) -> Source:
    return Source("", "", "", figure.value, figure.unit, "", "")


def _derived(of: Source, value: Decimal, unit: str, op: str, *more: Source) -> Source:
    entries = tuple(dict.fromkeys([*of.entries, *(entry for one in more for entry in one.entries)]))
    return replace(
        of,
        key=f"{of.key}_{op.lower()}" + (f"@{_base(more[0])}" if op == "GROWTH" and more else ""),
        value=value,
        unit=unit,
        op=op,
        entries=entries,
        qualifier="",
    )


def _base(source: Source) -> str:
    return "start" if source.op == "FROM_TO" else source.span


def completion_of(source: Source, aim: Decimal) -> Source:
    """What per cent of the target is reached."""
    return _derived(source, source.value * HUNDRED / aim, "%", "COMPLETION")


def holds(figure: FigureInText, source: Source) -> bool:
    """Whether the figure says the computed value, signs apart, to the digits that it shows."""
    if source.op == "RANK":
        within = "前" in figure.raw or "后" in figure.raw
        return source.value <= figure.value if within else source.value == figure.value
    if never_whole(figure, source):
        return False
    place = figure.place if figure.place is not None else _shown(figure)
    if source.op in ("SUM", "TARGET", "DIFFERENCE") and figure.place is None:
        place = None
    stated, true = abs(figure.value), abs(source.value)
    near = abs(true - stated) <= stated * _NEAR
    return near and agrees(stated, figure.qualifier, true, place) != Agreement.WRONG


def _shown(figure: FigureInText) -> Decimal:
    exponent = figure.value.as_tuple().exponent
    return Decimal(1).scaleb(min(0, exponent if isinstance(exponent, int) else 0))
