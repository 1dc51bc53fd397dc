"""The log of a plan: its runs with a filter, each in words, and the letters that did not arrive."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_filters import ChoiceFilter, FilterSet

from tracker.jobs.models import Job
from tracker.releases.mailing import mail_again, may_mail_again
from tracker.releases.models import PlanRun, ReleaseMail
from tracker.releases.rules import COMPILERS, may_run
from tracker.releases.runlog import in_words, mails_of, say_run
from tracker.web import lists
from tracker.web.people.access import only

from .plan_forms import RunForm
from .planning import plans_of

SORTS = {"asked": ("pk",), "span": ("span__end", "pk"), "state": ("state",)}
UNDER_WAY = (PlanRun.State.QUEUED, PlanRun.State.RUNNING)


class RunFilter(FilterSet):
    state = ChoiceFilter(label="结果", choices=PlanRun.State.choices)
    cause = ChoiceFilter(label="起因", choices=PlanRun.Cause.choices)

    class Meta:
        model = PlanRun
        fields = ["state", "cause"]


@require_safe
@only(*COMPILERS)
def plan_runs(request, pk):
    """Every run of the plan in words, the newest first; and running it now."""
    plan = get_object_or_404(plans_of(request.user), pk=pk)
    rows = plan.runs.select_related("plan", "span", "release", "asked_by")
    listing = lists.listing(request, rows, sorts=SORTS, sort="-asked", filters=RunFilter, size=20)
    in_words(list(listing))
    context = {
        "plan": plan,
        "listing": listing,
        "form": RunForm(plan=plan),
        "may_run": may_run(request.user, plan),
    }
    return render(request, "releases/plan_runs.html", context)


@require_safe
@only(*COMPILERS)
def plan_log(request, pk, run):
    """One run in words; while it is under way the part comes again every two seconds."""
    plan = get_object_or_404(plans_of(request.user), pk=pk)
    rows = plan.runs.select_related("plan", "span", "release", "asked_by")
    record = get_object_or_404(rows, pk=run)
    mails = mails_of([record]).get(record.release_id, [])
    job = Job.objects.filter(pk=record.job).first() if record.state in UNDER_WAY else None
    context = {
        "plan": plan,
        "run": record,
        "words": say_run(record, mails),
        "under_way": record.state in UNDER_WAY,
        "job": job,
        "mails": [
            {"mail": mail, "may_again": may_mail_again(request.user, mail)} for mail in mails
        ],
    }
    page = "releases/_plan_run.html" if request.htmx else "releases/plan_run.html"
    return render(request, page, context)


@require_POST
@only(*COMPILERS)
def plan_mail_again(request, pk, mail):
    """Send once more what did not arrive."""
    plan = get_object_or_404(plans_of(request.user), pk=pk)
    about = Q(version__release__plan=plan) | Q(version__release__corrects__plan=plan)
    rows = ReleaseMail.objects.filter(about)
    row = mail_again(get_object_or_404(rows, pk=mail), by=request.user)
    messages.success(request, f"已安排再发给{row.person.name}。")
    release = row.version.release
    run = plan.runs.filter(release__in=[release.pk, release.corrects_id]).first()
    return redirect("plan-log", plan.pk, run.pk) if run else redirect("plan-runs", plan.pk)
