"""A plan is run now: the log of the run grows on the page while the worker is at it, and leads to the document."""

import pytest

from tests import factories
from tests.browser.conftest import PHONE
from tests.ledger.ground import Ground
from tests.releases.planned import work
from tracker.jobs.models import Job
from tracker.releases.models import PlanRun, ReleasePlan


@pytest.fixture
def plan(transactional_db, city_with_people, li):
    ground = Ground(city_with_people)
    trained = factories.indicator(li, "农民工", unit_name="名", verb="培训", must_say=True)
    cycle = factories.cycle(city_with_people.union)
    factories.open_round(cycle, factories.month(2026, 6))
    ground.say(trained, "2026-06", 120, entered_unit="名")
    return ReleasePlan.objects.create(
        name="每月简报", genre="brief", region=city_with_people.region, cycle=cycle,
        when_complete=False,
    )  # fmt: skip


def test_the_log_grows_while_the_worker_is_at_it(visit, shot, accessible, plan, wu):
    page = visit(wu, "/releases/plans/")
    page.get_by_role("button", name="立即汇编").click()
    page.get_by_text("正在排队", exact=False).first.wait_for()
    accessible(page)
    shot(page, "plan-run-queued")
    work(Job.objects.get(pk=PlanRun.objects.get().job))
    page.get_by_text("按计划等待，报齐后自动汇编。").wait_for(timeout=10_000)
    assert page.locator("[hx-trigger='every 2s']").count() == 0
    page.get_by_role("link", name="每月简报").click()
    page.get_by_label("缺项也汇编").check()
    page.get_by_role("button", name="立即汇编").click()
    page.get_by_text("正在排队", exact=False).first.wait_for()
    work(Job.objects.get(pk=PlanRun.objects.first().job))
    page.get_by_text("按要求照常汇编，缺项已写在文稿旁边。").wait_for(timeout=10_000)
    shot(page, "plan-run-done")
    page.get_by_role("link", name="打开文稿").click()
    page.locator(".sheet").get_by_text("120名").first.wait_for()


def test_the_pages_of_a_plan_are_for_ear_keyboard_and_phone(visit, shot, accessible, plan, wu):
    PlanRun.objects.create(
        plan=plan, cause="hour", state="skipped", missing=["市总工会：尚未填报。"]
    )
    run = PlanRun.objects.get()
    page = visit(wu, "/releases/plans/", size=PHONE)
    for address in (
        "/releases/plans/", f"/releases/plans/{plan.pk}/", f"/releases/plans/{plan.pk}/runs/",
        f"/releases/plans/{plan.pk}/runs/{run.pk}/",
    ):  # fmt: skip
        page.goto(address)
        accessible(page)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{address} is {wide} pixels wider than the screen"
