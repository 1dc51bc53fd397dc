"""Plans: what is compiled by itself, and a run by hand."""

from django.contrib import messages
from django.db.models import Max
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.releases.genres import genres
from tracker.releases.hours import hours_of
from tracker.releases.models import PlanRun, ReleasePlan
from tracker.releases.planning import save_plan
from tracker.releases.rules import COMPILERS, may_run
from tracker.releases.running import ask_run
from tracker.web import typed
from tracker.web.people.access import only

from .acting import folder_in
from .chain import said
from .forms import settings_in
from .plan_forms import PlanForm, RunForm


def plans_of(user):
    """The plans for regions that the person's office leads."""
    return ReleasePlan.objects.visible_to(user).select_related("region", "cycle")


@require_safe
@only(*COMPILERS)
def plan_list(request):
    plans = plans_of(request.user).prefetch_related("lines", "readers")
    kinds = genres()
    hours, last = hours_of(plans), last_runs(plans)
    rows = [
        {
            "plan": plan,
            "kind": kinds[plan.genre].name if plan.genre in kinds else plan.genre,
            "hour": hours.get(plan.pk),
            "run": last.get(plan.pk),
            "may_run": may_run(request.user, plan),
        }
        for plan in plans
    ]
    return render(request, "releases/plans.html", {"rows": rows})


def last_runs(plans) -> dict[int, PlanRun]:
    """The newest run of each plan; in two queries."""
    newest = PlanRun.objects.filter(plan__in=plans).values("plan").order_by()
    ids = newest.annotate(last=Max("pk")).values_list("last", flat=True)
    found = PlanRun.objects.filter(pk__in=list(ids)).select_related("span")
    return {run.plan_id: run for run in found}


@require_http_methods(["GET", "HEAD", "POST"])
@only(*COMPILERS)
def plan_edit(request, pk=None):
    """A plan, new or known."""
    plan = get_object_or_404(plans_of(request.user), pk=pk) if pk else None
    folder = folder_in(request) if not plan or request.method == "POST" else plan.genre
    if request.method == "POST":
        form = typed.bound(request, PlanForm, instance=plan, user=request.user, folder=folder)
        if form.is_valid():
            made, lines = form.save(commit=False), form.cleaned_data["lines"]
            save_plan(made, lines, settings_in(form), by=request.user, named=form.named())
            messages.success(request, "汇编计划已保存。")
            return redirect("plan-list")
    else:
        initial = {} if plan else {"genre": folder}
        form = PlanForm(instance=plan, user=request.user, folder=folder, initial=initial)
    return render(
        request,
        "releases/plan.html",
        {"form": form, "plan": plan, "genres": genres(), "folder": folder},
        status=422 if form.errors else 200,
    )


@require_POST
@only(*COMPILERS)
def plan_run(request, pk):
    """Put the plan to the worker now, and look on."""
    plan = get_object_or_404(plans_of(request.user), pk=pk)
    form = typed.bound(request, RunForm, plan=plan)
    if not form.is_valid():
        messages.error(request, "没有汇编：" + said(form))
        return redirect("plan-runs", plan.pk)
    run = ask_run(plan, by=request.user, **form.cleaned_data)
    return redirect("plan-log", plan.pk, run.pk)
