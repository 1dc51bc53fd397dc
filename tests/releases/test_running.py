"""What must be complete before a plan is compiled, what is done when it is not, and the log in words."""

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, Line
from accounts.rules import Refused
from tests import factories
from tests.releases.planned import after_approval, approve, at_its_hour, work
from tracker.jobs.models import Job
from tracker.jobs.services import claim, enqueue
from tracker.releases import plans
from tracker.releases.models import PlanRun, Release, ReleasePlan
from tracker.releases.plans import compile_plan, trigger_of
from tracker.releases.required import lacking
from tracker.releases.runlog import say_run
from tracker.releases.running import ask_run
from tracker.submissions.models import Submission


@pytest.fixture
def cycle(union, league):
    return factories.cycle(union, league)


@pytest.fixture
def june(cycle):
    return factories.open_round(cycle, factories.month(2026, 6))


@pytest.fixture
def plan(city, cycle):
    return ReleasePlan.objects.create(
        name="月度简报", genre="brief", region=city, cycle=cycle, when_complete=False
    )


@pytest.fixture
def said(ground, trained):
    return ground.say(trained, "2026-06", 120, entered_unit="名")


@pytest.fixture
def people(city_with_people):
    return city_with_people.people


def words(run) -> list[str]:
    """The log without the hour at its beginning."""
    run.refresh_from_db()
    return [one.partition("，")[2] if one[:2] == "20" else one for one in say_run(run)]


def set_(plan, **fields):
    ReleasePlan.objects.filter(pk=plan.pk).update(**fields)
    plan.refresh_from_db()


# what must be complete


def test_without_a_choice_every_agency_of_the_round_must_be_approved(
    plan, june, union, league, people
):
    assert lacking(plan, june) == ["市总工会：尚未填报。", "团市委：尚未填报。"]
    approve(june, union, people)
    Submission.objects.create(round=june, agency=league, status="submitted", submitted_by=people["sun"], filed_at=june.opens_at)  # fmt: skip
    assert lacking(plan, june) == ["团市委：已报送。"]


def test_a_round_that_nobody_owes_is_never_complete(plan, june, cycle):
    cycle.duties.update(active=False)
    assert lacking(plan, june) == ["本期没有下达填报任务。"]


def test_of_chosen_lines_only_their_agencies_must_be_approved(plan, june, union, people):
    set_(plan, required="lines")
    plan.lines.set(Line.objects.filter(code="union"))
    assert lacking(plan, june) == ["市总工会：尚未填报。"]
    approve(june, union, people)
    assert lacking(plan, june) == []


def test_named_agencies_and_indicators_must_be_there_and_nothing_else(
    plan, june, league, trained, ground, people
):
    set_(plan, required="chosen")
    plan.required_agencies.set([league])
    plan.required_indicators.set([trained])
    assert lacking(plan, june) == ["团市委：尚未填报。", "“农民工”：济南市未核定。"]
    approve(june, league, people)
    ground.say(trained, "2026-06", 120, entered_unit="名")
    assert lacking(plan, june) == []


def test_an_indicator_that_nobody_owes_this_time_is_named(plan, june, trained, cycle):
    set_(plan, required="chosen")
    plan.required_indicators.set([trained])
    cycle.duties.update(active=False)
    assert lacking(plan, june) == ["“农民工”：本期没有单位填报。"]


# what is done when something is missing


def test_a_plan_that_waits_is_compiled_as_soon_as_everything_is_there(
    plan, june, said, union, league, people
):
    at_its_hour(plan)
    run = PlanRun.objects.get()
    assert (run.state, run.span, run.missing) == (
        "waiting", june.span, ["市总工会：尚未填报。", "团市委：尚未填报。"],
    )  # fmt: skip
    approve(june, union, people)
    after_approval(june)
    assert Release.objects.count() == 0
    approve(june, league, people)
    after_approval(june)
    run.refresh_from_db()
    assert (run.state, run.release, run.waited) == ("done", Release.objects.get(), True)
    assert PlanRun.objects.count() == 1


def test_the_log_of_a_wait_says_what_was_missing_and_when_it_came(
    plan, june, said, union, league, people
):
    with time_machine.travel("2026-12-05T09:00:00Z", tick=False):
        at_its_hour(plan)
        run = PlanRun.objects.get()
        assert words(run) == [
            "到点自动汇编，期间2026年6月。",
            "缺2项：市总工会：尚未填报。团市委：尚未填报。",
            "按计划等待，报齐后自动汇编。",
        ]
    approve(june, union, people)
    approve(june, league, people)
    with time_machine.travel("2026-12-06T02:30:00Z", tick=False):
        after_approval(june)
    run.refresh_from_db()
    assert say_run(run) == [
        "2026年12月5日17:00，到点自动汇编，期间2026年6月。",
        "缺2项：市总工会：尚未填报。团市委：尚未填报。",
        "按计划等待，2026年12月6日10:30报齐后汇编。",
        f"2026年12月6日10:30生成文稿《{run.release.title}》。",
        "计划没有设发送邮件。",
    ]


def test_a_second_wait_for_the_same_month_takes_the_first_one_s_place(plan, june, said):
    at_its_hour(plan)
    at_its_hour(plan)
    first, second = PlanRun.objects.order_by("pk")
    assert (first.state, second.state) == ("skipped", "waiting")
    assert words(first)[-1] == "由后一次接替。"


def test_a_plan_that_skips_leaves_the_month_out_though_it_is_completed_later(
    plan, june, said, union, league, people
):
    set_(plan, on_missing="skip")
    at_its_hour(plan)
    approve(june, union, people)
    approve(june, league, people)
    after_approval(june)
    assert Release.objects.count() == 0
    assert words(PlanRun.objects.get())[-1] == "按计划跳过这一期，没有汇编。"


def test_a_plan_that_runs_with_gaps_writes_them_down_beside_the_document(plan, june, said):
    set_(plan, on_missing="run")
    at_its_hour(plan)
    run = PlanRun.objects.get()
    assert (run.state, len(run.missing)) == ("done", 2)
    assert "按计划照常汇编，缺项已写在文稿旁边。" in words(run)
    assert "团市委：尚未填报。" in run.release.missing


def test_a_complete_month_says_so(plan, june, said, union, league, people):
    approve(june, union, people)
    approve(june, league, people)
    at_its_hour(plan)
    assert words(PlanRun.objects.get())[1] == "须报齐的都已核定。"


def test_a_plan_that_waits_for_completeness_leaves_its_log_too(
    plan, june, said, union, league, people
):
    set_(plan, when_complete=True)
    approve(june, union, people)
    approve(june, league, people)
    after_approval(june)
    after_approval(june)
    run = PlanRun.objects.get()
    assert (run.cause, run.state, run.asked_by) == ("complete", "done", None)
    assert words(run)[0] == "报齐后自动汇编，期间2026年6月。"


def test_a_plan_that_needs_one_line_is_not_compiled_again_for_another_s_approval(
    plan, june, said, union, league, people
):
    set_(plan, when_complete=True, required="lines")
    plan.lines.set(Line.objects.filter(code="union"))
    approve(june, union, people)
    after_approval(june)
    before = trigger_of(june, plan)
    approve(june, league, people)
    after_approval(june)
    assert (Release.objects.count(), trigger_of(june, plan)) == (1, before)
    Submission.objects.filter(agency=union).update(version=7)
    after_approval(june)
    assert Release.objects.count() == 2


def test_what_stands_against_one_plan_does_not_hold_up_another(
    plan, june, said, city, cycle, union, league, people
):
    set_(plan, when_complete=True)
    other = ReleasePlan.objects.create(name="各条线", genre="brief", region=city, cycle=cycle)
    other.lines.set(Line.objects.filter(code="league"))
    approve(june, union, people)
    approve(june, league, people)
    assert after_approval(june).state == "done"
    assert Release.objects.get().plan == plan
    run = PlanRun.objects.get(plan=other)
    assert run.state == "failed"
    assert words(run)[-1].startswith("没有完成：济南市2026-06（团委）没有已核定的数据，不能汇编。")


# by hand


def test_a_run_by_hand_is_in_the_log_from_the_moment_it_is_asked_for(plan, june, said, wu):
    run = ask_run(plan, by=wu, anyway=True)
    assert (run.state, run.asked_by, words(run)[-1]) == ("queued", wu, "正在排队。")
    work(Job.objects.get(pk=run.job))
    assert words(run)[0] == "吴手动汇编，期间2026年6月。"
    assert words(run)[2] == "按要求照常汇编，缺项已写在文稿旁边。"
    run.refresh_from_db()
    assert (run.release.compiled_by, run.release.plan) == (wu, plan)


def test_a_run_by_hand_goes_by_the_plan_unless_gaps_are_allowed(plan, june, said, wu):
    run = ask_run(plan, by=wu)
    work(Job.objects.get(pk=run.job))
    run.refresh_from_db()
    assert (run.state, run.asked_by) == ("waiting", wu)


def test_another_period_may_be_asked_for(plan, june, cycle, ground, trained, wu):
    may = factories.open_round(cycle, factories.month(2026, 5))
    ground.say(trained, "2026-05", 70, entered_unit="名")
    run = ask_run(plan, by=wu, span=may.span, anyway=True)
    work(Job.objects.get(pk=run.job))
    run.refresh_from_db()
    assert run.release.span == may.span


def test_two_people_who_ask_at_once_get_a_run_each(plan, june, said, wu, wang):
    runs = [ask_run(plan, by=by, anyway=True) for by in (wu, wang)]
    for run in runs:
        work(Job.objects.get(pk=run.job))
    assert [one.asked_by for one in PlanRun.objects.filter(state="done").order_by("pk")] == [wu, wang]  # fmt: skip


def test_who_lost_the_role_meanwhile_is_refused_and_it_is_in_the_log(plan, june, said, wu):
    run = ask_run(plan, by=wu, anyway=True)
    wu.appointments.get().grants.all().delete()
    assert work(Job.objects.get(pk=run.job)).state == "failed"
    assert words(run)[-1] == "没有完成：只有牵头单位的主管和编辑可以汇编文稿。"


@pytest.mark.parametrize("who", ["li", "sun", "zheng", "qian", "zhao"])
def test_nobody_else_asks(plan, who, request):
    with pytest.raises(Refused, match="只有牵头单位的主管和编辑可以汇编文稿。"):
        ask_run(plan, by=request.getfixturevalue(who))


def test_the_asking_is_recorded(plan, wu):
    run = ask_run(plan, by=wu, anyway=True)
    row = AuditEntry.objects.get(act="release_plan.run")
    assert (row.actor, row.data) == (wu, {"run": run.pk, "span": "", "anyway": True})


# what goes wrong


def test_why_it_did_not_succeed_is_in_the_log(plan, june):
    set_(plan, on_missing="run")
    assert at_its_hour(plan).state == "failed"
    run = PlanRun.objects.get()
    assert run.state == "failed"
    assert words(run)[-1].startswith(
        "没有完成：济南市2026-06没有已核定的数据，不能汇编。缺：市总工会"
    )


def test_without_a_period_the_log_says_so(city):
    plan = ReleasePlan.objects.create(name="年度", genre="brief", region=city, when_complete=False)
    at_its_hour(plan)
    assert words(PlanRun.objects.get())[-1] == (
        "没有完成：计划“年度”没有已开始的期次，也没有设定期间。"
    )


def test_an_error_of_the_program_is_told_by_its_kind_and_the_next_attempt_takes_over(
    plan, june, said
):
    set_(plan, on_missing="run", settings={"日期": "2026年6月31日"})
    job = at_its_hour(plan)
    run = PlanRun.objects.get()
    assert (job.state, run.state, run.error) == (
        "queued", "failed", "程序出错（ValueError），系统会再试。",
    )  # fmt: skip
    set_(plan, settings={})
    Job.objects.filter(pk=job.pk).update(run_after=run.asked_at)
    work(job)
    run.refresh_from_db()
    assert (run.state, run.error, PlanRun.objects.count()) == ("done", "", 1)


def test_a_worker_that_was_given_up_writes_nothing_into_the_log(plan, june, said):
    set_(plan, on_missing="run")
    job = claim(enqueue("compile-plan", key=plan.pk).pk)
    Job.objects.filter(pk=job.pk).update(token=job.token + 1)
    with pytest.raises(plans.Lost):
        compile_plan(job)
    assert (Release.objects.count(), PlanRun.objects.get().state) == (0, "running")


def test_the_database_keeps_the_log_honest(plan, june, wu):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanRun.objects.create(plan=plan, cause="hour", state="done")
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanRun.objects.create(plan=plan, cause="hand")
    PlanRun.objects.create(plan=plan, span=june.span, cause="hour", state="waiting")
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanRun.objects.create(plan=plan, span=june.span, cause="hour", state="waiting")
