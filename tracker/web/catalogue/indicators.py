"""Programmes, indicators and their targets."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from accounts.models import Line
from accounts.rules import Refused, require
from tracker.catalogue import indicators as verbs
from tracker.catalogue.models import Indicator, Measure, Programme, Target
from tracker.catalogue.rules import may_keep_catalogue, may_retire_indicator
from tracker.catalogue.targets import drop_target, set_target
from tracker.web import jump, lists, typed

from .forms import IndicatorForm, ProgrammeForm, ReasonForm, TargetForm

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


@require_safe
def indicator(request, pk):
    """One indicator: what it is, its definitions and its targets."""
    rows = Indicator.objects.visible_to(request.user).select_related(
        "programme__line", "unit", "source", "numerator", "denominator"
    )
    row = get_object_or_404(rows.prefetch_related("wholes", "parts", "not_above"), pk=pk)
    context = {
        "indicator": row,
        "definitions": row.definitions.select_related("unit", "by").order_by("-number"),
        "targets": row.targets.select_related("region").order_by("-year", "region__path", "-pk"),
        "may_keep": may_keep_catalogue(request.user),
        "may_retire": may_retire_indicator(request.user, row),
        "reason_form": ReasonForm(),
    }
    return render(request, "catalogue/indicator.html", context)


@require_http_methods(["GET", "POST"])
def indicator_edit(request, pk=None):
    """An indicator, new or known."""
    require(may_keep_catalogue(request.user))
    row = get_object_or_404(Indicator.objects.visible_to(request.user), pk=pk) if pk else None
    form = IndicatorForm(instance=row)
    if request.method == "POST":
        form = typed.bound(request, IndicatorForm, instance=row)
        if form.is_valid() and (kept := indicator_kept(request, form, row)):
            messages.success(request, f"已保存指标“{kept.name}”。")
            return redirect("indicator", kept.pk)
    context = {"form": form, "indicator": row}
    return render(
        request, "catalogue/indicator_edit.html", context, status=422 if form.errors else 200
    )


def indicator_kept(request, form: IndicatorForm, row: Indicator | None) -> Indicator | None:
    """The indicator as saved; None when a rule says no, which the form then says."""
    fields = form.fields_for_verb()
    try:
        if row:
            return verbs.edit_indicator(row, by=request.user, **fields)
        fields.pop("comparability")
        return verbs.create_indicator(by=request.user, **fields)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


@require_POST
def indicator_retire(request, pk):
    row = get_object_or_404(Indicator.objects.visible_to(request.user), pk=pk)
    form = typed.bound(request, ReasonForm)
    if form.is_valid():
        verbs.retire_indicator(row, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "已停用，以前报送的数据仍保留。")
    else:
        messages.error(request, "没有停用：请填写理由。")
    return redirect("indicator", pk)


@require_POST
def indicator_restore(request, pk):
    row = get_object_or_404(Indicator.objects.visible_to(request.user), pk=pk)
    verbs.restore_indicator(row, by=request.user)
    messages.success(request, "已重新启用。")
    return redirect("indicator", pk)


@require_safe
def programme_list(request):
    rows = (
        Programme.objects.visible_to(request.user)
        .select_related("line")
        .annotate(count=Count("indicators", filter=Q(indicators__active=True)))
    )
    context = {"programmes": rows, "may_keep": may_keep_catalogue(request.user)}
    return render(request, "catalogue/programmes.html", context)


@require_http_methods(["GET", "POST"])
def programme_edit(request, pk=None):
    require(may_keep_catalogue(request.user))
    row = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk) if pk else None
    form = ProgrammeForm(instance=row)
    if row:
        del form.fields["line"]
    if request.method == "POST":
        form = typed.bound(request, ProgrammeForm, instance=None)
        if row:
            del form.fields["line"]
        if form.is_valid() and programme_kept(request, form, row):
            messages.success(request, "已保存项目。")
            return redirect("programme-list")
    context = {"form": form, "programme": row}
    return render(
        request, "catalogue/programme_edit.html", context, status=422 if form.errors else 200
    )


def programme_kept(request, form: ProgrammeForm, row: Programme | None) -> bool:
    try:
        if row:
            verbs.edit_programme(row, by=request.user, **form.cleaned_data)
        else:
            verbs.create_programme(by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@require_http_methods(["GET", "POST"])
def target_add(request, pk):
    """A target of an indicator; one that stood before is kept on record."""
    require(may_keep_catalogue(request.user))
    row = get_object_or_404(Indicator.objects.visible_to(request.user), pk=pk)
    form = TargetForm(user=request.user, indicator=row)
    if request.method == "POST":
        form = typed.bound(request, TargetForm, user=request.user, indicator=row)
        if form.is_valid():
            try:
                set_target(row, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.add_error("value", str(refusal))
            else:
                messages.success(request, "已下达目标。")
                return redirect("indicator", pk)
    context = {"form": form, "indicator": row}
    return render(request, "catalogue/target_add.html", context, status=422 if form.errors else 200)


@require_POST
def target_drop(request, pk):
    row = get_object_or_404(Target.objects.visible_to(request.user), pk=pk)
    form = typed.bound(request, ReasonForm)
    if form.is_valid():
        drop_target(row, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "目标已失效，记录保留。")
    else:
        messages.error(request, "没有取消：请填写理由。")
    return redirect("indicator", row.indicator_id)


@jump.finds("指标")
def search(user, words):
    named = Q(name__icontains=words) | Q(code__icontains=words)
    rows = Indicator.objects.visible_to(user).filter(named).select_related("programme")[:8]
    return [jump.Hit(str(row), str(row.programme), f"/catalogue/{row.pk}/") for row in rows]
