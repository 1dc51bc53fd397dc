"""The pages of a plan: what it needs and whom it sends to, its log, a run by hand, a letter sent again."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from accounts.rules import Refused
from tests import factories
from tests.releases.planned import letters_go, work
from tests.web.catalogue.conftest import queries, text
from tracker.catalogue.spans import span_of
from tracker.jobs.models import Job
from tracker.jobs.services import claim, keep
from tracker.releases.models import PlanRun, Release, ReleaseMail, ReleasePlan
from tracker.releases.planning import Named, save_plan
from tracker.releases.running import ask_run, put_off


@pytest.fixture
def plan(june, city, wu):
    made = ReleasePlan(name="每月简报", genre="brief", region=city, cycle=june.cycle, when_complete=False)  # fmt: skip
    named = Named(readers=(wu,))
    made.send_draft = True
    return save_plan(made, [], {"报": "市委、市政府"}, by=wu, named=named)


def form_of(plan, **changes) -> dict:
    return {
        "name": plan.name, "genre": "brief", "region": plan.region_id, "cycle": plan.cycle_id,
        "on_missing": "wait", "active": "on", "required": "all", "ending": "docx", **changes,
    }  # fmt: skip


def save(browser, plan, **changes):
    return browser.post(reverse("plan-edit", args=[plan.pk]), form_of(plan, **changes))


def test_a_plan_names_its_readers_and_what_must_be_complete(plan, union, trained, wu, sun, sign_in):
    browser = sign_in(wu)
    answer = save(
        browser, plan, required="chosen", required_agencies=[union.pk],
        required_indicators=[trained.pk], readers=[wu.pk, sun.pk], send_issued="on", ending="pdf",
    )  # fmt: skip
    plan.refresh_from_db()
    assert answer.status_code == 302
    assert (plan.required, plan.ending, plan.send_draft, plan.send_issued) == (
        "chosen", "pdf", False, True,
    )  # fmt: skip
    assert list(plan.required_agencies.all()) == [union]
    assert list(plan.required_indicators.all()) == [trained]
    assert set(plan.readers.all()) == {wu, sun}
    page = text(browser.get(reverse("plan-list")))
    assert "指定的单位和指标" in page
    assert "吴、孙" in page or "孙、吴" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"required": "chosen"}, "请在下面指定须报齐的单位或指标。"),
        ({"when_complete": "on", "cycle": ""}, "报齐即汇编的计划要选周期。"),
        ({"send_draft": "on"}, "要发邮件，请选送阅人。"),
        ({"readers": ["999999"]}, "999999"),
    ],
)
def test_what_does_not_go_together_is_said_at_its_field(plan, changes, said, wu, sign_in):
    answer = save(sign_in(wu), plan, **changes)
    assert (answer.status_code, said in text(answer)) == (422, True)


@pytest.mark.parametrize("who", ["qian", "zhou", "zhao"])
def test_administrators_and_strangers_are_no_readers(plan, who, wu, sign_in, request):
    stranger = request.getfixturevalue(who)
    assert save(sign_in(wu), plan, readers=[stranger.pk]).status_code == 422
    with pytest.raises(
        Refused, match=f"送阅人应是济南市各单位的在岗人员，请去掉：{stranger.name}。"
    ):
        save_plan(plan, [], {}, by=wu, named=Named(readers=(stranger,)))


def test_running_it_now_leads_to_its_log_and_the_log_to_the_document(plan, approved, wu, sign_in):
    browser = sign_in(wu)
    answer = browser.post(reverse("plan-run", args=[plan.pk]), {"anyway": "on"})
    run = PlanRun.objects.get()
    address = reverse("plan-log", args=[plan.pk, run.pk])
    assert answer["Location"] == address
    waiting = browser.get(address)
    assert "正在排队" in text(waiting)
    assert f'hx-get="{address}"' in waiting.content.decode()
    assert '<noscript><meta http-equiv="refresh"' in waiting.content.decode()
    work(Job.objects.get(pk=run.job))
    page = browser.get(address)
    release = Release.objects.get(plan=plan)
    assert "吴手动汇编，期间2026年6月。" in text(page)
    assert f'href="{release.get_absolute_url()}"' in page.content.decode()
    assert "hx-trigger" not in page.content.decode().partition("<main")[2]


def test_the_part_that_is_polled_says_how_far_it_is(plan, approved, wu, sign_in):
    run = ask_run(plan, by=wu)
    job = claim(run.job)
    PlanRun.objects.update(state="running")
    keep(job, progress=40, note="正在汇编")
    address = reverse("plan-log", args=[plan.pk, run.pk])
    part = sign_in(wu).get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert '<progress value="40" max="100" aria-label="正在汇编">' in part


def test_the_log_of_a_wait_names_who_is_missing(plan, june, wu, sign_in):
    run = ask_run(plan, by=wu)
    work(Job.objects.get(pk=run.job))
    page = text(sign_in(wu).get(reverse("plan-log", args=[plan.pk, run.pk])))
    assert "缺1项：市总工会：尚未填报。" in page
    assert "按计划等待，报齐后自动汇编。" in page


def test_the_history_is_filtered_by_outcome_and_cause(plan, june, wu, sign_in):
    PlanRun.objects.create(plan=plan, cause="hour", state="skipped", missing=["团市委：尚未填报。"])
    PlanRun.objects.create(plan=plan, cause="hand", asked_by=wu, state="failed", error="没有数据")
    browser, address = sign_in(wu), reverse("plan-runs", args=[plan.pk])
    assert "汇编记录，2 次" in text(browser.get(address))
    only = text(browser.get(address, {"state": "failed"}))
    assert ("汇编记录，1 次" in only, "没有完成：没有数据" in only, "团市委" in only) == (True, True, False)  # fmt: skip
    assert "汇编记录，1 次" in text(browser.get(address, {"cause": "hour"}))
    assert "没有符合条件的记录" in text(browser.get(address, {"cause": "complete"}))


def test_another_period_is_chosen_on_the_page_and_only_one_of_the_cycle(plan, june, wu, sign_in):
    browser = sign_in(wu)
    may = factories.open_round(june.cycle, factories.month(2026, 5))
    browser.post(reverse("plan-run", args=[plan.pk]), {"span": may.span_id})
    assert PlanRun.objects.get().span == may.span
    other = span_of("2019")
    answer = browser.post(reverse("plan-run", args=[plan.pk]), {"span": other.pk})
    assert answer["Location"] == reverse("plan-runs", args=[plan.pk])
    assert PlanRun.objects.count() == 1


def test_a_letter_that_did_not_arrive_is_sent_again_from_the_log(
    plan, approved, wu, sign_in, at_once
):
    browser = sign_in(wu)
    run = ask_run(plan, by=wu, anyway=True)
    work(Job.objects.get(pk=run.job))
    letter = ReleaseMail.objects.get()
    letters_go()
    address = reverse("plan-log", args=[plan.pk, run.pk])
    page = text(browser.get(address))
    assert "第1版没有发给：吴（没有填写邮箱或没有开通邮件通知）。" in page
    again = reverse("plan-mail-again", args=[plan.pk, letter.pk])
    assert f'action="{again}"' in browser.get(address).content.decode()
    assert browser.post(again)["Location"] == address
    letter.refresh_from_db()
    assert (letter.state, AuditEntry.objects.filter(act="release.mail_again").count()) == (
        "queued", 1,
    )  # fmt: skip
    assert browser.post(again).status_code == 409


def test_a_plan_of_another_city_s_letter_is_unknown(plan, approved, wu, sign_in):
    run = ask_run(plan, by=wu, anyway=True)
    work(Job.objects.get(pk=run.job))
    other = ReleasePlan.objects.create(name="别的", genre="brief", region=plan.region)
    letter = ReleaseMail.objects.get()
    browser = sign_in(wu)
    assert browser.post(reverse("plan-mail-again", args=[other.pk, letter.pk])).status_code == 404
    assert browser.get(reverse("plan-log", args=[other.pk, run.pk])).status_code == 404


@pytest.mark.parametrize("who", ["li", "sun", "zheng", "zhao", "qian"])
def test_the_log_is_for_those_who_compile(plan, who, sign_in, request):
    run = PlanRun.objects.create(plan=plan, cause="hour", state="skipped")
    browser = sign_in(request.getfixturevalue(who))
    for name, args in (("plan-runs", [plan.pk]), ("plan-log", [plan.pk, run.pk])):
        assert browser.get(reverse(name, args=args)).status_code == 404


def test_the_history_asks_the_same_number_of_questions_for_one_and_three(
    plan, approved, wu, sign_in
):
    browser, address = sign_in(wu), reverse("plan-runs", args=[plan.pk])
    counts = []
    for number in (1, 2, 3):
        run = ask_run(plan, by=wu, anyway=True)
        work(Job.objects.get(pk=run.job))
        if number != 2:
            counts.append(queries(browser, address))
    assert (ReleaseMail.objects.count(), counts[0]) == (3, counts[1])


def test_the_log_asks_the_same_number_of_questions_for_one_and_three_letters(
    plan, approved, wu, wang, zheng, sign_in
):
    browser = sign_in(wu)
    run = ask_run(plan, by=wu, anyway=True)
    work(Job.objects.get(pk=run.job))
    address = reverse("plan-log", args=[plan.pk, run.pk])
    before = queries(browser, address)
    version = ReleaseMail.objects.get().version
    for person in (wang, zheng):
        ReleaseMail.objects.create(
            version=version, person=person, ending="docx", not_before=timezone.now()
        )
    assert queries(browser, address) == before


def test_the_list_of_plans_shows_the_last_run_in_constant_queries(plan, june, city, wu, sign_in):
    browser = sign_in(wu)
    put_off(PlanRun.objects.create(plan=plan, cause="hour", span=june.span), ["甲：尚未填报。"])
    assert "等待报齐" in text(browser.get(reverse("plan-list")))
    before = queries(browser, reverse("plan-list"))
    for number in (2, 3):
        more = ReleasePlan.objects.create(name=f"简报{number}", genre="brief", region=city, cycle=june.cycle)  # fmt: skip
        more.readers.set([wu])
        PlanRun.objects.create(plan=more, cause="hour", state="skipped")
    assert queries(browser, reverse("plan-list")) == before
