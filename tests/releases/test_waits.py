"""A plan that waits tells its keepers and the agencies that are missing, once for the whole wait."""

import datetime

import pytest
import time_machine
from django_celery_beat.models import PeriodicTask

from accounts.models import AuditEntry
from tests import factories
from tests.releases.planned import after_approval, approve, at_its_hour, work
from tracker.jobs import broker, rescheduling, schedules
from tracker.jobs.models import Job
from tracker.jobs.timing import Rhythm, Timing
from tracker.notices.models import Notice
from tracker.releases.models import PlanRun, Release, ReleasePlan
from tracker.releases.planning import save_plan
from tracker.releases.running import ask_run
from tracker.submissions.models import Submission

# 21:00 in Jinan.
EVENING = datetime.datetime(2026, 12, 1, 13, 0, 30, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
KINDS = ["plan-lacks", "plan-waits"]


@pytest.fixture
def cycle(union, league):
    return factories.cycle(union, league)


@pytest.fixture
def june(cycle):
    return factories.open_round(cycle, factories.month(2026, 6))


@pytest.fixture
def plan(city, cycle, june):
    return ReleasePlan.objects.create(
        name="月度简报", genre="brief", region=city, cycle=cycle, when_complete=False
    )


@pytest.fixture(autouse=True)
def said(ground, trained):
    return ground.say(trained, "2026-06", 120, entered_unit="名")


@pytest.fixture
def people(city_with_people):
    return city_with_people.people


def told(**which) -> list[tuple[str, str]]:
    rows = Notice.objects.filter(kind__in=KINDS, **which).order_by("kind", "recipient__username")
    return list(rows.values_list("kind", "recipient__username"))


ALL = [
    ("plan-lacks", "li"), ("plan-lacks", "sun"), ("plan-lacks", "zhang"),
    ("plan-waits", "wang"), ("plan-waits", "wu"),
]  # fmt: skip


def test_the_keepers_and_the_people_of_the_missing_agencies_are_told_once_a_wait(plan, june):
    at_its_hour(plan)
    assert told() == ALL
    at_its_hour(plan)
    at_its_hour(plan)
    assert (told(), PlanRun.objects.waiting().count()) == (ALL, 1)


def test_each_is_told_what_is_theirs_and_led_there(plan, june, union, people, wu, li):
    mine = Submission.objects.create(round=june, agency=union)
    at_its_hour(plan)
    keeper, reporter = (Notice.objects.get(recipient=one, kind__in=KINDS) for one in (wu, li))
    run = PlanRun.objects.get()
    assert (keeper.title, keeper.text, keeper.link) == (
        "月度简报等待报齐：月度工作数据（2026年6月）",
        "“月度简报”还在等待市总工会、团市委的“月度工作数据（2026年6月）”，报齐核定后自动汇编。"
        "不等的，可以在计划里照常汇编。",
        f"/releases/plans/{plan.pk}/runs/{run.pk}/",
    )
    assert (reporter.title, reporter.link) == (
        "市总工会：文稿等着“月度工作数据（2026年6月）”", mine.get_absolute_url(),
    )  # fmt: skip


def test_who_is_approved_is_not_told(plan, june, union, people):
    approve(june, union, people)
    at_its_hour(plan)
    assert told(kind="plan-lacks") == [("plan-lacks", "sun")]


def test_of_a_named_indicator_those_who_owe_it_are_told(plan, june, trained, ground):
    missing = factories.indicator(ground.city.people["li"], "女职工", programme_=trained.programme)
    ReleasePlan.objects.filter(pk=plan.pk).update(required="chosen")
    plan.required_indicators.set([missing])
    at_its_hour(plan)
    assert told(kind="plan-lacks") == [("plan-lacks", "li"), ("plan-lacks", "zhang")]


def test_it_is_over_when_the_plan_ran(plan, june, union, league, people):
    at_its_hour(plan)
    at_its_hour(plan)
    approve(june, union, people)
    after_approval(june)
    assert told(read_at=None) == ALL
    approve(june, league, people)
    after_approval(june)
    assert (Release.objects.count(), told(read_at=None), told()) == (1, [], ALL)


def test_a_run_by_hand_with_gaps_does_not_end_the_wait(plan, june, wu):
    at_its_hour(plan)
    run = ask_run(plan, by=wu, anyway=True)
    work(Job.objects.get(pk=run.job))
    assert (PlanRun.objects.waiting().count(), told(read_at=None)) == (1, ALL)


def test_another_wait_for_the_same_month_is_told_anew(plan, june, union, league, people):
    at_its_hour(plan)
    approve(june, union, people)
    approve(june, league, people)
    after_approval(june)
    Submission.objects.filter(agency=league).update(status="returned")
    at_its_hour(plan)
    assert told(read_at=None) == [
        ("plan-lacks", "sun"), ("plan-waits", "wang"), ("plan-waits", "wu"),
    ]  # fmt: skip


@pytest.mark.parametrize("on_missing", ["run", "skip"])
def test_a_plan_that_does_not_wait_tells_nobody(plan, june, on_missing):
    ReleasePlan.objects.filter(pk=plan.pk).update(on_missing=on_missing)
    plan.refresh_from_db()
    at_its_hour(plan)
    assert told() == []


def test_the_wait_is_recorded_once_with_whom_it_waits_for(plan, june, union, league):
    at_its_hour(plan)
    at_its_hour(plan)
    [row] = AuditEntry.objects.filter(act="release_plan.wait")
    first = PlanRun.objects.order_by("pk").first()
    assert (row.actor, row.data) == (
        None, {"run": first.pk, "span": "2026-06", "agencies": [union.pk, league.pk]},
    )  # fmt: skip


# by the clock


@pytest.mark.django_db(transaction=True)
def test_a_plan_whose_hour_comes_again_and_again_tells_once(plan, june, wu, qian):
    """The scheduler's own ticks, on three evenings."""
    save_plan(plan, [], {}, by=wu)
    at = Timing(Rhythm.DAY, hour=22)
    for evening in range(3):
        with time_machine.travel(EVENING + DAY * evening, tick=False) as clock:
            if not evening:
                rescheduling.reschedule(PeriodicTask.objects.get(), at, enabled=True, by=qian)
            clock.shift(datetime.timedelta(hours=1))
            beat = schedules.JobScheduler(app=broker.sender())
            beat.tick()
            beat.sync()
            for job in Job.objects.filter(kind="compile-plan", state="queued"):
                work(job)
    states = PlanRun.objects.order_by("pk").values_list("state", flat=True)
    assert (list(states), told()) == (["skipped", "skipped", "waiting"], ALL)
