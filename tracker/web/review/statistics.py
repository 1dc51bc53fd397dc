"""How reviewing goes, per agency; the same as a workbook."""

from decimal import Decimal
from io import BytesIO

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_filters import CharFilter, DateFilter, FilterSet, ModelChoiceFilter

from accounts.rules import ALLOWED
from tracker.review.models import Reason
from tracker.review.statistics import Tally, tallies_of, whole_of
from tracker.review.waiting import judged_by
from tracker.submissions.models import Submission
from tracker.web import files
from tracker.web.people.access import only
from tracker.workbooks.sheets import Column, Kind, Sheet
from tracker.workbooks.writing import write

from .queue import lines_judged, regions_judged, rounds_judged
from .tabs import tabs_of

SHEET = Sheet(
    "审核统计",
    (
        Column("单位", key="agency", width=28),
        Column("报送份数", Kind.INTEGER, key="filed"),
        Column("按时份数", Kind.INTEGER, key="on_time"),
        Column("按时率%", Kind.NUMBER, key="rate"),
        Column("已核定份数", Kind.INTEGER, key="approved"),
        Column("退回次数", Kind.INTEGER, key="returns"),
        Column("最多报送次数", Kind.INTEGER, key="rounds"),
        Column("平均审核天数", Kind.NUMBER, key="days"),
        *(Column(label, Kind.INTEGER, key=key) for key, label in Reason.choices),
    ),
)


class StatisticsFilter(FilterSet):
    """Which submissions are counted."""

    round = ModelChoiceFilter(label="期次", queryset=rounds_judged)
    line = ModelChoiceFilter(label="条线", field_name="agency__line", queryset=lines_judged)
    region = ModelChoiceFilter(label="地区", field_name="agency__region", queryset=regions_judged)
    period = CharFilter(label="期间", field_name="round__span__key", lookup_expr="startswith")
    since = DateFilter(label="报送起", field_name="filed_at", lookup_expr="date__gte")
    until = DateFilter(label="报送止", field_name="filed_at", lookup_expr="date__lte")

    class Meta:
        model = Submission
        fields = ["round", "line", "region", "period", "since", "until"]


def filtered(request) -> StatisticsFilter:
    rows = judged_by(request.user).filter(filed_at__isnull=False).select_related("agency__region")
    rows = rows.order_by("agency__region__path", "agency__line__order", "agency", "pk")
    return StatisticsFilter(request.GET or None, queryset=rows, request=request)


@require_safe
@only("reviewer")
def review_statistics(request):
    found = filtered(request)
    tallies = tallies_of(found.qs)
    asked = any(request.GET.get(name) for name in found.form.fields)
    context = {
        "listing": {"filters": found, "filtered": asked},
        "rows": [shown(one) for one in tallies],
        "whole": shown(whole_of(tallies)),
        "tabs": tabs_of(request.user, "review-statistics"),
    }
    return render(request, "review/statistics.html", context)


def shown(tally: Tally) -> dict:
    return {"tally": tally, "rate": rounded(tally.on_time_rate), "days": rounded(tally.days)}


def rounded(number: Decimal | None) -> str:
    """One digit; a rate below 100 is never rounded up to it."""
    if number is None:
        return ""
    words = number.quantize(Decimal("0.1"))
    return "99.9" if words == 100 and number < 100 else format(words, "f").removesuffix(".0")


@require_safe
@only("reviewer")
def review_statistics_file(request):
    """The table as a workbook, with the filters of the address."""
    tallies = tallies_of(filtered(request).qs)
    rows = [cells(one) for one in [*tallies, whole_of(tallies)]]
    name = f"审核统计{timezone.localdate():%Y%m%d}.xlsx"
    return files.download(ALLOWED, BytesIO(write([(SHEET, rows)])), name)


def cells(tally: Tally) -> dict:
    rate, days = rounded(tally.on_time_rate), rounded(tally.days)
    return {
        "agency": tally.agency.name if tally.agency else "合计",
        "filed": tally.filed,
        "on_time": tally.on_time,
        "rate": Decimal(rate) if rate else None,
        "approved": tally.approved,
        "returns": tally.returns,
        "rounds": tally.most_rounds,
        "days": Decimal(days) if days else None,
        **dict(tally.reasons),
    }
