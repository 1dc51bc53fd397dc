"""Cycles, their rounds and duties, and the city's working days."""

import datetime

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Agency
from accounts.rules import Refused, refused, require
from tracker.catalogue import cycles as verbs
from tracker.catalogue import rounds, working
from tracker.catalogue.duties import agencies_of
from tracker.catalogue.models import Cycle, Duty, Round, WorkdayOverride
from tracker.catalogue.rules import may_extend, may_keep_catalogue, may_keep_cycle
from tracker.web import typed

from .forms import AdHocForm, CycleForm, DutyForm, ExtensionForm, ReasonForm, WorkdayForm


@require_safe
def cycle_list(request):
    rows = (
        Cycle.objects.visible_to(request.user)
        .select_related("region")
        .prefetch_related("lines")
        .annotate(owing=Count("duties", filter=Q(duties__active=True)))
    )
    context = {"cycles": rows, "may_keep": may_keep_catalogue(request.user)}
    return render(request, "catalogue/cycles.html", context)


def seen(user, pk) -> Cycle:
    return get_object_or_404(Cycle.objects.visible_to(user).select_related("region"), pk=pk)


@require_safe
def cycle(request, pk):
    """One cycle: its rule, its rounds, and who owes it."""
    row = seen(request.user, pk)
    context = {
        "cycle": row,
        "rounds": row.rounds.select_related("span").annotate(
            filed=Count(
                "submissions",
                filter=Q(submissions__status__in=["submitted", "line_review", "approved"]),
            )
        ),
        "duties": row.duties.filter(active=True).select_related("agency__region", "agency__line"),
        "may_keep": may_keep_cycle(request.user, row),
        "duty_form": DutyForm(agencies=assignable(row)),
        "reason_form": ReasonForm(),
    }
    return render(request, "catalogue/cycle.html", context)


def assignable(row: Cycle):
    """Active agencies within the cycle's region that do not owe it yet."""
    owing = row.duties.filter(active=True).values("agency")
    return Agency.objects.active().within([row.region.path]).exclude(pk__in=owing)


def leads_somewhere(user) -> None:
    require(may_keep_catalogue(user))


@require_http_methods(["GET", "POST"])
def cycle_edit(request, pk=None):
    leads_somewhere(request.user)
    row = seen(request.user, pk) if pk else None
    form = CycleForm(instance=row, user=request.user)
    if request.method == "POST":
        form = typed.bound(request, CycleForm, instance=row, user=request.user)
        if form.is_valid() and (kept := cycle_kept(request, form, row)):
            messages.success(request, "已保存填报周期。")
            return redirect("cycle", kept.pk)
    context = {"form": form, "cycle": row}
    return render(request, "catalogue/cycle_edit.html", context, status=422 if form.errors else 200)


def cycle_kept(request, form: CycleForm, row: Cycle | None) -> Cycle | None:
    fields = dict(form.cleaned_data)
    try:
        if row:
            fields.pop("region")
            return verbs.edit_cycle(row, by=request.user, **fields)
        return verbs.create_cycle(by=request.user, **fields)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


@require_http_methods(["GET", "POST"])
def ad_hoc(request):
    """Something asked for once, open at once."""
    leads_somewhere(request.user)
    form = AdHocForm(user=request.user, initial={"due": "明天17:00", "sign_steps": 1})
    if request.method == "POST":
        form = typed.bound(request, AdHocForm, user=request.user)
        if form.is_valid():
            try:
                made = verbs.create_ad_hoc_cycle(by=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "任务已下发，各单位会收到通知。")
                return redirect("cycle", made.cycle_id)
    return render(
        request, "catalogue/ad_hoc.html", {"form": form}, status=422 if form.errors else 200
    )


@require_POST
def cycle_active(request, pk):
    row = seen(request.user, pk)
    active = request.POST.get("active") == "1"
    verbs.set_active(row, active, by=request.user)
    messages.success(request, "已启用。" if active else "已停用，不再产生新的期次。")
    return redirect("cycle", pk)


@require_POST
def duty_add(request, pk):
    row = seen(request.user, pk)
    form = typed.bound(request, DutyForm, agencies=assignable(row))
    if form.is_valid():
        verbs.assign(row, by=request.user, **form.cleaned_data)
        messages.success(request, "已下达填报任务，从下一期起填报。")
    else:
        messages.error(request, "没有下达：请选择单位。")
    return redirect("cycle", pk)


@require_POST
def duty_release(request, pk):
    row = get_object_or_404(Duty.objects.visible_to(request.user), pk=pk)
    form = typed.bound(request, ReasonForm)
    if form.is_valid():
        verbs.release_duty(row, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "已解除填报任务。")
    else:
        messages.error(request, "没有解除：请填写理由。")
    return redirect("cycle", row.cycle_id)


@require_http_methods(["GET", "POST"])
def round_page(request, pk):
    """One round: extend it for an agency, or let late filing in."""
    rows = Round.objects.visible_to(request.user).select_related("cycle__region", "span")
    row = get_object_or_404(rows, pk=pk)
    agencies = agencies_of(row.cycle)
    start = timezone.localtime(max(row.due_at, timezone.now()) + datetime.timedelta(days=1))
    form = ExtensionForm(agencies=agencies, initial={"due_at": start})
    if request.method == "POST":
        form = typed.bound(request, ExtensionForm, agencies=agencies)
        if form.is_valid():
            try:
                rounds.extend(row, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "已延期。")
                return redirect("round", pk)
    context = {
        "round": row,
        "form": form,
        "extensions": row.extensions.select_related("agency", "by"),
        "may_extend": may_extend(request.user, row),
    }
    return render(request, "catalogue/round.html", context, status=422 if form.errors else 200)


@require_POST
def round_late(request, pk):
    row = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    if request.POST.get("late") == "1":
        reason = request.POST.get("reason", "").strip()
        require(may_extend(request.user, row))
        if not reason:
            messages.error(request, "没有开放：请填写允许补报的理由。")
            return redirect("round", pk)
        rounds.allow_late(row, reason[:200], by=request.user)
        messages.success(request, "已允许补报。")
    else:
        rounds.disallow_late(row, by=request.user)
        messages.success(request, "已停止补报。")
    return redirect("round", pk)


@require_http_methods(["GET", "POST"])
def workdays(request):
    """The days that the city works or rests against the national calendar."""
    if not may_keep_catalogue(request.user):
        require(refused("只有牵头单位的主管可以调整工作日。"))
    form = WorkdayForm()
    if request.method == "POST":
        form = typed.bound(request, WorkdayForm)
        if form.is_valid():
            words = dict(form.cleaned_data)
            day = words.pop("day")
            words["is_workday"] = bool(words["is_workday"])
            working.declare_day(day, by=request.user, **words)
            messages.success(request, "已保存。")
            return redirect("workday-list")
    context = {
        "form": form,
        "days": WorkdayOverride.objects.order_by("-day"),
        "known": working.city_workdays().known(timezone.localdate().year + 1),
        "next_year": timezone.localdate().year + 1,
    }
    return render(request, "catalogue/workdays.html", context, status=422 if form.errors else 200)


@require_POST
def workday_remove(request, pk):
    row = get_object_or_404(WorkdayOverride, pk=pk)
    working.undeclare_day(row, by=request.user)
    messages.success(request, "已恢复按国家日历。")
    return redirect("workday-list")
