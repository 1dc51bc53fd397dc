"""Plans: what is compiled by itself, and a run by hand."""

from django.contrib import messages
from django.db.models import Max
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.rules import require
from tracker.jobs.models import Job
from tracker.jobs.services import enqueue
from tracker.releases.genres import genres
from tracker.releases.hours import COMPILE, hours_of, name_of
from tracker.releases.models import ReleasePlan
from tracker.releases.planning import save_plan
from tracker.releases.rules import COMPILERS, may_run
from tracker.web import typed
from tracker.web.people.access import only

from .acting import folder_in
from .forms import PlanForm, led_regions, settings_in


def plans_of(user):
    """The plans for regions that the person's office leads."""
    return ReleasePlan.objects.filter(region__in=led_regions(user)).select_related(
        "region", "cycle"
    )


@require_safe
@only(*COMPILERS)
def plan_list(request):
    plans = plans_of(request.user).prefetch_related("lines")
    kinds = genres()
    hours, last = hours_of(plans), last_jobs(plans)
    rows = [
        {
            "plan": plan,
            "kind": kinds[plan.genre].name if plan.genre in kinds else plan.genre,
            "hour": hours.get(plan.pk),
            "job": last.get(plan.pk),
            "may_run": may_run(request.user, plan),
        }
        for plan in plans
    ]
    return render(request, "releases/plans.html", {"rows": rows})


def last_jobs(plans) -> dict[int, Job]:
    """The newest job of each plan, asked for by hand or by its hour; in two queries."""
    keys = {str(plan.pk): plan.pk for plan in plans} | {name_of(plan): plan.pk for plan in plans}
    rows = Job.objects.filter(kind=COMPILE, key__in=keys).values("key").order_by()
    ids = rows.annotate(last=Max("pk")).values_list("last", flat=True)
    found = Job.objects.filter(pk__in=list(ids)).order_by("pk")
    return {keys[job.key]: job for job in found}


@require_http_methods(["GET", "HEAD", "POST"])
@only(*COMPILERS)
def plan_edit(request, pk=None):
    """A plan, new or known."""
    plan = get_object_or_404(plans_of(request.user), pk=pk) if pk else None
    folder = folder_in(request) if not plan or request.method == "POST" else plan.genre
    if request.method == "POST":
        form = typed.bound(request, PlanForm, instance=plan, user=request.user, folder=folder)
        if form.is_valid():
            lines = form.cleaned_data["lines"]
            save_plan(form.save(commit=False), lines, settings_in(form), by=request.user)
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
    """Put the plan to the worker now."""
    plan = get_object_or_404(plans_of(request.user), pk=pk)
    require(may_run(request.user, plan))
    enqueue(COMPILE, key=plan.pk)
    messages.success(request, "已安排汇编，完成后会收到通知。")
    return redirect("plan-list")
