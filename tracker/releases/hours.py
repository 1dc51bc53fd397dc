"""The hours of plans that do not wait for a round: schedules, edited on their own page."""

import json
from collections.abc import Iterable

from django_celery_beat.models import PeriodicTask

from tracker.catalogue.models import Frequency
from tracker.jobs import rescheduling, schedules
from tracker.releases.models import ReleasePlan
from tracker.releases.running import COMPILE

WEEKLY, MONTHLY = "0 17 * * 5", "0 17 15 * *"


def _mark(plan: ReleasePlan) -> str:
    return json.dumps({"plan": plan.pk})


def name_of(plan: ReleasePlan) -> str:
    """The name of its schedule, which is the key of the jobs that it fires."""
    return f"汇编：{plan.name}"


def keep_hour(plan: ReleasePlan) -> PeriodicTask | None:
    """The schedule of a plan, made on first need; off while the plan is, or waits for a round.

    Its time stays as people have edited it; its name follows the plan's.
    """
    task = PeriodicTask.objects.filter(task=COMPILE, kwargs=_mark(plan)).first()
    wanted = plan.active and not plan.when_complete
    if task is None and not wanted:
        return None
    if task is None:
        weekly = plan.cycle is not None and plan.cycle.frequency == Frequency.WEEK
        task = schedules.install(name_of(plan), COMPILE, WEEKLY if weekly else MONTHLY)
        task.kwargs = _mark(plan)
    task.name, task.enabled = name_of(plan), wanted
    task.save()
    return task


def hours_of(plans: Iterable[ReleasePlan]) -> dict[int, str]:
    """Plan id -> its hour in words, for the plans that have one; in one query."""
    marks = {_mark(plan): plan.pk for plan in plans if not plan.when_complete}
    found = PeriodicTask.objects.filter(task=COMPILE, kwargs__in=marks)
    return {marks[task.kwargs]: rescheduling.say(task) for task in found.select_related("crontab")}
