"""The dispatch table of a round: counties down; progress, completion and pace across; print and sheet."""

from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Region
from accounts.rules import ALLOWED
from tracker.catalogue.city import ranks_counties, set_ranking
from tracker.catalogue.models import Indicator, Round, Target
from tracker.language.writing import write_figure
from tracker.ledger.dispatch import Place, Table, dispatch_tables
from tracker.ledger.totals import Total
from tracker.submissions.models import Submission
from tracker.submissions.owing import owing_by
from tracker.web import files, typed
from tracker.web.chase_tabs import READERS, tabs
from tracker.web.people.access import only
from tracker.workbooks.sheets import Column, Sheet
from tracker.workbooks.writing import write

HUNDRED = Decimal(100)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Line:
    """A place in words, as page, print and sheet show it."""

    region: str
    now: str
    change: str
    to_date: str
    growth: str
    target: str
    rate: str
    ahead: str
    behind: bool
    rank: str


@dataclass(frozen=True)
class Shown:
    """A table in words: the city's line, then the counties'."""

    indicator: Indicator
    whole: Line
    lines: list[Line]
    schedule: str
    missing: str


def led(user) -> list[str]:
    return user.reach.leads(*READERS)


def rounds_led(user):
    """The rounds of the regions that the person's office leads, newest first."""
    led_here = Region.objects.filter(path__in=led(user))
    rows = Round.objects.exclude(state__in=Round.State.unasked).filter(
        cycle__region__in=[
            region.pk
            for region in Region.objects.filter(pk__in=Round.objects.values("cycle__region"))
            if any(region.path.startswith(one.path) for one in led_here)
        ]
    )
    return rows.select_related("cycle__region", "span").order_by("-due_at", "pk")


def chosen(request) -> tuple[list[Round], Round | None]:
    rounds = rounds_led(request.user)
    picked = request.GET.get("round")
    current = get_object_or_404(rounds, pk=typed.number(picked)) if picked else rounds.first()
    return list(rounds[:30]), current


def shown_for(round_: Round, *, ranked: bool) -> list[Shown]:
    """The tables of all that is owed in the round, in the order of the form."""
    rows = Submission.objects.filter(round=round_).select_related("agency__region", "round")
    owing = owing_by(list(rows)).values()
    cells = [cell for one in owing for cell in one.cells]
    found = [cell.indicator for cell in cells] + [one for each in owing for one in each.ratios]
    indicators = list({one.pk: one for one in found}.values())
    whole = round_.cycle.region
    parts = {cell.region.pk: cell.region for cell in cells if cell.region.pk != whole.pk}
    regions = sorted(parts.values(), key=lambda one: one.path)
    tables = dispatch_tables(indicators, whole, regions, round_.span, ranked=ranked)
    owed = {(cell.indicator.pk, cell.region.pk) for cell in cells}
    return [shown(one, owed) for one in tables if any_said(one)]


def any_said(table: Table) -> bool:
    return table.whole.said or any(place.said for place in table.places)


def shown(table: Table, owed: set[tuple[int, int]]) -> Shown:
    """A region that owes the indicator has its line, and without an approved figure it says so."""
    one = table.indicator
    places = [place for place in table.places if place.said or (one.pk, place.region.pk) in owed]
    missing = [place.region.name for place in places if not place.now.entries]
    lines = [line_of(place, one) for place in places]
    return Shown(one, line_of(table.whole, one), lines, percent(table.schedule), "、".join(missing))


def line_of(place: Place, indicator: Indicator) -> Line:
    done = place.completion
    ahead = done.ahead if done else None
    return Line(
        region=place.region.name,
        now=amount(place.now, indicator),
        change=signed(number(place.difference, indicator)),
        to_date=amount(place.to_date, indicator),
        growth=signed(percent(place.growth.rate)),
        target=goal(done.target, indicator) if done else "",
        rate=percent(done.rate) if done else "",
        ahead=signed(points(ahead)),
        behind=ahead is not None and ahead < 0,
        rank=str(place.rank or ""),
    )


def amount(total: Total, indicator: Indicator) -> str:
    """A sum in words; a gap or a bound is said as such, never as a number."""
    if not total.entries:
        return "未核定"
    if total.value is None or not total.complete:
        return "不全" if not total.complete else "不能合计"
    return number(total.value, indicator, total.qualifier)


def number(value: Decimal | None, indicator: Indicator, qualifier: str = "") -> str:
    if value is None:
        return ""
    scale = indicator.scale
    return write_figure(value, indicator.unit.name, display=scale, qualifier=qualifier)


def goal(target: Target, indicator: Indicator) -> str:
    words = target.get_kind_display()
    return words if target.value is None else f"{words}{number(target.value, indicator)}"


def percent(rate: Decimal | None) -> str:
    """Two places, and never rounded up to what is not reached: 99.996 % stays below 100."""
    if rate is None:
        return ""
    rounded = (rate * HUNDRED).quantize(CENT, "ROUND_HALF_UP")
    if rate < 1 and rounded >= HUNDRED:
        rounded = HUNDRED - CENT
    return f"{rounded}%"


def points(difference: Decimal | None) -> str:
    if difference is None:
        return ""
    return f"{(difference * HUNDRED).quantize(CENT, 'ROUND_HALF_UP')}个百分点"


def signed(words: str) -> str:
    """With a plus where it is more than nothing."""
    more = any(char in "123456789" for char in words)
    return f"+{words}" if more and not words.startswith("-") else words


@require_safe
@only(*READERS)
def dispatch(request):
    rounds, current = chosen(request)
    ranked = ranks_counties()
    context = {
        "rounds": rounds,
        "current": current,
        "tables": shown_for(current, ranked=ranked) if current else [],
        "ranked": ranked,
    } | tabs(request.user)
    return render(request, "chase/dispatch.html", context)


HEADINGS = {
    "programme": "项目", "indicator": "指标", "region": "地区", "now": "本期", "change": "较上期",
    "to_date": "本年累计", "growth": "同比", "target": "年度目标", "rate": "完成率",
    "ahead": "较序时进度", "rank": "位次",
}  # fmt: skip


@require_safe
@only(*READERS)
def dispatch_table(request):
    """The same tables as a sheet."""
    _, current = chosen(request)
    if current is None:
        raise Http404
    ranked = ranks_counties()
    columns = [
        Column(heading, key=key) for key, heading in HEADINGS.items() if key != "rank" or ranked
    ]
    rows = [
        {"programme": one.indicator.programme.name, "indicator": one.indicator.label} | vars(line)
        for one in shown_for(current, ranked=ranked)
        for line in (one.whole, *one.lines)
    ]
    content = write([(Sheet("调度表", tuple(columns)), rows)])
    return files.download(ALLOWED, BytesIO(content), f"{current.cycle}{current.span}调度表.xlsx")


class RankingForm(forms.Form):
    ranks_counties = forms.BooleanField(
        label="在调度表里显示区县位次",
        required=False,
        help_text="按完成率排位，完成率相同的并列；默认不显示",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@only("reviewer")
def dispatch_settings(request):
    """What holds for the whole city: whether its counties are ranked."""
    form = RankingForm(initial={"ranks_counties": ranks_counties()})
    if request.method == "POST":
        form = typed.bound(request, RankingForm)
        if form.is_valid():
            set_ranking(form.cleaned_data["ranks_counties"], by=request.user)
            messages.success(request, "本市设置已保存。")
            return redirect("dispatch")
    return render(request, "chase/city.html", {"form": form})
