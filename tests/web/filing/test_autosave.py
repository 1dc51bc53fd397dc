"""Fields that are saved one by one, as the page sends them."""

import pytest
from django.urls import reverse

from tests.cast import employ
from tracker.catalogue.models import Measure
from tracker.submissions.models import Submission


@pytest.fixture
def keys(trained, money, city):
    return {"trained": f"f{trained.pk}-{city.pk}", "money": f"f{money.pk}-{city.pk}"}


def one(key, text, seen=0, **more) -> dict:
    return {f"{key}-text": text, f"{key}-seen": seen, **{f"{key}-{n}": t for n, t in more.items()}}


def sent(browser, submission, *fields):
    data = {name: text for field in fields for name, text in field.items()}
    return browser.post(reverse("submission-autosave", args=[submission.pk]), data)


def test_each_field_is_saved_by_itself_and_the_wrong_one_alone_is_told(
    submission, keys, li, sign_in
):
    answer = sent(sign_in(li), submission, one(keys["trained"], "12"), one(keys["money"], "一些"))
    told = answer.json()
    assert told["saved"] == {keys["trained"]: 1}
    assert list(told["wrong"]) == [keys["money"]]
    assert "不是可以识别的数值" in told["wrong"][keys["money"]]
    assert (told["filled"], told["owed"]) == (1, 2)
    assert submission.figures.get().value == 12


def test_a_colleagues_number_is_told_and_not_overwritten(
    submission, keys, li, city_with_people, sign_in
):
    fang = employ(city_with_people, "fang", "方", city_with_people.union, "干事", "reporter")
    sent(sign_in(fang), submission, one(keys["trained"], "10"))
    told = sent(sign_in(li), submission, one(keys["trained"], "20")).json()
    assert told["saved"] == {}
    assert told["theirs"][keys["trained"]]["text"] == "10"
    assert told["theirs"][keys["trained"]]["by"] == "方"
    assert submission.figures.get().value == 10
    again = sent(sign_in(li), submission, one(keys["trained"], "20", seen=1)).json()
    assert again["saved"] == {keys["trained"]: 2}
    assert submission.figures.get().value == 20


def test_the_same_number_from_two_people_is_no_clash(
    submission, keys, li, city_with_people, sign_in
):
    fang = employ(city_with_people, "fang", "方", city_with_people.union, "干事", "reporter")
    sent(sign_in(fang), submission, one(keys["trained"], "10"))
    told = sent(sign_in(li), submission, one(keys["trained"], "10")).json()
    assert told["theirs"] == {}
    assert told["saved"] == {keys["trained"]: 1}


def test_an_answer_that_got_lost_is_no_clash_with_oneself(submission, keys, li, sign_in):
    browser = sign_in(li)
    sent(browser, submission, one(keys["trained"], "12"))
    told = sent(browser, submission, one(keys["trained"], "123", seen=0, sent="12")).json()
    assert told["saved"] == {keys["trained"]: 2}
    assert submission.figures.get().value == 123


def test_a_second_window_of_ones_own_is_a_clash_all_the_same(submission, keys, li, sign_in):
    browser = sign_in(li)
    sent(browser, submission, one(keys["trained"], "12"))
    told = sent(browser, submission, one(keys["trained"], "15")).json()
    assert told["theirs"][keys["trained"]]["text"] == "12"
    assert submission.figures.get().value == 12


def test_blank_required_fields_are_no_errors_before_it_is_handed_in(submission, keys, li, sign_in):
    told = sent(sign_in(li), submission, one(keys["trained"], "12")).json()
    assert told["errors"] == 0
    assert told["says"] == {}


def test_what_the_field_says_beside_a_number(submission, keys, trained, money, li, sign_in):
    browser = sign_in(li)
    sent(browser, submission, one(keys["trained"], "零报告"))
    sent(browser, submission, one(keys["money"], "不适用：本期没有筹资"))
    kinds = {
        figure.indicator: (figure.kind, figure.na_reason) for figure in submission.figures.all()
    }
    assert kinds == {trained: ("zero", ""), money: ("na", "本期没有筹资")}
    page = browser.get(submission.get_absolute_url()).content.decode()
    assert 'value="零报告"' in page
    assert 'value="不适用：本期没有筹资"' in page


def test_a_note_stays_when_only_the_number_is_sent(submission, keys, li, sign_in):
    browser = sign_in(li)
    sent(browser, submission, one(keys["trained"], "12"))
    figure = submission.figures.get()
    browser.post(
        reverse("submission-figure", args=[submission.pk, keys["trained"]]),
        {f"{keys['trained']}-note": "含夜校", f"{keys['trained']}-seen": figure.version},
    )
    sent(browser, submission, one(keys["trained"], "13", seen=2))
    figure.refresh_from_db()
    assert (figure.value, figure.note) == (13, "含夜校")


def test_nobody_else_saves_a_field(submission, keys, zhang, wang, sun, sign_in):
    for person, status in ((zhang, 409), (wang, 409), (sun, 404)):
        answer = sent(sign_in(person), submission, one(keys["trained"], "12"))
        assert answer.status_code == status
    assert Submission.objects.get().figures.count() == 0


@pytest.mark.parametrize("measure", [Measure.FLOW, Measure.STANDARD])
def test_only_distinct_objects_have_a_years_count_of_their_own(
    submission, keys, trained, li, sign_in, measure
):
    trained.measure = measure
    trained.save()
    told = sent(sign_in(li), submission, one(keys["trained"], "12", cumulative="40")).json()
    assert told["wrong"] == {keys["trained"]: "本指标不填本年累计。"}


def test_the_members_of_a_breakdown_make_their_sum(submission, keys, trained, li, sign_in):
    trained.breakdown, trained.members = "受援地", ["武隆区", "湘西州"]
    trained.save()
    browser = sign_in(li)
    page = browser.get(submission.get_absolute_url()).content.decode()
    rows = browser.get(submission.get_absolute_url()).context["sections"][0].member_rows
    assert "其中：武隆区" in page
    told = sent(browser, submission, one(rows[0].key, "30"), one(rows[1].key, "12多")).json()
    assert told["sums"] == {keys["trained"]: "42余"}
    said = {figure.member: (figure.value, figure.qualifier) for figure in submission.figures.all()}
    assert said == {"武隆区": (30, ""), "湘西州": (12, "多"), "": (42, "余")}


def test_a_member_that_the_indicator_does_not_have_is_refused(submission, keys, li, sign_in):
    told = sent(sign_in(li), submission, one(keys["trained"] + "-m0000ffff", "30"))
    assert told.json()["saved"] == {}
    assert submission.figures.count() == 0
