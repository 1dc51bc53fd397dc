"""Making good in this period for earlier ones: the agency's page of 当期调整."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tracker.submissions import adjusting as verbs
from tracker.submissions.models import Submission
from tracker.submissions.rules import may_edit
from tracker.submissions.saying import written
from tracker.web import typed
from tracker.web.filing.page import found


class AdjustmentForm(forms.Form):
    """Which approved figure, by how much, and why."""

    entry = forms.ChoiceField(label="更正哪一期的哪个数")
    text = forms.CharField(
        label="调整数", max_length=40, help_text="多报的填负数，如 -86；少报的填正数，如 40"
    )
    note = forms.CharField(
        label="调整原因", max_length=200, help_text="如：3月重复统计一期班次，核减86人次"
    )

    def __init__(self, *args, known=(), **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(one.key, words(one)) for one in known]
        self.fields["entry"].choices = [("", "请选择"), *choices]

    def clean_entry(self) -> int:
        return int(self.cleaned_data["entry"])


def words(one: verbs.Correctable) -> str:
    """2026年3月　历下区　培训农民工　300人次（已载于第21期）"""
    place = f"{one.entry.region.name}{one.entry.scope}"
    out = f"（已载于{'、'.join(one.where)}）" if one.where else "（尚未公布）"
    return f"{one.entry.span}　{place}　{one.cell.indicator.label}　{written(one.entry)}{out}"


@require_http_methods(["GET", "HEAD", "POST"])
def adjustments(request, pk):
    """What this submission makes good for, and one more of it."""
    record = found(request.user, pk)
    known = verbs.correctable(record)
    form = AdjustmentForm(known=known)
    if request.method == "POST":
        form = typed.bound(request, AdjustmentForm, known=known)
        if form.is_valid() and adjusted(request, record, form):
            return redirect("submission-adjustments", record.pk)
    return show(request, record, known, form)


def adjusted(request, record: Submission, form: AdjustmentForm) -> bool:
    field = "text" if form.cleaned_data["note"].strip() else "note"
    with typed.said_on(form, field=field):
        verbs.adjust(record, by=request.user, **form.cleaned_data)
        messages.success(request, "已记入当期调整，随本次报送一并审签、核定。")
    return not form.errors


def show(request, record: Submission, known, form):
    rows = record.adjustments.select_related("indicator__unit", "region", "about", "by")
    context = {
        "submission": record,
        "rows": [with_words(row) for row in rows],
        "known": known,
        "form": form,
        "may_edit": may_edit(request.user, record),
    }
    status = 422 if form.errors else 200
    return render(request, "submissions/adjustments.html", context, status=status)


def with_words(row):
    row.says = row.entered + row.entered_unit
    if row.value > 0:
        row.says = f"+{row.says.removeprefix('+')}"
    return row


@require_POST
def adjustment_drop(request, pk, adjustment):
    record = found(request.user, pk)
    row = get_object_or_404(record.adjustments, pk=adjustment)
    verbs.drop_adjustment(row, by=request.user)
    messages.success(request, "已删除这项调整。")
    return redirect("submission-adjustments", record.pk)
