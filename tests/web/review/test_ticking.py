"""A reviewer's ✓ on a figure is kept, and seen the next time; it falls with the figure it was for."""

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from accounts.rules import Refused
from tests.cast import employ
from tracker.review.models import Tick
from tracker.review.services import Question, approve, return_
from tracker.review.ticking import tick, untick
from tracker.submissions.models import Submission
from tracker.submissions.services import Change, save_figures, sign, submit


@pytest.fixture
def of_money(filed, money):
    return filed.figures.get(indicator=money)


def page_of(browser, record, tab="all"):
    return browser.get(reverse("review-page", args=[record.pk]), {"tab": tab})


def test_a_tick_is_kept_and_the_next_reviewer_sees_whose_it_is(
    filed, of_money, city_with_people, wang, sign_in
):
    browser, act = sign_in(wang), reverse("review-tick", args=[filed.pk])
    assert browser.post(act, {"on": f"{of_money.pk}-{of_money.version}"}).status_code == 302
    wei = employ(city_with_people, "wei", "魏", city_with_people.lead_office, "科长", "reviewer")
    answer = page_of(sign_in(wei), filed)
    assert "✓ 王" in answer.content.decode()
    counts = {one["key"]: one["count"] for one in answer.context["tabs"]}
    assert (counts["all"], counts["open"]) == (2, 1)


def test_by_htmx_only_the_mark_comes_back(filed, of_money, wang, sign_in):
    browser, act = sign_in(wang), reverse("review-tick", args=[filed.pk])
    key, htmx = f"{of_money.pk}-{of_money.version}", {"HX-Request": "true"}
    put_on = browser.post(act, {"on": key}, headers=htmx).content.decode()
    assert "✓ 王" in put_on
    assert "<html" not in put_on
    taken_off = browser.post(act, {"off": key}, headers=htmx).content.decode()
    assert "✓ 王" not in taken_off
    assert Tick.objects.count() == 0
    acts = AuditEntry.objects.filter(act__contains="tick").order_by("pk")
    assert list(acts.values_list("act", flat=True)) == ["figure.tick", "figure.untick"]


def test_after_a_return_what_was_not_changed_is_still_ticked(
    filed, of_money, trained, money, city, li, zhang, wang, sign_in
):
    tick(filed, of_money, by=wang, seen=of_money.version)
    asked = filed.figures.get(indicator=trained)
    tick(filed, asked, by=wang, seen=asked.version)
    row = return_(
        filed, by=wang, version=filed.version, questions=[Question(asked.pk, "unit", "？")]
    )
    assert [one.figure for one in Tick.objects.all()] == [of_money]
    change = Change(trained.pk, asked.region_id, "13", seen=asked.version, scope=asked.scope)
    save_figures(row, [change], by=li)
    row.refresh_from_db()
    row = sign(submit(row, by=li, version=row.version), by=zhang, version=row.version + 1)
    rows = [
        one for section in page_of(sign_in(wang), row).context["sections"] for one in section.rows
    ]
    assert {one.figure.indicator: one.is_ticked for one in rows} == {money: True, trained: False}


def test_a_figure_that_was_changed_says_that_it_was_ticked_before(
    filed, of_money, money, li, zhang, wang, sign_in
):
    tick(filed, of_money, by=wang, seen=of_money.version)
    row = return_(filed, by=wang, version=filed.version, note="全部核对")
    change = Change(money.pk, of_money.region_id, "5", seen=of_money.version, scope=of_money.scope)
    save_figures(row, [change], by=li)
    row.refresh_from_db()
    row = sign(submit(row, by=li, version=row.version), by=zhang, version=row.version + 1)
    page = page_of(sign_in(wang), row).content.decode()
    assert "改前王核对过" in page
    assert "✓ 王" not in page


def test_what_was_not_seen_is_not_ticked(filed, of_money, wang):
    with pytest.raises(Refused, match="刚被改过"):
        tick(filed, of_money, by=wang, seen=of_money.version + 1)
    assert Tick.objects.count() == 0


@pytest.mark.parametrize("verb", [tick, untick])
def test_only_those_who_decide_tick_and_only_what_waits(filed, of_money, li, zhang, wang, verb):
    for person in (li, zhang):
        with pytest.raises(Refused):
            verb(filed, of_money, by=person, seen=of_money.version)
    approve(filed, by=wang, version=filed.version)
    with pytest.raises(Refused, match="不能逐项核对"):
        verb(Submission.objects.get(pk=filed.pk), of_money, by=wang, seen=of_money.version)


def test_said_twice_it_stays_the_first_ones(filed, of_money, city_with_people, wang):
    lead = city_with_people.lead_office
    wei = employ(city_with_people, "wei", "魏", lead, "科长", "reviewer")
    tick(filed, of_money, by=wang, seen=of_money.version)
    tick(filed, of_money, by=wei, seen=of_money.version)
    assert Tick.objects.get().by == wang
