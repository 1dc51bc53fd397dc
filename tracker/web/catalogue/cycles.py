"""Cycles and who owes them; something asked for once."""

from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Agency
from accounts.rules import Refused
from tracker.catalogue import cycles as verbs
from tracker.catalogue.models import Cycle, Duty, Round
from tracker.catalogue.rules import may_keep_catalogue, may_keep_cycle
from tracker.submissions.models import Status
from tracker.web import typed
from tracker.web.people.access import only

from .cycle_forms import AdHocForm, CycleForm, DutyForm
from .forms import ReasonForm


@require_safe
def cycle_list(request):
    running = Round.objects.filter(state=Round.State.OPEN).select_related("span")
    rows = (
        Cycle.objects.visible_to(request.user)
        .select_related("region")
        .prefetch_related("lines", Prefetch("rounds", running, to_attr="running"))
        .annotate(owing=Count("duties", filter=Q(duties__active=True)))
        .order_by("-active", "name")
    )
    context = {"cycles": rows, "may_keep": may_keep_catalogue(request.user)}
    return render(request, "catalogue/cycles.html", context)


def seen(user, pk) -> Cycle:
    return get_object_or_404(Cycle.objects.visible_to(user).select_related("region"), pk=pk)


@require_safe
def cycle(request, pk):
    """One cycle: its rule, its rounds, and who owes it."""
    return shown(request, seen(request.user, pk))


def shown(request, row: Cycle, *, duty_form=None):
    """The page; `duty_form` came back with an error."""
    filed = Count("submissions", filter=Q(submissions__status__in=Status.filed))
    duties = Duty.objects.visible_to(request.user).filter(cycle=row, active=True)
    keeps = may_keep_cycle(request.user, row)
    agencies = assignable(row) if keeps else Agency.objects.none()
    context = {
        "cycle": row,
        "rounds": row.rounds.select_related("span").annotate(filed=filed)[:36],
        "duties": duties.select_related("agency__region", "agency__line"),
        "may_keep": may_keep_catalogue(request.user),
        "may_keep_cycle": keeps,
        "duty_form": duty_form or DutyForm(agencies=agencies, initial={"filing": row.filing}),
    }
    return render(request, "catalogue/cycle.html", context, status=422 if duty_form else 200)


def assignable(row: Cycle):
    """Active agencies within the cycle's region that do not owe it yet."""
    owing = row.duties.filter(active=True).values("agency")
    return Agency.objects.active().within([row.region.path]).exclude(pk__in=owing)


@require_http_methods(["GET", "HEAD", "POST"])
@only("reviewer")
def cycle_edit(request, pk=None):
    """A cycle, new or known."""
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
    """The cycle as saved; None when a rule says no, which the form then says."""
    with typed.said_on(form, Refused):
        if row:
            return verbs.edit_cycle(row, by=request.user, **form.cleaned_data)
        return verbs.create_cycle(by=request.user, **form.cleaned_data)
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@only("reviewer")
def ad_hoc(request):
    """Something asked for once, open at once."""
    form = AdHocForm(user=request.user, initial={"due": "明天17:00"})
    if request.method == "POST":
        form = typed.bound(request, AdHocForm, user=request.user)
        if form.is_valid() and (made := asked_for(request, form)):
            messages.success(request, "任务已下发，各单位会收到通知。")
            return redirect("cycle", made.cycle_id)
    return render(
        request, "catalogue/ad_hoc.html", {"form": form}, status=422 if form.errors else 200
    )


def asked_for(request, form: AdHocForm) -> Round | None:
    """The round that was opened; None when a rule says no, which the form then says."""
    with typed.said_on(form, Refused):
        return verbs.create_ad_hoc_cycle(by=request.user, **form.cleaned_data)
    return None


@require_POST
@only("reviewer")
def cycle_active(request, pk):
    row = seen(request.user, pk)
    active = request.POST.get("active") == "1"
    verbs.set_active(row, active, by=request.user)
    messages.success(request, "已启用。" if active else "已停用，不再产生新的期次。")
    return redirect("cycle", pk)


@require_POST
@only("reviewer")
def duty_add(request, pk):
    row = seen(request.user, pk)
    form = typed.bound(request, DutyForm, agencies=assignable(row))
    if not form.is_valid():
        return shown(request, row, duty_form=form)
    verbs.assign(row, by=request.user, **form.cleaned_data)
    messages.success(request, "已下达填报任务，从下一期起填报。")
    return redirect("cycle", pk)


@require_POST
@only("reviewer")
def duty_release(request, pk):
    row = get_object_or_404(Duty.objects.visible_to(request.user), pk=pk)
    form = typed.bound(request, ReasonForm)
    if form.is_valid():
        verbs.release_duty(row, by=request.user, **form.cleaned_data)
        messages.success(request, "已解除填报任务。")
    else:
        messages.error(request, "没有解除：请填写理由，200字以内。")
    return redirect("cycle", row.cycle_id)
