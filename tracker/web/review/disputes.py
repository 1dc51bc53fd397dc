"""Two sources and two figures under one name: listed, put beside one another, decided."""

from collections import defaultdict

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tracker.exact import to_scaled
from tracker.ledger.models import Entry
from tracker.review import disputes as verbs
from tracker.review.models import Dispute
from tracker.web import lists, typed
from tracker.web.people.access import only
from tracker.web.search import official, said

from .tabs import tabs_of

MOST = 200


class RaiseForm(forms.Form):
    """The other figure and what each source understands by it."""

    second = forms.ChoiceField(label="另一个数")
    title = forms.CharField(label="事项", max_length=100)
    first_definition = forms.CharField(
        label="本数的口径", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    second_definition = forms.CharField(
        label="另一个数的口径", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, others=(), **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), words(one)) for one in others]
        self.fields["second"].choices = [("", "请选择"), *choices]


class DecideForm(forms.Form):
    """What holds, and on what basis."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label="裁定", choices=[one for one in Dispute.Decision.choices if one[0]]
    )
    prevails = forms.ChoiceField(
        label="采用哪个数", required=False, help_text="裁定为“采用其中一个”时选择"
    )
    amount = forms.DecimalField(
        label="重复数",
        required=False,
        max_digits=17,
        decimal_places=4,
        help_text="裁定为“有重复，只计一次”时填写，按基本单位（人次、元）",
    )
    basis = forms.CharField(label="依据", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, sides=(), **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(str(one.entry_id), words(one.entry)) for one in sides]
        self.fields["prevails"].choices = [("", "—"), *choices]

    def clean_prevails(self) -> int | None:
        return typed.number(self.cleaned_data["prevails"])

    def clean_amount(self):
        amount = self.cleaned_data["amount"]
        if amount is not None:
            to_scaled(amount)
        return amount


def words(entry: Entry) -> str:
    """团市委　济南市技能培训3221人次"""
    told = said(entry)
    return f"{entry.agency}　{told['place']}{told['name']}{told['value']}"


@require_safe
@only("reviewer", "auditor")
def dispute_list(request):
    rows = Dispute.objects.visible_to(request.user).select_related("region", "span", "decided_by")
    sorts = {"raised": ("raised_at",), "span": ("span__end",), "state": ("decision",)}
    listing = lists.listing(request, rows, sorts=sorts, sort="-raised")
    context = {
        "listing": listing,
        "alike": alike(request.user),
        "tabs": tabs_of(request.user, "dispute-list"),
    }
    return render(request, "review/disputes.html", context)


def alike(user) -> list[dict]:
    """Current figures of the newest period that bear one name at one place and say different things."""
    rows = official(user).filter(pk__in=Entry.objects.current().values("pk"), adjusts="", member="")
    newest = rows.order_by("-span__end").values_list("span", flat=True).first()
    together = defaultdict(list)
    for entry in rows.filter(span=newest).exclude(disputes__isnull=False).order_by("pk"):
        key = (entry.indicator.name, entry.region_id, entry.accumulates, entry.nature)
        together[key].append(entry)
    groups = [found for found in together.values() if len({e.agency_id for e in found}) > 1]
    return [{"entries": [(e, words(e)) for e in found[:4]]} for found in groups[:20]]


@require_http_methods(["GET", "HEAD", "POST"])
@only("reviewer")
def dispute_add(request):
    """One figure is named by the address, the other is chosen."""
    first = figure_named(request)
    others = others_than(request.user, first)
    form = RaiseForm(others=others, initial=first_words(request, first))
    if request.method == "POST":
        form = typed.bound(request, RaiseForm, others=others)
        if form.is_valid() and (made := raised(request, first, others, form)):
            messages.success(request, "已登记，等待裁定。")
            return redirect(made)
    context = {"form": form, "first": first, "words": words(first), "others": others}
    status = 422 if form.errors else 200
    return render(request, "review/dispute_add.html", context, status=status)


def figure_named(request) -> Entry:
    pk = typed.number(request.GET.get("first", ""))
    if not pk:
        raise Http404
    return get_object_or_404(official(request.user), pk=pk)


def others_than(user, first: Entry) -> list[Entry]:
    """Of the same period and name or indicator, by other agencies."""
    rows = official(user).filter(
        pk__in=Entry.objects.current().values("pk"), span=first.span, adjusts=""
    )
    rows = rows.exclude(agency=first.agency)
    same = rows.filter(indicator=first.indicator) | rows.filter(
        indicator__name=first.indicator.name
    )
    return list(same.distinct().order_by("region__path", "pk")[:MOST])


def first_words(request, first: Entry) -> dict:
    return {
        "title": f"{first.span}{first.indicator.name}"[:100],
        "first_definition": first.definition.text,
        "second": request.GET.get("second", ""),
    }


def raised(request, first: Entry, others, form) -> Dispute | None:
    cleaned = form.cleaned_data
    second = next(one for one in others if str(one.pk) == cleaned["second"])
    sides = [
        verbs.Side(first, cleaned["first_definition"]),
        verbs.Side(second, cleaned["second_definition"]),
    ]
    with typed.said_on(form):
        return verbs.raise_dispute(cleaned["title"], sides, by=request.user)
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@only("reviewer", "auditor")
def dispute(request, pk):
    """Both definitions side by side, and the decision."""
    rows = Dispute.objects.visible_to(request.user).select_related(
        "region", "span", "raised_by", "decided_by"
    )
    record = get_object_or_404(rows, pk=pk)
    sides = sides_of(record)
    form = DecideForm(sides=sides, initial={"version": record.version})
    if request.method == "POST":
        form = typed.bound(request, DecideForm, sides=sides)
        if form.is_valid() and decided(request, record, form):
            messages.success(request, "已裁定，台账合计随之更正。")
            return redirect(record)
    context = {
        "dispute": record,
        "sides": [(one, said(one.entry)) for one in sides],
        "form": form,
        "may_decide": verbs.may_decide(request.user, record),
    }
    status = 422 if form.errors else 200
    return render(request, "review/dispute.html", context, status=status)


def sides_of(record: Dispute) -> list:
    related = ("indicator__unit", "indicator__programme", "region", "span", "agency",
               "definition", "reporter", "approver")  # fmt: skip
    return list(record.sides.select_related(*(f"entry__{name}" for name in related)))


def decided(request, record: Dispute, form) -> bool:
    with typed.said_on(form):
        verbs.decide(record, by=request.user, **form.cleaned_data)
    return not form.errors
