"""A plan that does not wait for a round is compiled at its hour, which people edit on a page."""

import datetime

import pytest
import time_machine
from django_celery_beat.models import PeriodicTask

from tests import factories
from tests.web.catalogue.conftest import queries, text
from tracker.jobs import broker, rescheduling, schedules
from tracker.jobs.models import Job
from tracker.jobs.runner import run
from tracker.jobs.timing import Rhythm, Timing
from tracker.releases.hours import hours_of
from tracker.releases.models import Release, ReleasePlan
from tracker.releases.planning import save_plan
from tracker.tasks import HANDLERS

# 21:00 in Jinan, on a Sunday.
EVENING = datetime.datetime(2026, 3, 1, 13, 0, 30, tzinfo=datetime.UTC)


@pytest.fixture
def plan(city, union, wu):
    return plan_of(city, factories.cycle(union), wu)


def plan_of(city, cycle, by, **fields):
    fields = {"name": "月度简报", "when_complete": False, **fields}
    return save_plan(ReleasePlan(genre="brief", region=city, cycle=cycle, **fields), [], {}, by=by)


def test_a_plan_gets_its_schedule_when_it_needs_one(plan, city, wu):
    assert hours_of([plan]) == {plan.pk: "每月15日 17:00"}
    waiting = plan_of(city, plan.cycle, wu, name="报齐", when_complete=True)
    assert (hours_of([waiting]), PeriodicTask.objects.count()) == ({}, 1)


def test_a_weekly_plan_begins_with_a_weekly_hour(city, union, wu):
    weekly = plan_of(city, factories.cycle(union, frequency="week"), wu)
    assert hours_of([weekly]) == {weekly.pk: "每周五 17:00"}


def test_the_hour_stays_as_it_was_edited_and_the_name_follows(plan, qian, wu):
    task = PeriodicTask.objects.get()
    rescheduling.reschedule(task, Timing(Rhythm.DAY, hour=7), enabled=True, by=qian)
    plan.name = "工作简报"
    save_plan(plan, [], {}, by=wu)
    task.refresh_from_db()
    assert (task.name, rescheduling.say(task)) == ("汇编：工作简报", "每天 07:00")


@pytest.mark.parametrize("change", [{"active": False}, {"when_complete": True}])
def test_the_schedule_is_off_while_the_plan_is_or_waits(plan, wu, change):
    for name, value in change.items():
        setattr(plan, name, value)
    save_plan(plan, [], {}, by=wu)
    assert PeriodicTask.objects.get().enabled is False
    for name, value in change.items():
        setattr(plan, name, not value)
    save_plan(plan, [], {}, by=wu)
    assert PeriodicTask.objects.get().enabled is True


@pytest.mark.django_db(transaction=True)
def test_at_its_hour_the_plan_is_compiled(plan, city, approved, qian, wu):
    plan.settings, plan.on_missing = {"期间": "2020"}, "run"
    save_plan(plan, [], plan.settings, by=wu)
    with time_machine.travel(EVENING, tick=False) as clock:
        at = Timing(Rhythm.DAY, hour=22)
        rescheduling.reschedule(PeriodicTask.objects.get(), at, enabled=True, by=qian)
        clock.move_to(EVENING + datetime.timedelta(hours=1))
        beat = schedules.JobScheduler(app=broker.sender())
        beat.tick()
        beat.sync()
        run(Job.objects.get(kind="compile-plan").pk, HANDLERS)
    release = Release.objects.get()
    assert (release.plan, release.span.key) == (plan, "2020")


def test_the_list_of_plans_names_the_hour_in_constant_queries(plan, city, wu, sign_in):
    browser = sign_in(wu)
    assert "每月15日 17:00" in text(browser.get("/releases/plans/"))
    before = queries(browser, "/releases/plans/")
    for number in (2, 3):
        plan_of(city, plan.cycle, wu, name=f"简报{number}")
    assert queries(browser, "/releases/plans/") == before
