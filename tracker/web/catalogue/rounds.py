"""One round of a cycle, and the city's working days."""

import datetime

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Agency
from accounts.rules import Refused
from tracker.catalogue import rounds, working
from tracker.catalogue.duties import agencies_of
from tracker.catalogue.models import Frequency, Round, WorkdayOverride
from tracker.catalogue.rules import may_extend, may_keep_catalogue, may_keep_cycle
from tracker.submissions.recalling import begun, recall
from tracker.submissions.rules import may_recall
from tracker.web import typed
from tracker.web.people.access import only
from tracker.workdays import knows

from .cycle_forms import ExtensionForm, WorkdayForm
from .forms import ReasonForm


def seen(user, pk) -> Round:
    rows = Round.objects.visible_to(user).select_related("cycle__region", "span")
    return get_object_or_404(rows, pk=pk)


def later_by_a_day(due_at: datetime.datetime) -> datetime.datetime:
    """What an extension is offered: a day after the deadline, or after now where it is over."""
    return timezone.localtime(max(due_at, timezone.now()) + datetime.timedelta(days=1))


@require_safe
def round_page(request, pk):
    """One round: who was given more time, and whether late filing is let in."""
    return shown(request, seen(request.user, pk))


def shown(request, row: Round, *, form=None, late_form=None, recall_form=None):
    """The page; one of its forms came back with an error."""
    initial = {"due_at": later_by_a_day(row.due_at)}
    empty = ExtensionForm(agencies=agencies_of(row.cycle), initial=initial)
    agencies = Agency.objects.visible_to(request.user)
    context = {
        "round": row,
        "form": form or empty,
        "late_form": late_form or ReasonForm(auto_id="late_%s"),
        "extensions": row.extensions.filter(agency__in=agencies).select_related("agency", "by"),
        "may_extend": may_extend(request.user, row),
        "may_keep": may_keep_catalogue(request.user),
        **recalling(request.user, row),
        "recall_form": recall_form or ReasonForm(auto_id="recall_%s"),
    }
    status = 422 if form or late_form or recall_form else 200
    return render(request, "catalogue/round.html", context, status=status)


def recalling(user, row: Round) -> dict:
    """Of what was asked for once: may it be taken back, and how many have begun with it."""
    once = row.cycle.frequency == Frequency.ONCE and may_keep_cycle(user, row.cycle)
    return {"may_recall": may_recall(user, row), "begun": begun(row).count()} if once else {}


@require_POST
@only("reviewer")
def round_extend(request, pk):
    """More time for one agency."""
    row = seen(request.user, pk)
    form = typed.bound(request, ExtensionForm, agencies=agencies_of(row.cycle))
    if form.is_valid() and prolonged(request, row, form):
        messages.success(request, "已延期。")
        return redirect("round", pk)
    return shown(request, row, form=form)


def prolonged(request, row: Round, form: ExtensionForm) -> bool:
    try:
        rounds.extend(row, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        if not may_extend(request.user, row):
            raise
        form.add_error("due_at", str(refusal))
        return False
    return True


@require_POST
@only("reviewer")
def round_late(request, pk):
    """Take submissions after the deadline, marked as late, or stop that."""
    row = seen(request.user, pk)
    if request.POST.get("late") != "1":
        rounds.disallow_late(row, by=request.user)
        messages.success(request, "已停止补报。")
        return redirect("round", pk)
    form = typed.bound(request, ReasonForm, auto_id="late_%s")
    if not form.is_valid():
        return shown(request, row, late_form=form)
    rounds.allow_late(row, by=request.user, **form.cleaned_data)
    messages.success(request, "已允许补报。")
    return redirect("round", pk)


@require_POST
@only("reviewer")
def round_recall(request, pk):
    """Take back what was asked for once."""
    row = seen(request.user, pk)
    form = typed.bound(request, ReasonForm, auto_id="recall_%s")
    if not form.is_valid():
        return shown(request, row, recall_form=form)
    count = recall(row, by=request.user, **form.cleaned_data)
    kept = f"其中{count}个单位已开始填写，所填内容仍可查看。" if count else ""
    messages.success(request, f"任务已撤回，已通知各单位。{kept}")
    return redirect("round", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@only("reviewer")
def workdays(request):
    """The days that the city works or rests against the national calendar."""
    form = WorkdayForm()
    if request.method == "POST":
        form = typed.bound(request, WorkdayForm)
        if form.is_valid():
            working.declare_day(by=request.user, **form.cleaned_data)
            messages.success(request, "已保存。")
            return redirect("workday-list")
    this_year = timezone.localdate().year
    context = {
        "form": form,
        "days": WorkdayOverride.objects.order_by("-day"),
        "unknown": [year for year in (this_year, this_year + 1) if not knows(year)],
        "may_keep": True,
    }
    return render(request, "catalogue/workdays.html", context, status=422 if form.errors else 200)


@require_POST
@only("reviewer")
def workday_remove(request, pk):
    working.undeclare_day(get_object_or_404(WorkdayOverride, pk=pk), by=request.user)
    messages.success(request, "已恢复按国家日历。")
    return redirect("workday-list")
