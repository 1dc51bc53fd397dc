"""Release plans and the log of their runs for programs: of the lead office that compiles, read only."""

import pytest
from django.urls import reverse

from tests import factories
from tests.api.test_reading import rows
from tests.releases.planned import at_its_hour
from tracker.releases.models import PlanRun, ReleasePlan

NAMES = ("plan", "plan-run")


@pytest.fixture(autouse=True)
def plan(city, union):
    cycle = factories.cycle(union)
    factories.open_round(cycle, factories.month(2026, 6))
    made = ReleasePlan.objects.create(
        name="月度简报", genre="brief", region=city, cycle=cycle, when_complete=False
    )
    at_its_hour(made)
    return made


def listed(client, name, **query):
    return rows(client.get(reverse(f"api-{name}-list"), query))


def test_a_plan_with_what_it_does_when_something_is_missing(program, wu, plan):
    [one] = listed(program(wu), "plan", active=True)
    assert one == {
        "id": plan.pk, "name": "月度简报", "genre": "brief", "region": "3701", "lines": [],
        "cycle": plan.cycle_id, "when_complete": False, "on_missing": "wait", "required": "all",
        "active": True,
    }  # fmt: skip


def test_a_run_with_what_was_missing_and_in_the_words_of_its_page(program, wu, plan):
    [one] = listed(program(wu), "plan-run", plan=plan.pk, state="waiting")
    run = PlanRun.objects.get()
    assert (one["id"], one["span"], one["cause"], one["release"], one["missing"]) == (
        run.pk, "2026-06", "hour", None, ["市总工会：尚未填报。"],
    )  # fmt: skip
    assert one["words"][1:] == ["缺1项：市总工会：尚未填报。", "按计划等待，报齐后自动汇编。"]
    alone = program(wu).get(reverse("api-plan-run-detail", args=[run.pk])).json()
    assert alone == one
    assert listed(program(wu), "plan-run", state="done") == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("who", ["li", "zheng", "qian", "zhao", "sun"])
def test_others_read_nothing(program, city_with_people, name, who):
    assert listed(program(city_with_people.people[who]), name) == []


@pytest.mark.parametrize("name", NAMES)
def test_nobody_writes(program, wu, name):
    assert program(wu, may_act=True).post(reverse(f"api-{name}-list"), {}).status_code == 405


@pytest.mark.parametrize("name", NAMES)
def test_three_cost_no_more_queries_than_one(
    program, city, wu, plan, name, django_assert_max_num_queries
):
    client = program(wu)
    listed(client, name)
    for number in (2, 3):
        ReleasePlan.objects.create(name=f"简报{number}", genre="brief", region=city)
        at_its_hour(plan)
    with django_assert_max_num_queries(6 if name == "plan" else 7):
        assert len(listed(client, name)) == 3
