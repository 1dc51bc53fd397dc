"""A city's own checks: made on a page, tried on the past, switched on, and then they check."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import AuditEntry
from accounts.rules import Refused
from tests import factories
from tracker.catalogue.city_rules import create_rule, switch_rule
from tracker.catalogue.models import CityRule
from tracker.review.services import approve
from tracker.submissions.checks import check
from tracker.workflow import Stale


def form_of(indicator, **changes) -> dict:
    return {
        "name": "培训不超过一百", "indicator": indicator.pk, "comparison": "<=",
        "against": "number", "other": "", "number": "100", "times": "1", "severity": "warning",
        "message": "一期一般不超过一百人次",
    } | changes  # fmt: skip


@pytest.fixture
def rule(city, trained, wang):
    fields = {
        "name": "培训不超过一百", "indicator": trained, "comparison": "<=", "against": "number",
        "other": None, "number": Decimal(100), "times": Decimal(1), "severity": "error",
        "message": "一期一般不超过一百人次",
    }  # fmt: skip
    return create_rule(city, by=wang, **fields)


def on(rule, wang) -> CityRule:
    return switch_rule(rule, True, by=wang, version=rule.version)


def own(submission) -> list[tuple]:
    found = [one for one in check(submission) if one.rule.startswith("own-")]
    return [(one.severity, one.message, one.blocks) for one in found]


WORDS = "一期一般不超过一百人次（应不大于100人次）"


def test_made_on_the_page_it_is_off_and_shows_what_it_would_have_hit(
    july_after_june, trained, wang, sign_in
):
    july_after_june(120)
    browser = sign_in(wang)
    answer = browser.post(reverse("city-rule-add"), form_of(trained))
    made = CityRule.objects.get()
    assert (answer.url, made.active, made.by) == (reverse("city-rule", args=[made.pk]), False, wang)
    shown = browser.get(answer.url)
    trial = shown.context["trial"]
    told = [(str(one.submission.round.span), one.finding.message) for one in trial.hits]
    assert (trial.tried, told) == (2, [("2026年7月", WORDS)])
    assert "以往报送的2个数中" in shown.content.decode()


def test_off_it_says_nothing_on_it_does_and_off_again_it_stops(
    july_after_june, rule, wang, sign_in
):
    july = july_after_june(120)
    assert own(july) == []
    browser, switch = sign_in(wang), reverse("city-rule-active", args=[rule.pk])
    browser.post(switch, {"active": "1", "version": rule.version})
    assert own(july) == [("error", WORDS, True)]
    browser.post(switch, {"active": "0", "version": rule.version + 1})
    assert own(july) == []
    acts = AuditEntry.objects.filter(act__startswith="city_rule").order_by("seq")
    assert list(acts.values_list("act", flat=True)) == [
        "city_rule.create", "city_rule.switch_on", "city_rule.switch_off",
    ]  # fmt: skip


def test_an_error_of_its_own_may_be_explained_and_the_reviewer_sees_it(
    july_after_june, rule, trained, wang, sign_in
):
    july = july_after_june(120)
    on(rule, wang)
    july.figures.filter(indicator=trained).update(explanation="暑期集中办班，属实")
    assert own(july) == [("error", WORDS, False)]
    page = sign_in(wang).get(reverse("review-page", args=[july.pk])).content.decode()
    assert (WORDS in page, "暑期集中办班，属实" in page) == (True, True)
    july.refresh_from_db()
    done = approve(july, by=wang, version=july.version)
    assert done.figures.get(indicator=trained).explanation == "暑期集中办班，属实"


@pytest.mark.parametrize(
    ("changes", "hit"),
    [
        ({"comparison": ">="}, False),
        ({"comparison": "=="}, True),
        ({"against": "last", "number": "", "times": "5"}, True),
        ({"against": "last", "number": "", "times": "10"}, False),
        ({"against": "year_ago", "number": ""}, False),
    ],
)
def test_it_compares_with_a_number_or_its_own_past(
    july_after_june, trained, wang, sign_in, changes, hit
):
    july = july_after_june(120)
    sign_in(wang).post(reverse("city-rule-add"), form_of(trained, **changes))
    on(CityRule.objects.get(), wang)
    assert bool(own(july)) is hit


def test_it_compares_with_another_indicator_of_the_same_kind_only(
    filed, trained, money, li, wang, city, sign_in
):
    people = factories.indicator(li, "参训人次")
    form = form_of(trained, against="indicator", number="", other=money.pk)
    answer = sign_in(wang).post(reverse("city-rule-add"), form)
    assert (answer.status_code, "单位不同" in answer.content.decode()) == (422, True)
    form = form_of(trained, against="indicator", number="", other=people.pk)
    assert sign_in(wang).post(reverse("city-rule-add"), form).status_code == 302
    on(CityRule.objects.get(), wang)
    assert own(filed) == []
    filed.figures.create(
        indicator=people, region=city, scope="本级", kind="value", value=5, entered="5"
    )
    assert own(filed) == [("warning", "一期一般不超过一百人次（应不大于5人次）", False)]


def test_a_changed_rule_is_off_until_it_was_tried_again(rule, trained, wang, sign_in):
    on(rule, wang)
    page = reverse("city-rule", args=[rule.pk])
    form = form_of(trained, number="90", version=rule.version + 1)
    assert sign_in(wang).post(page, form).status_code == 302
    rule.refresh_from_db()
    assert (rule.active, rule.number) == (False, Decimal(90))
    with pytest.raises(Stale):
        switch_rule(rule, True, by=wang, version=1)


def test_another_city_s_cells_and_people_are_left_alone(rule, filed, wang, li, zhao, sign_in):
    on(rule, wang)
    CityRule.objects.update(region=filed.agency.region.children.first())
    assert own(filed) == []
    with pytest.raises(Refused):
        switch_rule(CityRule.objects.get(), False, by=li, version=2)
    assert sign_in(li).get(reverse("city-rule-list")).status_code == 404
    assert sign_in(zhao).get(reverse("city-rule-list")).status_code == 200


def test_two_rules_of_one_name_are_refused_under_the_field(rule, trained, wang, sign_in):
    answer = sign_in(wang).post(reverse("city-rule-add"), form_of(trained))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["name"])
    with pytest.raises(ValidationError):
        create_rule(rule.region, by=wang, **{n: getattr(rule, n) for n in FIELDS})


FIELDS = (
    "name", "indicator", "comparison", "against", "other", "number", "times", "severity", "message",
)  # fmt: skip
