"""One figure of the form by itself: definition, history, conversation, and what is said beside it."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tracker.catalogue.models import EntryMode, Measure
from tracker.catalogue.spans import year_key
from tracker.exact import ExactSum
from tracker.ledger.models import Entry, Nature
from tracker.review.rules import may_comment
from tracker.submissions import services as verbs
from tracker.submissions.models import Submission
from tracker.submissions.rules import may_edit
from tracker.submissions.saying import written
from tracker.web import typed

from .page import found
from .posted import change_in
from .rows import Row
from .sheet import figure_rows, sections_of
from .words import amount_words, typed_of

SHOWN = 24


class FigureForm(forms.Form):
    """What stands beside a figure and not in its field."""

    explanation = forms.CharField(
        label="情况属实说明",
        max_length=300,
        required=False,
        help_text="校验提示不符而情况属实时填写",
    )
    note = forms.CharField(label="备注", max_length=500, required=False)
    as_of_text = forms.CharField(
        label="截至", max_length=40, required=False, help_text="如：2020年底；不填就不写"
    )
    base_text = forms.CharField(
        label="起算", max_length=40, required=False, help_text="如：2016年以来、近年来；可不填"
    )
    start = forms.CharField(
        label="起始值", max_length=40, required=False, help_text="由多少提高（降低）到现在的数"
    )
    start_text = forms.CharField(label="起始时间", max_length=40, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, measure: str, **kwargs):
        super().__init__(*args, **kwargs)
        if measure != Measure.STANDARD:
            del self.fields["start"], self.fields["start_text"]


@dataclass(frozen=True)
class Past:
    """One period of the figure's history."""

    span: str
    says: str
    reporter: str
    approver: str


def row_of(record: Submission, key: str) -> Row:
    row = figure_rows(sections_of(record, texts=())).get(key)
    if row is None:
        raise Http404
    return row


@require_http_methods(["GET", "HEAD", "POST"])
def submission_figure(request, pk, key):
    """The drawer at the right of the form; a page of its own without scripts."""
    record = found(request.user, pk)
    row = row_of(record, key)
    measure = row.cell.indicator.measure
    form = FigureForm(initial=typed_of(row.figure), measure=measure, prefix=key)
    if request.method == "POST":
        form = typed.bound(request, FigureForm, measure=measure, prefix=key)
        if form.is_valid() and kept(request, record, row, form):
            messages.success(request, "已保存。")
            return redirect(f"{record.get_absolute_url()}#{key}")
    return render(
        request,
        "submissions/_figure.html" if request.htmx else "submissions/figure.html",
        context(request, record, row, form),
        status=422 if form.errors else 200,
    )


def kept(request, record: Submission, row: Row, form: FigureForm) -> bool:
    """Save; what is wrong or was changed meanwhile is said on the form."""
    change = change_in(request.POST, row)
    if change is None:
        return True
    try:
        verbs.save_figures(record, [change], by=request.user)
    except verbs.Unreadable as problem:
        form.add_error(None, "".join(problem.by_place.values()))
        return False
    except verbs.Clash as clash:
        [theirs] = clash.theirs.values()
        form.add_error(
            None, f"同事刚改过这项数据，现在是{written(theirs) or '空白'}。请核对后再次保存。"
        )
        form.data = form.data.copy()
        form.data[f"{row.key}-seen"] = str(theirs.version)
        return False
    return True


def context(request, record: Submission, row: Row, form: FigureForm) -> dict:
    entries = list(history(record, row))
    return {
        "submission": record,
        "row": row,
        "form": form,
        "past": [
            Past(str(one.span), written(one), one.reporter.name, one.approver.name)
            for one in entries[:SHOWN]
        ],
        "ever": ever(record, row),
        "comments": row.figure.comments.select_related("by") if row.figure else (),
        "may_comment": may_comment(request.user, record),
        "may_edit": may_edit(request.user, record),
    }


def official(record: Submission, row: Row):
    """The standing entries of the cell."""
    return Entry.objects.current().filter(
        agency=record.agency_id,
        indicator=row.cell.indicator,
        region=row.cell.region,
        member=row.member,
        scope=row.cell.scope,
    )


def history(record: Submission, row: Row):
    rows = official(record, row).select_related("indicator__unit", "span", "reporter", "approver")
    return rows.order_by("-span__end", "-pk")[:SHOWN]


def ever(record: Submission, row: Row) -> str:
    """历年累计: every period of the kind in the ledger, where the measure allows adding them up."""
    if not row.adds:
        return ""
    rows = official(record, row).filter(
        span__kind=record.round.span.kind, nature=Nature.DECIDED, accumulates=EntryMode.PERIOD
    )
    if rows.exclude(qualifier="").exists():
        return ""
    before = rows.exclude(span=record.round.span).order_by("span__start")
    first = before.values_list("span__key", flat=True).first()
    if first is None or row.figure is None or row.figure.value is None or row.figure.qualifier:
        return ""
    total = before.order_by().aggregate(total=ExactSum("value"))["total"] + row.figure.value
    return f"{year_key(first)}年以来（{first}起）{amount_words(total, row.cell.indicator)}"
