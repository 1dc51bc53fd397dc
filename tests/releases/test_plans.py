"""What is compiled by itself: when a round is complete, at its hour, and never twice."""

import pytest

from accounts.rules import Refused
from tests import factories
from tracker.catalogue.spans import span_of
from tracker.jobs import Hopeless
from tracker.jobs.models import Job
from tracker.jobs.services import claim, enqueue
from tracker.notices.models import Notice
from tracker.releases.models import Release, ReleasePlan
from tracker.releases.plans import (
    compile_if_complete,
    compile_plan,
    complete,
    due_plans,
    run_plan,
    trigger_of,
)  # fmt: skip
from tracker.submissions.models import Submission


@pytest.fixture
def cycle(union, league):
    return factories.cycle(union, league)


@pytest.fixture
def june(cycle):
    return factories.open_round(cycle, factories.month(2026, 6))


@pytest.fixture
def plan(city, cycle):
    return ReleasePlan.objects.create(name="月度简报", genre="brief", region=city, cycle=cycle)


@pytest.fixture
def said(ground, trained):
    """June's figure stands in the ledger."""
    return ground.say(trained, "2026-06", 120, entered_unit="名")


def approve(round_, agency, city_with_people):
    people = city_with_people.people
    now = round_.opens_at
    return Submission.objects.create(
        round=round_, agency=agency, status="approved", submitted_by=people["li"],
        filed_at=now, decided_by=people["wang"], decided_at=now,
    )  # fmt: skip


def all_approved(june, union, league, city_with_people):
    for agency in (union, league):
        approve(june, agency, city_with_people)


def job(kind, key, payload=None):
    """A job as its handler gets it: claimed."""
    return claim(enqueue(kind, key=key, payload=payload).pk)


def test_a_round_is_complete_when_every_duty_is_approved(june, union, league, city_with_people):
    assert not complete(june)
    approve(june, union, city_with_people)
    assert not complete(june)
    approve(june, league, city_with_people)
    assert complete(june)


def test_a_submission_under_review_does_not_count(june, union, league, city_with_people):
    all_approved(june, union, league, city_with_people)
    Submission.objects.filter(agency=league).update(status="submitted")
    assert not complete(june)


def test_a_round_that_nobody_owes_is_never_complete(june, cycle):
    cycle.duties.update(active=False)
    assert not complete(june)


def test_the_plans_of_a_round_are_those_that_wait_for_it(june, plan, city):
    ReleasePlan.objects.create(
        name="停用", genre="brief", region=city, cycle=june.cycle, active=False
    )
    ReleasePlan.objects.create(name="定时", genre="brief", region=city, cycle=june.cycle, when_complete=False)  # fmt: skip
    ReleasePlan.objects.create(name="别的", genre="brief", region=city)
    assert list(due_plans(june)) == [plan]


def test_a_complete_round_is_compiled_and_the_lead_office_told(
    june, plan, said, union, league, city_with_people
):
    all_approved(june, union, league, city_with_people)
    compile_if_complete(job("compile-if-complete", june.pk))
    release = Release.objects.get()
    assert (release.plan, release.span, release.trigger) == (plan, june.span, trigger_of(june))
    told = Notice.objects.filter(kind="release-ready").values_list("recipient__username", "link")
    assert sorted(told) == [
        ("wang", f"/releases/{release.pk}/"),
        ("wu", f"/releases/{release.pk}/"),
    ]


def test_an_incomplete_round_is_left_alone(june, plan, said, union, city_with_people):
    approve(june, union, city_with_people)
    one = job("compile-if-complete", june.pk)
    compile_if_complete(one)
    assert not Release.objects.exists()
    assert Job.objects.get(pk=one.pk).state == "done"


def test_the_same_approvals_are_compiled_once_and_a_new_one_again(
    june, plan, said, union, league, city_with_people
):
    all_approved(june, union, league, city_with_people)
    compile_if_complete(job("compile-if-complete", june.pk))
    compile_if_complete(job("compile-if-complete", june.pk))
    assert Release.objects.count() == 1
    Submission.objects.filter(agency=union).update(version=5)
    compile_if_complete(job("compile-if-complete", june.pk))
    assert Release.objects.count() == 2


def test_a_round_that_is_gone_is_hopeless(db):
    with pytest.raises(Hopeless, match="这一期次已不存在。"):
        compile_if_complete(job("compile-if-complete", 404))


@pytest.mark.parametrize(("on_missing", "made"), [("wait", 0), ("skip", 0), ("run", 1)])
def test_at_its_hour_a_plan_decides_what_to_do_when_something_is_missing(
    june, plan, said, on_missing, made
):
    ReleasePlan.objects.update(on_missing=on_missing)
    compile_plan(job("compile-plan", plan.pk))
    assert Release.objects.count() == made


def test_a_plan_that_runs_with_gaps_says_so(june, plan, said):
    ReleasePlan.objects.update(on_missing="run")
    compile_plan(job("compile-plan", plan.pk))
    assert "团市委：尚未填报。" in Release.objects.get().missing


def test_at_its_hour_a_complete_round_is_compiled(
    june, plan, said, union, league, city_with_people
):
    all_approved(june, union, league, city_with_people)
    compile_plan(job("compile-plan", plan.pk))
    assert Release.objects.get().span == june.span


def test_a_plan_may_name_its_span(city, approved):
    plan = ReleasePlan.objects.create(name="年度材料", genre="press_conference", region=city)
    compile_plan(job("compile-plan", plan.pk, {"span": "2020"}))
    assert Release.objects.get().span == span_of("2020")


@pytest.mark.parametrize(
    ("payload", "reason"),
    [({}, "没有已开始的期次，也没有设定期间"), ({"span": "去年"}, "“去年”不是期间")],
)
def test_a_plan_without_a_span_is_hopeless(city, payload, reason):
    plan = ReleasePlan.objects.create(name="年度材料", genre="brief", region=city)
    with pytest.raises(Hopeless, match=reason):
        compile_plan(job("compile-plan", plan.pk, payload))


def test_a_plan_that_was_switched_off_is_hopeless(plan):
    ReleasePlan.objects.update(active=False)
    with pytest.raises(Hopeless, match="汇编计划已删除或停用。"):
        compile_plan(job("compile-plan", plan.pk))


def test_a_person_runs_a_plan_on_demand(plan, june, said, wu):
    release = run_plan(plan, june.span, by=wu)
    assert (release.plan, release.compiled_by, release.trigger) == (plan, wu, "")
    assert run_plan(plan, june.span, by=wu) != release


def test_nobody_else_runs_a_plan(plan, june, said, li):
    with pytest.raises(Refused, match="只有牵头单位的主管和编辑可以汇编文稿。"):
        run_plan(plan, june.span, by=li)


def test_a_plan_that_is_off_is_not_run(plan, june, said, wu):
    plan.active = False
    with pytest.raises(Refused, match="该汇编计划已停用。"):
        run_plan(plan, june.span, by=wu)
