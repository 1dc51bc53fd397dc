"""取数 for the leader who wants the number now: what is approved, added up, with its target."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import and_

from django.db.models import Q

from accounts.models import Region, User
from tracker.catalogue.models import Display, Indicator, Span, Target
from tracker.catalogue.spans import parse_key
from tracker.language.dates import say_date, say_span
from tracker.language.writing import write_figure
from tracker.ledger.completions import Completion, completions
from tracker.ledger.models import Entry
from tracker.ledger.totals import Total, totals, year_to_date

MOST_WORDS, MOST_SUMS = 6, 5
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Asked:
    """What the words of the box ask for."""

    indicators: Sequence[Indicator]
    region: Region
    span: Span


@dataclass(frozen=True)
class Sum:
    """One sum in words; `sentence` is empty where nothing may be said as a number."""

    indicator: Indicator
    place: str
    period: str
    value: str
    year: str
    progress: str
    made_of: int
    sentence: str


def sums_for(user: User, words: str, periods, naming) -> list[Sum]:
    """For people of a lead office; in a constant number of queries. Agencies see their own alone.

    `periods` reads a word as a beginning of a span's key, `naming` as a name of indicators.
    """
    asked = _asked(user, words.split()[:MOST_WORDS], periods, naming)
    if asked is None:
        return []
    indicators, region, span = asked.indicators, asked.region, asked.span
    sums = totals(indicators, [region], [span])
    years = year_to_date(indicators, [region], span)
    progress = completions(indicators, [region], span)
    return [
        _sum(
            one,
            asked,
            sums[one.pk, region.pk, span.key],
            years[one.pk, region.pk],
            progress.get((one.pk, region.pk)),
        )
        for one in indicators
        if sums[one.pk, region.pk, span.key].count
    ]


def _asked(user: User, words: list[str], periods, naming) -> Asked | None:
    led = user.reach.leads()
    if not led or not words:
        return None
    named = Region.objects.filter(
        user.reach.led("path"), Q(name__in=words) | Q(short_name__in=words)
    )
    region = named.order_by("path").first() or Region.objects.get(path=min(led, key=len))
    keys = {word: periods(word) for word in words}
    span = _span([key for key in keys.values() if _is_key(key)], region)
    rest = [w for w in words if not _is_key(keys[w]) and w not in (region.name, region.short_name)]
    if span is None or not rest:
        return None
    found = Indicator.objects.filter(reduce(and_, map(naming, rest)), active=True)
    found = found.visible_to(user).select_related("unit", "programme")
    return Asked(list(found[:MOST_SUMS]), region, span)


def _is_key(key: str) -> bool:
    try:
        parse_key(key)
    except ValueError:
        return False
    return True


def _span(keys: list[str], region: Region) -> Span | None:
    """The period that is named, else the newest one with figures."""
    if keys:
        return Span.objects.filter(key=keys[0]).first()
    rows = Entry.objects.current().filter(region__path__startswith=region.path)
    return Span.objects.filter(pk__in=rows.values("span")).order_by("-end", "start").first()


def _sum(one: Indicator, asked: Asked, total: Total, year: Total, done: Completion | None) -> Sum:
    period = say_span(asked.span.key)
    value, to_date = said(total, one), said(year, one)
    progress = progress_words(done) if done else ""
    parts = [f"{period}，{asked.region.name}{one.label}{value}"]
    if to_date and to_date != value:
        parts.append(f"截至{say_date(asked.span.end)}本年累计{to_date}")
    if progress:
        parts.append(progress)
    parts.append(f"按已核定的{total.count}个数合计")
    sentence = "；".join(parts) + "。" if value and total.complete else ""
    return Sum(one, asked.region.name, period, value, to_date, progress, total.count, sentence)


def said(total: Total, indicator: Indicator) -> str:
    if total.value is None:
        return ""
    own = "" if indicator.display == Display.CHINESE else indicator.display
    scale = own or indicator.entry_scale
    unit = indicator.unit.name
    value = total.value
    if indicator.numerator_id:
        value = value.quantize(HUNDREDTH)
    return write_figure(value, unit, display=scale, qualifier=total.qualifier)


def progress_words(done: Completion) -> str:
    """完成年度目标28000人次的50.55%，比序时进度快0.55个百分点; 控制在320件以内，少19件."""
    target, unit = done.target, done.target.indicator.unit.name
    goal = write_figure(target.value, unit) if target.value is not None else ""
    if target.kind == Target.Kind.AT_MOST:
        if done.room is None:
            return ""
        word = "少" if done.room >= 0 else "超出"
        return f"控制目标{goal}，{word}{write_figure(abs(done.room), unit)}"
    if done.rate is None:
        return ""
    ahead = (done.ahead * 100).quantize(HUNDREDTH)
    pace = "与序时进度持平"
    if ahead:
        pace = f"比序时进度{'快' if ahead > 0 else '慢'}{plain(abs(ahead))}个百分点"
    return f"完成年度目标{goal}的{percent(done.rate)}，{pace}"


def percent(rate: Decimal) -> str:
    """What is short of the whole is never rounded up to it."""
    shown = (rate * 100).quantize(HUNDREDTH)
    if shown == 100 and rate < 1:
        shown = Decimal("99.99")
    return f"{plain(shown)}%"


def plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
