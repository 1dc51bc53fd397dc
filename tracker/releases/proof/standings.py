"""Ranks and counts that the ledger settles: 位居全市第三 among the counties, 5个区县完成目标, 三家 that are listed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tracker.language.reading import FigureInText, Role
from tracker.language.units import UnitClass, unit_class
from tracker.releases.proof.ground import Ground
from tracker.releases.proof.verdicts import Source

# How wide the text says that it looks; a ledger knows no place outside its own region.
_WIDER = {
    2: re.compile(r"全国|全球|世界|国际"),
    4: re.compile(r"全国|全省|全球|世界|国际|省内|国内|副省级|自治区|行业"),
    6: re.compile(r"全国|全省|全市|全球|世界|国际|省内|国内|市内|自治区|行业"),
}
_CLAIM = re.compile(
    r"(?:排|位|居|列|名列|升|上升|提升|前移|跃|保持|稳居|跻身|进入|挤进|获|荣获|夺得|取得|全|世界|行业|同)"
)
_PLACES = re.compile(
    r"(?:区县|县区|区市县|县市区|县[(（]市、区[)）]|区[(（]县[)）]|镇街|街镇|乡镇|街道)(?!级)"
)
_DONE = re.compile(r"(?P<over>超额)?(?:完成|达到|实现)[^，,。；;]{0,12}(?:目标|任务|计划)")
_ALL = re.compile(r"全[市省县区][^，,。；;\d]{0,6}$|共?辖$|所有$")
_ITEM = r"[一-龥A-Za-z“”]{2,20}?"
_LISTED = re.compile(
    rf"(?P<items>{_ITEM}(?:、{_ITEM}){{1,19}}(?:[和及]{_ITEM})?)(?P<open>等)?(?:共|这|的)?$"
)
_PARTED = re.compile(r"、|(?<=[一-龥])[和及](?=[一-龥])")


@dataclass(frozen=True)
class Settling:
    """A figure that may be a rank or a count, with the sources that its sentence speaks of."""

    figure: FigureInText
    text: str
    start: int
    end: int
    spoken: Sequence[Source]

    @property
    def before(self) -> str:
        return self.text[self.start : self.figure.start]

    @property
    def behind(self) -> str:
        return self.text[self.figure.end : self.end]


def is_claim(text: str, figure: FigureInText) -> bool:
    """位居全市第三 claims a place; 排名前10%的企业 and 前5名 choose those who have one."""
    chosen = text.startswith(("的", "者", "单位", "企业", "选手"), figure.end)
    return figure.role == Role.RANK and bool(_CLAIM.match(figure.raw)) and not chosen


def asks_around(text: str, figure: FigureInText) -> bool:
    """What it ranks or counts is said in another unit than its own."""
    return figure.role == Role.RANK or bool(_PLACES.match(text, figure.end))


def settled(one: Settling, ground: Ground) -> Iterator[tuple[Source, bool]]:
    """What the ledger makes of a rank or a count, and whether the words claim just that."""
    if one.figure.role == Role.RANK:
        yield from ((source, True) for source in _ranks(one, ground))
    elif unit_class(one.figure.unit) in (UnitClass.ORGANISATION, UnitClass.OTHER):
        yield from _counts(one, ground)


def _ranks(one: Settling, ground: Ground) -> Iterator[Source]:
    wider = _WIDER.get(len(ground.region), _WIDER[6])
    place = _place_in(one.before, ground)
    if place is None or wider.search(one.figure.raw) or wider.search(one.before[-8:]):
        return
    for indicator in _indicators(one.spoken, place):
        values = ground.standings(indicator)
        if place in values and set(ground.divisions) <= set(values):
            yield _rank(one.figure, values, place, _least_first(ground, indicator))


def _rank(figure: FigureInText, values: dict[str, Source], place: str, ascending: bool) -> Source:
    own = values[place]
    from_below = "后" in figure.raw
    ahead = [
        each for each in values.values()
        if (each.value < own.value if ascending != from_below else each.value > own.value)
    ]  # fmt: skip
    return _made(own, 1 + len(ahead), "位", "RANK", values.values())


def _least_first(ground: Ground, indicator: int) -> bool:
    aims = (aim for (about, _), aim in ground.aims.items() if about == indicator)
    return any(aim.kind == "at_most" for aim in aims)


def _counts(one: Settling, ground: Ground) -> Iterator[tuple[Source, bool]]:
    if _PLACES.match(one.behind):
        yield from _places(one, ground)
    yield from _members(one, ground)
    if items := _items(one.before):
        count, closed = items
        yield _bare(one, ground, count, "文中列出的各项"), closed


def _places(one: Settling, ground: Ground) -> Iterator[tuple[Source, bool]]:
    """How many counties there are, or have reached their target."""
    done = _DONE.search(one.behind[:40]) or _DONE.search(one.before[-40:])
    if not done:
        for count in sorted({len(ground.places), len(ground.divisions)} - {0}):
            yield _bare(one, ground, count, "所辖区划"), bool(_ALL.search(one.before))
        return
    for indicator in _indicators(one.spoken):
        values = ground.standings(indicator)
        aims = {place: ground.aims.get((indicator, place)) for place in values}
        known = {place for place, aim in aims.items() if aim is not None and aim.value is not None}
        if not values or known != set(values) or not set(ground.divisions) <= known:
            continue
        reached = [place for place in values if _reached(values[place], aims[place], bool(done["over"]))]  # fmt: skip
        first = next(iter(values.values()))
        yield _made(first, len(reached), one.figure.unit, "COUNT", values.values()), True


def _reached(source: Source, aim, over: bool) -> bool:
    if aim.kind == "at_most":
        return source.value < aim.value if over else source.value <= aim.value
    return source.value > aim.value if over else source.value >= aim.value


def _members(one: Settling, ground: Ground) -> Iterator[tuple[Source, bool]]:
    """For how many an indicator was reported by name: money for 12所 schools."""
    for indicator in _indicators(one.spoken):
        rows = {
            each.member: each
            for each in ground.now(indicator)
            if each.member and not each.op and unit_class(each.unit) != unit_class(one.figure.unit)
        }
        if len(rows) > 1:
            first = next(iter(rows.values()))
            yield _made(first, len(rows), one.figure.unit, "COUNT", rows.values()), False


def _items(before: str) -> tuple[int, bool] | None:
    """How many are listed just before 等3家, and whether the list is closed."""
    clause = re.split(r"[，,。；;：:（(]", before)[-1]
    match = _LISTED.search(clause)
    return (len(_PARTED.split(match["items"])), not match["open"]) if match else None


def _place_in(words: str, ground: Ground) -> str | None:
    """The county that is named last."""
    found = {words.rfind(name): code for code, place in ground.places.items() for name in place.names}  # fmt: skip
    last = max(found, default=-1)
    return found[last] if last >= 0 else None


def _indicators(spoken: Iterable[Source], place: str = "") -> list[int]:
    """Those that the sentence speaks of, the ones said of the place first."""
    order = sorted(spoken, key=lambda source: source.region != place)
    return list(dict.fromkeys(one.indicator for one in order if one.indicator))[:4]


def _bare(one: Settling, ground: Ground, count: int, name: str) -> Source:
    """A count that stands on no entry: of the region's own divisions, or of what the text lists."""
    return Source(
        "count", "", name, Decimal(count), one.figure.unit, ground.span, ground.region, op="COUNT"
    )


def _made(of: Source, count: int, unit: str, op: str, rows: Iterable[Source]) -> Source:
    entries = tuple(dict.fromkeys(entry for row in (of, *rows) for entry in row.entries))
    return replace(
        of, key=f"{of.key}_{op.lower()}", value=Decimal(count), unit=unit, op=op, entries=entries, qualifier=""
    )  # fmt: skip
