"""The clock of the product: what is done by itself, when, and doing it now."""

import datetime

from django import forms
from django.contrib import messages
from django.db.models import Max
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_celery_beat.models import PeriodicTask

from tracker import tasks
from tracker.jobs import rescheduling
from tracker.jobs.models import Job
from tracker.jobs.timing import Rhythm, Timing
from tracker.web import typed
from tracker.web.people.access import only
from tracker.web.shown import Shown

RHYTHMS = [
    (Rhythm.MINUTES, "每几分钟"), (Rhythm.HOURS, "每几小时"), (Rhythm.DAY, "每天"),
    (Rhythm.WORKING_WEEK, "周一至周五"), (Rhythm.WEEK, "每周一次"), (Rhythm.MONTH, "每月一次"),
]  # fmt: skip
WEEKDAYS = [(number % 7, f"星期{name}") for number, name in enumerate("一二三四五六日", start=1)]
MINUTES, HOURS = (1, 2, 5, 10, 15, 20, 30), (1, 2, 3, 4, 6, 8, 12)


class TimingForm(Shown, forms.Form):
    """A time as a person says it; only the fields of the chosen rhythm count."""

    enabled = forms.BooleanField(label="启用", required=False)
    rhythm = forms.ChoiceField(label="多久一次", choices=RHYTHMS)
    n = forms.IntegerField(
        label="间隔",
        min_value=1,
        max_value=30,
        required=False,
        help_text="选“每几分钟”“每几小时”时填写；分钟可填1、2、5、10、15、20、30，小时可填1、2、3、4、6、8、12",
    )
    weekday = forms.TypedChoiceField(
        label="星期", choices=WEEKDAYS, coerce=int, required=False, help_text="选“每周一次”时起作用"
    )
    day = forms.IntegerField(
        label="日期",
        min_value=1,
        max_value=28,
        required=False,
        help_text="选“每月一次”时填写，1至28",
    )
    at = forms.TimeField(
        label="时刻",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text="选“每几分钟”时不用填写；选“每几小时”时只用其中的分",
    )

    def clean(self):
        words = super().clean()
        rhythm = words.get("rhythm")
        allowed = {Rhythm.MINUTES: MINUTES, Rhythm.HOURS: HOURS}.get(rhythm)
        if allowed and "n" not in self.errors and words.get("n") not in allowed:
            self.add_error("n", f"请填{'、'.join(map(str, allowed))}中的一个。")
        if rhythm == Rhythm.MONTH and "day" not in self.errors and not words.get("day"):
            self.add_error("day", "请填写每月的几日。")
        if rhythm != Rhythm.MINUTES and "at" not in self.errors and not words.get("at"):
            self.add_error("at", "请填写时刻。")
        return words

    def timing(self) -> Timing:
        words = self.cleaned_data
        at = words["at"] or datetime.time(0)
        weekday = words["weekday"] if words["weekday"] != "" else 1
        numbers = {"n": words["n"] or 1, "weekday": weekday, "day": words["day"] or 1}
        return Timing(Rhythm(words["rhythm"]), **numbers, hour=at.hour, minute=at.minute)


def initial_of(task: PeriodicTask) -> dict:
    timing = rescheduling.timing_of(task) or Timing(Rhythm.DAY, hour=9)
    names = ("rhythm", "n", "weekday", "day")
    at = datetime.time(timing.hour, timing.minute)
    return {name: getattr(timing, name) for name in names} | {"at": at, "enabled": task.enabled}


def known():
    """The schedules whose work this installation knows how to do."""
    found = PeriodicTask.objects.filter(task__in=tasks.HANDLERS)
    return found.select_related("crontab", "interval", "solar", "clocked").order_by("name")


@require_safe
@only("system_admin")
def schedule_list(request):
    """Each with its last run, and its next one in words."""
    found, now = list(known()), timezone.now()
    last = last_jobs([task.name for task in found])
    rows = [
        {
            "task": task,
            "when": rescheduling.say(task),
            "next": rescheduling.next_run(task, now),
            "job": last.get((task.task, task.name)),
            "purpose": tasks.PURPOSES[task.task],
        }
        for task in found
    ]
    return render(request, "schedules/list.html", {"rows": rows})


def last_jobs(names: list[str]) -> dict[tuple[str, str], Job]:
    """The newest job of each schedule, in one query."""
    newest = Job.objects.filter(key__in=names).values("kind", "key").order_by()
    ids = newest.annotate(last=Max("pk")).values_list("last", flat=True)
    return {(job.kind, job.key): job for job in Job.objects.filter(pk__in=list(ids))}


@require_http_methods(["GET", "HEAD", "POST"])
@only("system_admin")
def schedule_edit(request, pk):
    task = get_object_or_404(known(), pk=pk)
    given = {"record": task.name, "stands": initial_of(task)}
    form = TimingForm(**given)
    if request.method == "POST":
        form = typed.bound(request, TimingForm, **given)
        if form.is_valid():
            enabled = form.cleaned_data["enabled"]
            task = rescheduling.reschedule(task, form.timing(), enabled=enabled, by=request.user)
            messages.success(request, f"“{task.name}”已保存：{rescheduling.say(task)}。")
            return redirect("schedule-list")
    context = {
        "form": form,
        "task": task,
        "purpose": tasks.PURPOSES[task.task],
        "when": rescheduling.say(task),
    }
    return render(request, "schedules/edit.html", context, status=422 if form.errors else 200)


@require_POST
@only("system_admin")
def schedule_run(request, pk):
    task = get_object_or_404(known(), pk=pk)
    rescheduling.run_now(task, by=request.user)
    messages.success(request, f"“{task.name}”已排队办理，结果见“后台任务”。")
    return redirect("schedule-list")
