"""Indicators, their definitions and their targets."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from accounts.models import Line
from accounts.rules import Refused
from tracker.catalogue import indicators as verbs
from tracker.catalogue.clauses import WrongClause
from tracker.catalogue.models import Indicator, Measure, Target
from tracker.catalogue.rules import may_keep_catalogue, may_retire_indicator
from tracker.catalogue.targets import drop_target, set_target
from tracker.catalogue.units import FACTORS
from tracker.ledger.models import Entry
from tracker.web import jump, lists, typed
from tracker.web.people.access import only
from tracker.workbooks.cells import plain

from .forms import IndicatorForm, ReasonForm, TargetForm

SORTS = {
    "code": ("code",),
    "name": ("name",),
    "programme": ("programme__line__order", "programme__order", "order"),
}


class IndicatorFilter(FilterSet):
    q = CharFilter(label="名称或编码", method="named")
    line = ModelChoiceFilter(label="条线", queryset=Line.objects.all())
    measure = ChoiceFilter(label="类型", choices=Measure.choices)
    active = ChoiceFilter(label="状态", choices=[("1", "启用"), ("0", "停用")])

    class Meta:
        model = Indicator
        fields = ["q", "line", "measure", "active"]

    def named(self, queryset, name, value):
        return queryset.filter(Q(name__icontains=value) | Q(code__icontains=value))


@require_safe
def catalogue(request):
    """The indicators, as the lead office keeps them and others read them."""
    rows = Indicator.objects.visible_to(request.user).select_related(
        "programme__line", "unit", "source"
    )
    listing = lists.listing(
        request, rows, sorts=SORTS, sort="programme", filters=IndicatorFilter, size=50
    )
    context = {"listing": listing, "may_keep": may_keep_catalogue(request.user)}
    return render(request, "catalogue/indicators.html", context)


def seen(user, pk) -> Indicator:
    return get_object_or_404(Indicator.objects.visible_to(user).select_related("unit"), pk=pk)


@require_safe
def indicator(request, pk):
    """One indicator: what it is, its definitions and its targets."""
    return shown(request, pk)


def shown(request, pk, *, retire_form=None):
    """The page; `retire_form` came back with an error."""
    rows = Indicator.objects.visible_to(request.user).select_related(
        "programme__line", "unit", "source", "numerator", "denominator"
    )
    row = get_object_or_404(rows.prefetch_related("wholes", "parts", "not_above"), pk=pk)
    context = {
        "indicator": row,
        "definitions": row.definitions.select_related("unit", "by").order_by("-number"),
        "targets": targets_of(row),
        "may_keep": may_keep_catalogue(request.user),
        "may_retire": may_retire_indicator(request.user, row),
        "retire_form": retire_form or ReasonForm(),
    }
    status = 422 if retire_form else 200
    return render(request, "catalogue/indicator.html", context, status=status)


def targets_of(row: Indicator) -> list[Target]:
    """Newest year first, each with its value in the unit of entry."""
    scale = FACTORS[row.entry_scale]
    found = list(row.targets.select_related("region").order_by("-year", "region__path", "-pk"))
    for target in found:
        target.shown = "" if target.value is None else plain(target.value / scale)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@only("reviewer")
def indicator_edit(request, pk=None):
    """An indicator, new or known."""
    row = seen(request.user, pk) if pk else None
    form = IndicatorForm(instance=row)
    if request.method == "POST":
        form = typed.bound(request, IndicatorForm, instance=row)
        if form.is_valid() and (kept := indicator_kept(request, form, row)):
            messages.success(request, f"已保存指标“{kept.name}”。")
            return redirect("indicator", kept.pk)
    context = {"form": form, "indicator": row, "affected": affected(row) if row else None}
    status = 422 if form.errors else 200
    return render(request, "catalogue/indicator_edit.html", context, status=status)


def affected(row: Indicator) -> dict:
    """What hangs on the indicator, to be read before it is changed."""
    counts = Count("targets", filter=Q(targets__until__isnull=True), distinct=True)
    return {
        "entries": Entry.objects.filter(indicator=row).count(),
        "targets": Indicator.objects.filter(pk=row.pk).aggregate(count=counts)["count"],
        "parts": row.parts.count(),
        "version": row.definitions.count() + 1,
    }


def indicator_kept(request, form: IndicatorForm, row: Indicator | None) -> Indicator | None:
    """The indicator as saved; None when a rule says no, which the form then says."""
    fields = form.fields_for_verb()
    with typed.said_on(form, Refused), typed.said_on(form, WrongClause, field="clause"):
        if row:
            return verbs.edit_indicator(row, by=request.user, **fields)
        return verbs.create_indicator(by=request.user, **fields)
    return None


@require_POST
@only("reviewer")
def indicator_retire(request, pk):
    row = seen(request.user, pk)
    form = typed.bound(request, ReasonForm)
    if not form.is_valid():
        return shown(request, pk, retire_form=form)
    verbs.retire_indicator(row, by=request.user, **form.cleaned_data)
    messages.success(request, "已停用，以前报送的数据仍保留。")
    return redirect("indicator", pk)


@require_POST
@only("reviewer")
def indicator_restore(request, pk):
    verbs.restore_indicator(seen(request.user, pk), by=request.user)
    messages.success(request, "已重新启用。")
    return redirect("indicator", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@only("reviewer")
def target_add(request, pk):
    """A target of an indicator; one that stood before is kept on record."""
    row = seen(request.user, pk)
    form = TargetForm(user=request.user, indicator=row)
    if request.method == "POST":
        form = typed.bound(request, TargetForm, user=request.user, indicator=row)
        if form.is_valid():
            with typed.said_on(form, Refused, field="value"):
                set_target(row, by=request.user, **form.cleaned_data)
                messages.success(request, "已下达目标。")
                return redirect("indicator", pk)
    context = {"form": form, "indicator": row}
    return render(request, "catalogue/target_add.html", context, status=422 if form.errors else 200)


@require_POST
@only("reviewer")
def target_drop(request, pk):
    row = get_object_or_404(Target.objects.visible_to(request.user), pk=pk)
    form = typed.bound(request, ReasonForm)
    if form.is_valid():
        drop_target(row, by=request.user, **form.cleaned_data)
        messages.success(request, "目标已失效，记录保留。")
    else:
        messages.error(request, "目标没有改动：请填写理由，200字以内。")
    return redirect("indicator", row.indicator_id)


@jump.finds("指标")
def search(user, words):
    named = Q(name__icontains=words) | Q(code__icontains=words)
    rows = Indicator.objects.visible_to(user).filter(named).select_related("programme")[:8]
    return [
        jump.Hit(str(row), str(row.programme), reverse("indicator", args=[row.pk])) for row in rows
    ]
