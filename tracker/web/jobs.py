"""The queue: what waits, what is under way, and what did not succeed."""

from django.contrib import messages
from django.db.models import Count
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_filters import ChoiceFilter, FilterSet

from tracker import tasks
from tracker.jobs import care, health
from tracker.jobs.models import Job, State
from tracker.jobs.rules import STUCK
from tracker.web import lists
from tracker.web.people.access import only

SORTS = {
    "created": ("created",),
    "kind": ("kind", "key"),
    "state": ("state",),
    "finished": ("finished",),
}
SHOWN = (State.QUEUED, State.RUNNING, State.DEAD, State.FAILED)


class JobFilter(FilterSet):
    """Without a kind: all but the pings, of which there is one a minute."""

    state = ChoiceFilter(label="状态", choices=State.choices)
    kind = ChoiceFilter(
        label="任务", choices=list(tasks.NAMES.items()), empty_label="全部（不含自检）"
    )

    class Meta:
        model = Job
        fields = ["state", "kind"]

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(QueryDict() if data is None else data, *args, **kwargs)

    def filter_queryset(self, queryset):
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("kind") else rows.exclude(kind=health.PING)


@require_safe
@only("system_admin")
def job_list(request):
    listing = lists.listing(
        request, Job.objects.all(), sorts=SORTS, sort="-created", filters=JobFilter
    )
    for job in listing:
        job.name = tasks.NAMES.get(job.kind, "其他任务")
        job.stuck = job.state in STUCK
    context = {
        "listing": listing,
        "counts": counts(),
        "alive": health.alive(),
        "answered": health.last_answer(),
    }
    return render(request, "jobs/list.html", context)


def counts() -> list[dict]:
    """How many jobs stand in each state that somebody may have to look at, in one query."""
    rows = Job.objects.exclude(kind=health.PING).filter(state__in=SHOWN)
    found = dict(rows.values_list("state").order_by().annotate(Count("pk")))
    return [{"state": state, "count": found.get(state.value, 0)} for state in SHOWN]


@require_POST
@only("system_admin")
def job_revive(request, pk):
    care.revive(get_object_or_404(Job, pk=pk), by=request.user)
    messages.success(request, "已重新排队办理。")
    return redirect("job-list")


@require_POST
@only("system_admin")
def job_dismiss(request, pk):
    care.dismiss(get_object_or_404(Job, pk=pk), by=request.user)
    messages.success(request, "已标记为不再办理。")
    return redirect("job-list")
