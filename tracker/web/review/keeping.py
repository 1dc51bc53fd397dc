"""What the lead office keeps about the ledger: control totals, natures, freezes."""

import datetime

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Region
from tracker.catalogue.models import Indicator, Span
from tracker.catalogue.spans import FORMS, parse_key, span_of
from tracker.language.writing import write_figure
from tracker.ledger import controls, freezing, natures
from tracker.ledger.models import Entry, Freeze
from tracker.submissions.saying import written
from tracker.web import typed
from tracker.web.people.access import only
from tracker.web.search import official, said

from .moving import said as said_total
from .tabs import tabs_of

MOST = 300


class SpanForm(forms.Form):
    """Which period the page is about; in the address."""

    span = forms.ModelChoiceField(label="期间", queryset=Span.objects.none(), required=False)

    def __init__(self, *args, spans, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["span"].queryset = spans


class ReasonForm(forms.Form):
    """Why two numbers differ."""

    text = forms.CharField(
        label="原因", max_length=300, error_messages={"required": "请写明原因。"}
    )


def led(user) -> Region:
    """The highest region that the reviewer leads."""
    return get_object_or_404(Region, path=min(user.reach.leads("reviewer"), key=len, default=""))


def chosen_span(request, rows) -> tuple[SpanForm, Span | None]:
    """The period of the address, else the newest of these entries."""
    spans = Span.objects.filter(pk__in=rows.values("span")).order_by("-end", "start")
    form = SpanForm(request.GET or None, spans=spans)
    picked = form.cleaned_data["span"] if form.is_bound and form.is_valid() else None
    return form, picked or spans.first()


@require_http_methods(["GET", "HEAD", "POST"])
@only("reviewer")
def control_list(request):
    """Numbers typed for a higher level beside the sums of what was reported below."""
    region = led(request.user)
    own = Entry.objects.current().filter(is_control=True, region__path__startswith=region.path)
    span_form, span = chosen_span(request, own)
    form = ReasonForm()
    if request.method == "POST":
        form = typed.bound(request, ReasonForm)
        if span and form.is_valid() and explained(request, span, form):
            messages.success(request, "已记录差额的原因。")
            return redirect(f"{request.path}?span={span.pk}")
    context = {
        "rows": control_rows(span, region) if span else [],
        "span": span,
        "span_form": span_form,
        "form": form,
        "tabs": tabs_of(request.user, "control-list"),
    }
    return render(request, "review/controls.html", context, status=422 if form.errors else 200)


def explained(request, span: Span, form: ReasonForm) -> bool:
    indicator = get_object_or_404(Indicator, pk=typed.number(request.POST.get("indicator", "")))
    region = get_object_or_404(Region, pk=typed.number(request.POST.get("region", "")))
    with typed.said_on(form, field="text"):
        text = form.cleaned_data["text"]
        controls.explain_difference(indicator, region, span, text, by=request.user)
    return not form.errors


def control_rows(span: Span, region: Region) -> list[dict]:
    indicators, regions = controls.controlled(span, region.path)
    names, places = ({one.pk: one for one in some} for some in (indicators, regions))
    notes = controls.notes_of(span)
    found = controls.control_differences(indicators, regions, [span])
    return [
        control_row(names[indicator], places[place], one, notes.get((indicator, place)))
        for (indicator, place, _), one in found.items()
    ]


def control_row(indicator: Indicator, region: Region, one, note) -> dict:
    gap = one.difference
    return {
        "indicator": indicator,
        "region": region,
        "control": said_total(one.control, indicator),
        "summed": said_total(one.summed, indicator) if one.summed.count else "未报",
        "difference": "" if gap is None else amount(gap, indicator),
        "differs": bool(gap),
        "note": note,
        "is_stale": bool(note) and note.difference != gap,
    }


def amount(value, indicator: Indicator) -> str:
    """With its sign: +40人次, -4.85万元."""
    scale = indicator.scale
    words = write_figure(value, indicator.unit.name, display=scale)
    return f"+{words}" if value > 0 else words


@require_http_methods(["GET", "HEAD", "POST"])
@only("reviewer")
def nature_list(request):
    """Quick, decided and final figures of one thing, with what explains the difference."""
    region = led(request.user)
    mine = Entry.objects.current().filter(region__path__startswith=region.path)
    span_form, span = chosen_span(request, mine.exclude(nature="decided"))
    rows = natures.settled(mine.filter(span__end=span.end)) if span else []
    form = ReasonForm()
    if request.method == "POST":
        form = typed.bound(request, ReasonForm)
        if form.is_valid() and reconciled(request, rows, form):
            messages.success(request, "已记录差异的原因。")
            return redirect(f"{request.path}?span={span.pk}")
    context = {
        "rows": [nature_row(one) for one in rows[:MOST]],
        "span": span,
        "span_form": span_form,
        "form": form,
        "tabs": tabs_of(request.user, "nature-list"),
    }
    return render(request, "review/natures.html", context, status=422 if form.errors else 200)


def nature_row(one: natures.Settled) -> dict:
    gap = one.difference
    return {
        "pair": one,
        "earlier": written(one.earlier),
        "final": written(one.final),
        "difference": "" if gap is None else amount(gap, one.final.indicator),
    }


def reconciled(request, rows, form: ReasonForm) -> bool:
    wanted = (typed.number(request.POST.get(name, "")) for name in ("earlier", "final"))
    earlier, final = wanted
    pair = next((p for p in rows if (p.earlier.pk, p.final.pk) == (earlier, final)), None)
    if pair is None:
        form.add_error(None, "数据已有变化，请刷新页面后再填。")
        return False
    natures.reconcile(pair.earlier, pair.final, form.cleaned_data["text"], by=request.user)
    return True


class FreezeForm(forms.Form):
    """Of which period, at which hour."""

    key = forms.CharField(label="期间", max_length=10, help_text=f"写成{FORMS}这样")
    moment = forms.DateTimeField(
        label="冻结时间",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="到这一时刻为止核定的数据算数，以后的变动等下一次",
    )
    note = forms.CharField(label="说明", max_length=200, required=False)

    def clean_key(self) -> str:
        try:
            parse_key(self.cleaned_data["key"])
        except ValueError as problem:
            raise ValidationError(f"{problem}。") from problem
        return self.cleaned_data["key"].strip()


@require_http_methods(["GET", "HEAD", "POST"])
@only("reviewer", "auditor")
def freeze_list(request):
    """The declared hours, and one more of them."""
    form = FreezeForm(initial={"moment": timezone.localtime() + datetime.timedelta(hours=1)})
    if request.method == "POST":
        only_reviewers(request)
        form = typed.bound(request, FreezeForm)
        if form.is_valid() and declared(request, form):
            messages.success(request, "已声明冻结。")
            return redirect("freeze-list")
    rows = Freeze.objects.visible_to(request.user).select_related("region", "span", "by")[:MOST]
    context = {
        "rows": rows,
        "form": form,
        "now": timezone.now(),
        "may_declare": "reviewer" in request.user.reach.roles,
        "tabs": tabs_of(request.user, "freeze-list"),
    }
    return render(request, "review/freezes.html", context, status=422 if form.errors else 200)


def only_reviewers(request) -> None:
    """An auditor reads the page; for him there is no such act."""
    if "reviewer" not in request.user.reach.roles:
        raise Http404


def declared(request, form: FreezeForm) -> bool:
    cleaned = form.cleaned_data
    region = led(request.user)
    with typed.said_on(form, field="moment"):
        freezing.declare(
            region,
            span_of(cleaned["key"]),
            cleaned["moment"],
            by=request.user,
            note=cleaned["note"],
        )
    return not form.errors


@require_safe
@only("reviewer", "auditor")
def freeze_page(request, pk):
    """The figures as they stood at the hour, and what has changed since and waits."""
    rows = Freeze.objects.visible_to(request.user).select_related("region", "span", "by")
    freeze = get_object_or_404(rows, pk=pk)
    stood = official(request.user).filter(pk__in=freezing.frozen(freeze).values("pk"))
    figures = list(stood.order_by("indicator__programme__order", "indicator__order", "pk")[:MOST])
    context = {
        "freeze": freeze,
        "is_past": freeze.moment <= timezone.now(),
        "figures": [(one, said(one)) for one in figures],
        "waiting": [
            (
                one.now or one.before,
                one.before and written(one.before),
                one.now and written(one.now),
            )
            for one in freezing.waiting(freeze)[:MOST]
        ],
    }
    return render(request, "review/freeze.html", context)
