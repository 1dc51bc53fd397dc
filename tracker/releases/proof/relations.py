"""What the figures of a text say about one another: parts and wholes, sums, the same fact twice, headline and body."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from tracker.language.numerals import write_arabic
from tracker.language.qualifiers import interval
from tracker.language.reading import FigureInText, Role
from tracker.language.units import unit_class
from tracker.releases.proof.ground import Ground, Kin
from tracker.releases.proof.limits import above, added, apart, bounds
from tracker.releases.proof.rulebook import found
from tracker.releases.proof.saying import same_unit
from tracker.releases.proof.verdicts import Checked, Finding, Issued, Source, Verdict

_OF_WHICH = re.compile(r"其中")
# 共计帮扶9人 may count something else than what was listed.
_TOTAL = re.compile(r"(?:合计|共计|总计)(?:为|达|达到)?(?P<done>[一-龥]{0,4})$")
_STOP = re.compile(r"[。；;\n]")
_MARKS = re.compile(r"[、，,和及与]|以及")
_HUNDRED = Decimal(100)
_LONGEST_LIST, _LONGEST_TITLE = 40, 120
_SAID = frozenset({Verdict.VERIFIED, Verdict.ROUNDED, Verdict.DERIVED, Verdict.LOOSE})
_POINTS = re.compile(r"(?<![一二三四五六七八九十])([一二三四五六七八九十]{1,2})是")


def relations(
    text: str, ground: Ground, checked: Sequence[Checked], earlier: Sequence[Issued] = ()
) -> Iterator[Finding]:
    """Findings about figures that contradict one another."""
    figures = [one.figure for one in checked]
    yield from _parts_above_wholes(text, figures)
    yield from _parts_and_totals(ground, checked)
    yield from _sums(text, figures)
    yield from _declared_pairs(ground, checked)
    yield from _shares(text, figures)
    yield from _twice(ground, checked)
    yield from _headline(text, checked)
    yield from _as_issued(ground, checked, earlier)


def _parts_above_wholes(text: str, figures: Sequence[FigureInText]) -> Iterator[Finding]:
    for whole, part in pairwise(figures):
        between = text[whole.end : part.start]
        if (
            len(between) < 40
            and _OF_WHICH.search(between)
            and not _STOP.search(between)
            and whole.unit == part.unit
            and unit_class(part.unit) != "percent"
            and not part.qualifier.startswith("区间")
            and above(bounds(part), bounds(whole))
        ):
            yield found("C07", part, f"其中数“{part.raw}”大于总数“{whole.raw}”。")


def _parts_and_totals(ground: Ground, checked: Sequence[Checked]) -> Iterator[Finding]:
    """Where the ledger declares that parts make up their whole, they must add up as they are written."""
    said = {one.source.indicator: one for one in checked if one.source and one.source.indicator and _is_current(ground, one)}  # fmt: skip
    parts: dict[int, list[Checked]] = defaultdict(list)
    for indicator, one in said.items():
        for whole in ground.kin.get(indicator, Kin()).wholes:
            if whole in said:
                parts[whole].append(one)
    for whole, own in parts.items():
        total = said[whole]
        for part in own:
            if same_unit(part.figure.unit, total.figure.unit) and above(bounds(part.figure), bounds(total.figure)):  # fmt: skip
                yield found("C07", part.figure, f"“{part.source.name}”大于所属的“{total.source.name}”。")  # fmt: skip
        declared = [pk for pk, kin in ground.kin.items() if whole in kin.wholes]
        if ground.kin.get(whole, Kin()).parts_complete and len(own) == len(declared) > 1:
            yield from _unequal(total.figure, [part.figure for part in own])


def _is_current(ground: Ground, one: Checked) -> bool:
    return not one.source.op and ground.is_now(one.source)


def _unequal(total: FigureInText, parts: Sequence[FigureInText]) -> Iterator[Finding]:
    if apart(added(parts), bounds(total)):
        yield found("C08", total, f"各部分之和为{_sum(parts)}，与总数“{total.raw}”不符。")


def _sum(parts: Sequence[FigureInText]) -> str:
    return write_arabic(sum((part.value for part in parts), Decimal(0)))


def _sums(text: str, figures: Sequence[FigureInText]) -> Iterator[Finding]:
    """甲3家、乙5家，合计9家: what is listed just before a total of its kind."""
    for at, total in enumerate(figures):
        announced = _TOTAL.search(text, max(0, total.start - 8), total.start)
        run = _listed_before(text, figures, at) if announced else []
        if len(run) < 2 or any(one.qualifier for one in run):
            continue
        # Of a longer list only the last ones may be meant; any of these sums is right.
        if all(apart(added(run[:size]), bounds(total)) for size in range(2, len(run) + 1)):
            severity = "W" if announced["done"] else ""
            yield found("C08", total, f"前面各数相加为{_sum(run)}，与合计“{total.raw}”不符，请核对。", severity=severity)  # fmt: skip


def _listed_before(text: str, figures: Sequence[FigureInText], at: int) -> list[FigureInText]:
    """The figures of one list that ends at a total, the last first; none where 等 leaves it open."""
    total, run = figures[at], []
    after = total
    for part in reversed(figures[max(0, at - _LONGEST_LIST) : at]):
        between = text[part.end : after.start]
        if part.unit != total.unit or len(between) > 24 or _STOP.search(between):
            break
        if "等" in between or "其中" in between:
            return []
        run.append(part)
        after = part
    return run


def _declared_pairs(ground: Ground, checked: Sequence[Checked]) -> Iterator[Finding]:
    said = {one.source.indicator: one for one in checked if one.source and one.source.indicator and _is_current(ground, one)}  # fmt: skip
    for indicator, one in said.items():
        for other in ground.kin.get(indicator, Kin()).not_above:
            limit = said.get(other)
            if limit and above(bounds(one.figure), bounds(limit.figure)):
                yield found("C14", one.figure, f"“{one.source.name}”不应大于“{limit.source.name}”（{limit.figure.raw}）。")  # fmt: skip


def _shares(text: str, figures: Sequence[FigureInText]) -> Iterator[Finding]:
    """占比 that are listed as the whole must add up to a hundred, within their rounding."""
    for run in _runs_of_shares(text, figures):
        total = sum(one.value for one in run)
        slack = sum((one.place or Decimal(0)) for one in run)
        if abs(total - _HUNDRED) > slack and abs(total - _HUNDRED) <= 3:
            yield found("C13", run[-1], f"各项占比相加为{total:f}%，不等于100%，请核对。")


def _runs_of_shares(text: str, figures: Sequence[FigureInText]) -> Iterator[list[FigureInText]]:
    run: list[FigureInText] = []
    for one in figures:
        near = (
            run and one.start - run[-1].end < 24 and not _STOP.search(text[run[-1].end : one.start])
        )
        if one.unit == "%" and one.role == Role.SHARE and (near or not run):
            run.append(one)
            continue
        if len(run) > 2:
            yield run
        run = [one] if one.unit == "%" and one.role == Role.SHARE else []
    if len(run) > 2:
        yield run


def _twice(ground: Ground, checked: Sequence[Checked]) -> Iterator[Finding]:
    """One fact, one value, however often it is said."""
    said: dict[str, Checked] = {}
    for one in checked:
        if one.source is None or one.verdict not in _SAID:
            continue
        first = said.setdefault(one.source.key, one)
        a, b = bounds(first.figure), bounds(one.figure)
        if first is not one and apart(a, b):
            yield found("C16", one.figure, f"“{one.source.name}”前面写为“{first.figure.raw}”，这里写为“{one.figure.raw}”。")  # fmt: skip


def _headline(text: str, checked: Sequence[Checked]) -> Iterator[Finding]:
    """A figure of the title must stand in the body."""
    title = re.match(r"\s*[^\n]*", text)
    end = title.end() if title else 0
    if end > _LONGEST_TITLE or end >= len(text.rstrip()) or re.search(r"[。；]", text[:end]):
        return
    body = [one for one in checked if one.figure.start >= end]
    for one in checked:
        if one.figure.start >= end or one.verdict == Verdict.NO_LEDGER:
            continue
        alike = [each for each in body if same_unit(each.figure.unit, one.figure.unit)]
        a = bounds(one.figure)
        if any(not apart(a, bounds(each.figure)) for each in alike):
            continue
        wrong = one.verdict not in _SAID or any(each.source and one.source and each.source.key == one.source.key for each in alike)  # fmt: skip
        yield found("C17", one.figure, f"标题中的“{one.figure.raw}”与正文不符，或正文没有写到。", severity="" if wrong else "W")  # fmt: skip


def _as_issued(
    ground: Ground, checked: Sequence[Checked], earlier: Sequence[Issued]
) -> Iterator[Finding]:
    """Against what went out before: another value of the same fact is an error, a corrected one is told."""
    known = {_about(one.source): one for one in earlier}
    for one in checked:
        before = known.get(_about(one.source)) if one.source else None
        if before is None or one.verdict not in _SAID:
            continue
        a, b = bounds(one.figure), interval(before.value, before.qualifier, before.place)
        if apart(a, b):
            same = before.source.entries == one.source.entries
            why = "" if same else "（数据此后有更正）"
            yield found("C16", one.figure, f"已印发的《{before.title}》写为“{before.raw}”{why}。", severity="" if same else "W")  # fmt: skip


def _about(source: Source) -> tuple:
    return source.indicator or source.key, source.name, source.region, source.span, source.op


def counted_points(text: str, figures: Iterable[FigureInText]) -> Iterator[Finding]:
    """五项措施 followed by 一是 ... 四是: the announced number and the points behind it."""
    order = "一二三四五六七八九十"
    for figure in figures:
        if figure.role != Role.STRUCTURAL:
            continue
        rest = text[figure.end : figure.end + 3000].partition("\n")[0]
        points = [found[1] for found in _POINTS.finditer(rest)]
        numbers = [order.index(point) + 1 for point in points if len(point) == 1]
        if len(numbers) > 1 and numbers[0] == 1 and numbers == list(range(1, len(numbers) + 1)) and len(numbers) != figure.value:  # fmt: skip
            yield found("C09", figure, f"写了“{figure.raw}”，后面列了{len(numbers)}点。")
