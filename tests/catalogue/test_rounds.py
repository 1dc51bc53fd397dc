import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from accounts.rules import Refused
from tests import factories
from tests.ledger.ground import Ground
from tracker.catalogue import rounds
from tracker.catalogue.cycles import (
    assign,
    create_ad_hoc_cycle,
    create_cycle,
    edit_cycle,
    release_duty,
    set_active,
)
from tracker.catalogue.models import Cycle, Duty, Round
from tracker.catalogue.working import city_workdays, declare_day, undeclare_day
from tracker.jobs.models import Job

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))


def at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def said(round: Round) -> tuple:
    times = (
        one.astimezone(SHANGHAI).strftime("%m-%d %H:%M") for one in (round.opens_at, round.due_at)
    )
    return (round.span.key, *times, round.state)


@pytest.fixture
def monthly(wang, city, union):
    """The trade union's monthly report, set up in the middle of January."""
    factories.indicator(wang)
    with time_machine.travel(at("2021-01-15 08:00"), tick=False):
        return create_cycle(
            name="工会月报", region=city, frequency="month", lines=[union.line], by=wang
        )


def test_a_month_s_round_opens_after_it_and_is_due_on_the_fifth_working_day(monthly):
    opened = rounds.open_due_rounds(at("2021-02-01 00:10"))
    assert [said(one) for one in opened] == [("2021-01", "02-01 00:00", "02-05 23:59", "open")]
    upcoming = Round.objects.get(state="upcoming")
    assert said(upcoming) == ("2021-02", "03-01 00:00", "03-05 23:59", "upcoming")


def test_opening_asks_for_the_drafts_once(monthly):
    [opened] = rounds.open_due_rounds(at("2021-02-01 00:10"))
    assert rounds.open_due_rounds(at("2021-02-01 00:20")) == []
    job = Job.objects.get(kind="prepare-submissions")
    assert (job.key, job.payload) == (str(opened.pk), {"round": opened.pk})
    assert AuditEntry.objects.filter(act="round.open").count() == 1


def test_a_round_that_was_over_before_the_cycle_existed_is_not_made(monthly):
    rounds.open_due_rounds(at("2021-01-15 08:00"))
    assert [one.span.key for one in Round.objects.all()] == ["2021-01"]


def test_a_round_closes_when_it_is_due(monthly, union):
    [opened] = rounds.open_due_rounds(at("2021-02-01 00:10"))
    rounds.open_due_rounds(at("2021-02-05 23:58"))
    opened.refresh_from_db()
    assert opened.state == "open"
    assert rounds.accepts(opened, union, at("2021-02-05 23:58"))
    assert not rounds.accepts(opened, union, at("2021-02-06 00:00"))
    assert not rounds.accepts(opened, union, at("2021-01-31 12:00"))
    rounds.open_due_rounds(at("2021-02-06 00:10"))
    opened.refresh_from_db()
    assert opened.state == "closed"


def test_an_upcoming_round_accepts_nothing(monthly, union):
    rounds.open_due_rounds(at("2021-01-15 08:00"))
    assert not rounds.accepts(Round.objects.get(), union, at("2021-02-02 08:00"))


def test_a_stopped_cycle_opens_no_more_rounds_and_may_be_taken_up_again(monthly, wang):
    set_active(monthly, False, by=wang)
    assert rounds.open_due_rounds(at("2021-02-01 00:10")) == []
    set_active(monthly, True, by=wang)
    assert len(rounds.open_due_rounds(at("2021-02-01 00:10"))) == 1


def test_a_new_agency_gets_its_duty_at_the_next_opening_and_one_let_off_does_not(
    wang, city, union, city_with_people
):
    factories.indicator(wang, level="county")
    county = Ground(city_with_people).county_union
    first = county("370102")
    cycle = create_cycle(name="月报", region=city, frequency="month", lines=[union.line], by=wang)
    release_duty(cycle.duties.get(agency=first), by=wang, reason="机构改革")
    second = county("370103")
    rounds.open_due_rounds(at("2021-02-01 00:10"))
    active = {duty.agency: duty.active for duty in cycle.duties.all()}
    assert active == {first: False, second: True}


def test_a_day_declared_free_moves_the_deadline(monthly, wang):
    declare_day(datetime.date(2021, 2, 5), is_workday=False, by=wang, note="本市放假")
    rounds.open_due_rounds(at("2021-02-01 00:10"))
    # 7 February was worked for the Spring Festival.
    assert said(Round.objects.get(state="open"))[2] == "02-07 23:59"


def test_declared_days_can_be_taken_back_and_are_the_reviewer_s_to_declare(wang, li):
    day = datetime.date(2021, 2, 5)
    with pytest.raises(Refused):
        declare_day(day, is_workday=False, by=li)
    declared = declare_day(day, is_workday=False, by=wang)
    assert not city_workdays()(day)
    with pytest.raises(Refused):
        undeclare_day(declared, by=li)
    undeclare_day(declared, by=wang)
    assert city_workdays()(day)


@pytest.fixture
def opened(monthly):
    [opened] = rounds.open_due_rounds(at("2021-02-01 00:10"))
    return opened


def test_one_agency_may_get_more_time_and_the_round_stays_open_for_it(
    opened, wang, union, league, monthly
):
    with time_machine.travel(at("2021-02-05 12:00"), tick=False):
        rounds.extend(opened, union, at("2021-02-10 17:00"), "系统停电", by=wang)
    assert rounds.due_for(opened, union) == at("2021-02-10 17:00")
    assert rounds.due_for(opened, league) == opened.due_at
    rounds.open_due_rounds(at("2021-02-06 00:10"))
    opened.refresh_from_db()
    assert opened.state == "open"
    assert rounds.accepts(opened, union, at("2021-02-10 16:00"))
    assert not rounds.accepts(opened, league, at("2021-02-10 16:00"))
    rounds.open_due_rounds(at("2021-02-10 17:10"))
    opened.refresh_from_db()
    assert opened.state == "closed"


def test_a_closed_round_opens_again_for_one_agency(opened, wang, union):
    rounds.open_due_rounds(at("2021-02-06 00:10"))
    with time_machine.travel(at("2021-02-06 09:00"), tick=False):
        extension = rounds.extend(opened, union, at("2021-02-08 17:00"), "漏报", by=wang)
    opened.refresh_from_db()
    assert (opened.state, extension.by, extension.reason) == ("open", wang, "漏报")


@pytest.mark.parametrize("until", ["2021-02-05 23:59", "2021-02-04 09:00"])
def test_more_time_is_more_than_there_was(opened, wang, union, until):
    with (
        time_machine.travel(at("2021-02-02 09:00"), tick=False),
        pytest.raises(Refused, match="应晚于原截止时间"),
    ):
        rounds.extend(opened, union, at(until), "忙", by=wang)


def test_only_who_owes_gets_more_time_and_only_the_reviewer_gives_it(
    opened, wang, league, union, li
):
    with pytest.raises(Refused, match="没有本周期的填报任务"):
        rounds.extend(opened, league, at("2099-01-01 09:00"), "忙", by=wang)
    with pytest.raises(Refused, match="只有牵头单位的主管"):
        rounds.extend(opened, union, at("2099-01-01 09:00"), "忙", by=li)


def test_an_upcoming_round_needs_no_more_time(monthly, wang, union):
    rounds.open_due_rounds(at("2021-01-15 08:00"))
    with pytest.raises(Refused, match="尚未开放"):
        rounds.extend(Round.objects.get(), union, at("2099-01-01 09:00"), "忙", by=wang)


def test_late_filing_may_be_allowed_and_disallowed(opened, wang, union, li):
    with pytest.raises(Refused):
        rounds.allow_late(opened, "补报", by=li)
    rounds.allow_late(opened, "普遍漏报", by=wang)
    rounds.open_due_rounds(at("2021-03-20 09:00"))
    opened.refresh_from_db()
    assert opened.state == "open"
    assert rounds.accepts(opened, union, at("2021-03-20 09:00"))
    rounds.disallow_late(opened, by=wang)
    rounds.open_due_rounds(at("2021-03-20 09:10"))
    opened.refresh_from_db()
    assert opened.state == "closed"
    assert not rounds.accepts(opened, union, at("2021-03-20 09:20"))


def test_something_asked_for_once_is_open_at_once(wang, city, union):
    indicator = factories.indicator(wang)
    made = create_ad_hoc_cycle(
        name="防汛急报", region=city, lines=[union.line], indicators=[indicator], due="今天17:00",
        by=wang, at=at("2021-04-14 09:00"),
    )  # fmt: skip
    assert said(made) == ("2021-04-14", "04-14 09:00", "04-14 17:00", "open")
    assert [duty.agency for duty in made.cycle.duties.all()] == [union]
    assert Job.objects.filter(kind="prepare-submissions", key=made.pk).exists()
    rounds.open_due_rounds(at("2021-04-15 09:00"))
    assert Round.objects.count() == 1


def test_something_asked_for_once_may_be_about_a_span(wang, city, union):
    factories.indicator(wang)
    made = create_ad_hoc_cycle(
        name="季度补充", region=city, lines=[union.line], due="4月14日17:00", span_key="2021Q1",
        by=wang, at=at("2021-04-10 09:00"),
    )  # fmt: skip
    assert (made.span.key, made.due_at) == ("2021Q1", at("2021-04-14 17:00"))


def test_what_is_due_before_it_is_asked_for_is_refused(wang, city, union):
    with pytest.raises(Refused, match="截止时间已经过去"):
        create_ad_hoc_cycle(
            name="急报", region=city, lines=[union.line], due="今天8:00", by=wang,
            at=at("2021-04-14 09:00"),
        )  # fmt: skip
    assert Cycle.objects.count() == 0


def test_a_cycle_of_a_list_that_is_asked_for_once_opens_on_the_day_it_is_seen(wang, city, union):
    create_cycle(
        name="会前材料", region=city, frequency="once", lines=[union.line], by=wang,
        opens="今天", due="4月14日17:00",
    )  # fmt: skip
    [opened] = rounds.open_due_rounds(at("2021-04-10 09:00"))
    assert said(opened) == ("2021-04-10", "04-10 00:00", "04-14 17:00", "open")
    assert rounds.open_due_rounds(at("2021-04-11 09:00")) == []


def test_a_changed_deadline_moves_what_has_not_opened_and_leaves_what_has(monthly, wang, opened):
    edit_cycle(monthly, by=wang, due="次月10日顺延")
    opened.refresh_from_db()
    assert said(opened)[2] == "02-05 23:59"
    assert said(Round.objects.get(state="upcoming"))[2] == "03-10 23:59"


def test_a_changed_filing_changes_the_duties(monthly, wang, union, league):
    edit_cycle(monthly, by=wang, filing="for_subordinates", lines=[union.line, league.line])
    assert {(d.agency, d.filing) for d in monthly.duties.all()} == {
        (union, "for_subordinates"), (league, "for_subordinates"),
    }  # fmt: skip


def test_a_cycle_may_be_limited_to_indicators(monthly, wang):
    only = factories.indicator(wang, "另一项")
    edit_cycle(monthly, by=wang, indicators=[only])
    assert list(monthly.indicators.all()) == [only]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"due": "尽快"}, "看不懂"),
        ({"opens": "期后9日", "due": "期后3日"}, "会早于开放"),
        ({"opens": "次月1日", "due": "当月25日"}, "会早于开放"),
    ],
)
def test_deadlines_that_cannot_be_are_refused(monthly, wang, changes, message):
    with pytest.raises(Refused, match=message):
        edit_cycle(monthly, by=wang, **changes)


def test_two_cycles_do_not_share_a_name(monthly, wang, city, union):
    with pytest.raises(Refused, match="已有名为“工会月报”的填报周期"):
        create_cycle(name="工会月报", region=city, frequency="year", lines=[union.line], by=wang)


def test_only_the_lead_office_s_reviewer_keeps_cycles(monthly, wu, li, city, union):
    for person in (wu, li):
        with pytest.raises(Refused, match="只有牵头单位的主管"):
            create_cycle(name="x", region=city, frequency="year", lines=[union.line], by=person)
        with pytest.raises(Refused, match="只有牵头单位的主管"):
            edit_cycle(monthly, by=person, sign_steps=0)
        with pytest.raises(Refused, match="只有牵头单位的主管"):
            set_active(monthly, False, by=person)


def test_a_duty_can_be_given_changed_and_taken_away(monthly, wang, league):
    only = factories.indicator(wang, "另一项")
    duty = assign(monthly, league, by=wang, filing="for_subordinates", indicators=[only])
    assert (duty.filing, list(duty.indicators.all())) == ("for_subordinates", [only])
    assert assign(monthly, league, by=wang) == duty
    release_duty(duty, by=wang, reason="不再承担")
    duty.refresh_from_db()
    with pytest.raises(Refused, match="已经解除"):
        release_duty(duty, by=wang, reason="不再承担")


def test_a_closed_agency_or_one_outside_gets_no_duty(monthly, wang, league, union):
    league.active = False
    with pytest.raises(Refused, match="已停用"):
        assign(monthly, league, by=wang)
    outside = union
    outside.region = outside.region.parent
    with pytest.raises(Refused, match="不在济南市范围内"):
        assign(monthly, outside, by=wang)


def test_one_sees_cycles_rounds_and_duties_of_one_s_own_and_the_lead_office_all(
    opened, monthly, wang, li, sun, qian
):
    seen = {
        person.name: (
            Cycle.objects.visible_to(person).count(),
            Round.objects.visible_to(person).filter(state="open").count(),
            Duty.objects.visible_to(person).count(),
        )
        for person in (wang, li, sun, qian)
    }
    assert seen == {"王": (1, 1, 1), "李": (1, 1, 1), "孙": (0, 0, 0), "钱": (1, 1, 1)}


def test_open_rounds_are_those_whose_hour_has_come(opened):
    assert list(Round.objects.open(at("2021-02-02 09:00"))) == [opened]
    assert list(Round.objects.open(at("2021-01-02 09:00"))) == []


def test_looking_again_at_three_cycles_costs_as_much_for_each_as_for_one(wang, city, union):
    factories.indicator(wang)

    def queries():
        rounds.open_due_rounds(at("2021-02-01 00:10"))
        with CaptureQueriesContext(connection) as seen:
            rounds.open_due_rounds(at("2021-02-01 00:20"))
        return len(seen)

    def add(name):
        create_cycle(name=name, region=city, frequency="month", lines=[union.line], by=wang)

    add("甲")
    one = queries()
    add("乙")
    two = queries()
    add("丙")
    assert queries() - two == two - one
