"""Cycles, their rounds and duties, and the working days, on pages."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.web.catalogue.conftest import queries, text
from tracker.catalogue.models import Cycle, Duty, Extension, Round, WorkdayOverride
from tracker.jobs.models import Job


def typed(city, line, **changes) -> dict:
    return {
        "name": "职工帮扶月报", "region": city.pk, "frequency": "month", "lines": [line.pk],
        "opens": "期后1日", "due": "期后第5个工作日", "sign_steps": "2", "filing": "own",
    } | changes  # fmt: skip


def test_a_cycle_is_made_with_the_duties_that_follow(city, union, trained, wang, sign_in):
    browser = sign_in(wang)
    answer = browser.post(reverse("cycle-add"), typed(city, union.line, indicators=[trained.pk]))
    made = Cycle.objects.get()
    assert answer.url == reverse("cycle", args=[made.pk])
    assert (made.sign_steps, list(made.indicators.all())) == (2, [trained])
    assert [duty.agency for duty in made.duties.all()] == [union]
    page = text(browser.get(answer.url))
    assert "本单位2级审签，牵头单位核定" in page
    assert "济南市总工会" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"due": "月底"}, "due"),
        ({"opens": "随时"}, "opens"),
        ({"sign_steps": "4"}, "sign_steps"),
        ({"lines": []}, "lines"),
        ({"opens": "期后20日", "due": "期后2日"}, "__all__"),
    ],
)
def test_a_wrong_cycle_is_refused_at_its_field_and_keeps_what_was_typed(
    city, union, wang, sign_in, changes, field
):
    answer = sign_in(wang).post(reverse("cycle-add"), typed(city, union.line, **changes))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert 'value="职工帮扶月报"' in text(answer)
    assert Cycle.objects.count() == 0


def test_a_name_is_taken_once(city, union, june, wang, sign_in):
    answer = sign_in(wang).post(reverse("cycle-add"), typed(city, union.line, name="月度工作数据"))
    assert answer.status_code == 422
    assert "已有名为“月度工作数据”的填报周期" in text(answer)


def test_a_cycle_is_changed_stopped_and_started(june, union, city, wang, sign_in):
    browser, pk = sign_in(wang), june.cycle_id
    form = typed(city, union.line, name="月报", due="期后8日顺延")
    browser.post(reverse("cycle-edit", args=[pk]), form)
    cycle = Cycle.objects.get()
    assert (cycle.name, cycle.due) == ("月报", "期后8日顺延")
    for active in ("0", "1"):
        browser.post(reverse("cycle-active", args=[pk]), {"active": active})
        cycle.refresh_from_db()
        assert cycle.active is (active == "1")


def test_something_is_asked_for_once_and_opens_at_once(city, union, trained, wang, sign_in):
    form = {
        "name": "发布会数据", "region": city.pk, "lines": [union.line_id], "span_key": "2020",
        "due": "明天17:00", "sign_steps": "0", "filing": "own",
    }  # fmt: skip
    sign_in(wang).post(reverse("cycle-ad-hoc"), form)
    round = Round.objects.get()
    assert (round.state, round.span.key) == ("open", "2020")
    assert Job.objects.filter(kind="prepare-submissions", key=str(round.pk)).count() == 1


@pytest.mark.parametrize(
    ("changes", "field"), [({"due": "昨天"}, "due"), ({"span_key": "去年"}, "span_key")]
)
def test_a_wrong_ad_hoc_task_is_refused_at_its_field(
    city, union, trained, wang, sign_in, changes, field
):
    form = {
        "name": "发布会数据", "region": city.pk, "lines": [union.line_id], "due": "明天17:00",
        "sign_steps": "0", "filing": "own",
    } | changes  # fmt: skip
    answer = sign_in(wang).post(reverse("cycle-ad-hoc"), form)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert 'value="发布会数据"' in text(answer)
    assert Round.objects.count() == 0


def test_an_agency_is_given_the_duty_and_let_off(june, league, wang, sign_in):
    browser, pk = sign_in(wang), june.cycle_id
    add = reverse("duty-add", args=[pk])
    assert browser.post(add, {"agency": "0", "filing": "own"}).status_code == 422
    browser.post(add, {"agency": league.pk, "filing": "own"})
    duty = Duty.objects.get(agency=league)
    release = reverse("duty-release", args=[duty.pk])
    assert "请填写理由" in text(browser.post(release, {"reason": ""}, follow=True))
    browser.post(release, {"reason": "不涉及"})
    duty.refresh_from_db()
    assert duty.active is False


def extension(agency, days=10, reason="汛期") -> dict:
    later = timezone.localtime() + datetime.timedelta(days=days)
    return {"agency": agency.pk, "due_at": f"{later:%Y-%m-%dT%H:%M}", "reason": reason}


def test_an_agency_is_given_more_time(june, union, wang, sign_in):
    browser = sign_in(wang)
    browser.post(reverse("round-extend", args=[june.pk]), extension(union))
    assert Extension.objects.get().reason == "汛期"
    assert "汛期" in text(browser.get(reverse("round", args=[june.pk])))


def test_an_extension_into_the_past_is_refused_at_its_field(june, union, wang, sign_in):
    answer = sign_in(wang).post(reverse("round-extend", args=[june.pk]), extension(union, -1))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["due_at"])
    assert 'value="汛期"' in text(answer)
    assert Extension.objects.count() == 0


def test_late_filing_needs_a_reason_and_can_be_stopped(june, wang, sign_in):
    browser, address = sign_in(wang), reverse("round-late", args=[june.pk])
    assert browser.post(address, {"late": "1", "reason": ""}).status_code == 422
    browser.post(address, {"late": "1", "reason": "系统停电"})
    june.refresh_from_db()
    assert june.accepts_late is True
    browser.post(address, {})
    june.refresh_from_db()
    assert june.accepts_late is False


def test_nobody_is_given_more_time_before_a_round_opens(june, union, wang, sign_in):
    Round.objects.update(state="upcoming")
    browser = sign_in(wang)
    assert "尚未开放" in text(browser.get(reverse("round", args=[june.pk])))
    answer = browser.post(reverse("round-extend", args=[june.pk]), extension(union))
    assert (answer.status_code, Extension.objects.count()) == (409, 0)


def test_a_reporter_sees_her_own_part_of_a_cycle(june, union, league, li, sun, wang, sign_in):
    factories.Duty.objects.create(cycle=june.cycle, agency=league, filing="own")
    sign_in(wang).post(reverse("round-extend", args=[june.pk]), extension(league, reason="换届"))
    browser = sign_in(li)
    page = text(browser.get(reverse("cycle", args=[june.cycle_id])))
    assert ("济南市总工会" in page, "共青团济南市委员会" in page.split("<main")[1]) == (True, False)
    assert "换届" not in text(browser.get(reverse("round", args=[june.pk])))
    assert browser.get(reverse("cycle-edit", args=[june.cycle_id])).status_code == 404
    for act, pk in (
        ("cycle-active", june.cycle_id),
        ("duty-add", june.cycle_id),
        ("round-late", june.pk),
    ):
        assert browser.post(reverse(act, args=[pk]), {}).status_code == 404
    june.cycle.refresh_from_db()
    assert june.cycle.active is True


def test_a_cycle_of_others_is_unseen(june, sun, sign_in):
    browser = sign_in(sun)
    for name, pk in (("cycle", june.cycle_id), ("round", june.pk)):
        assert browser.get(reverse(name, args=[pk])).status_code == 404


def test_a_day_is_declared_and_given_back_to_the_national_calendar(wang, sign_in):
    browser = sign_in(wang)
    form = {"day": "2026-10-10", "is_workday": "yes", "note": "调休"}
    browser.post(reverse("workday-list"), form)
    declared = WorkdayOverride.objects.get()
    assert (declared.is_workday, declared.note) == (True, "调休")
    assert "2026年10月10日" in text(browser.get(reverse("workday-list")))
    browser.post(reverse("workday-list"), form | {"is_workday": "no"})
    declared.refresh_from_db()
    assert declared.is_workday is False
    browser.post(reverse("workday-remove", args=[declared.pk]))
    assert WorkdayOverride.objects.count() == 0


def test_a_day_that_is_none_is_refused_at_its_field(wang, sign_in):
    form = {"day": "2026-02-30", "is_workday": "yes", "note": "调休"}
    answer = sign_in(wang).post(reverse("workday-list"), form)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["day"])
    assert 'value="调休"' in text(answer)


def test_lists_take_as_many_queries_for_three_rows_as_for_one(
    june, union, league, lead_office, wang, sign_in
):
    browser = sign_in(wang)
    WorkdayOverride.objects.create(day="2026-01-01", is_workday=True)
    pages = [reverse("cycle-list"), reverse("cycle", args=[june.cycle_id]), reverse("workday-list")]
    before = [queries(browser, page) for page in pages]
    for number, agency in enumerate((league, lead_office), start=2):
        other = factories.cycle(union, league, name=f"周期{number}")
        factories.open_round(other, factories.month(2026, number))
        factories.open_round(june.cycle, factories.month(2026, number))
        Duty.objects.create(cycle=june.cycle, agency=agency, filing="own")
        WorkdayOverride.objects.create(day=f"2026-01-0{number}", is_workday=True)
    assert [queries(browser, page) for page in pages] == before
