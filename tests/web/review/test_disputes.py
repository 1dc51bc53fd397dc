"""Two sources, two figures, one name: story A's 943 and 3221."""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from accounts.rules import Refused
from tests import factories
from tests.ledger.ground import Ground
from tracker.ledger.models import Entry, Overlap
from tracker.ledger.totals import totals
from tracker.review.disputes import Side, decide, raise_dispute
from tracker.review.models import Dispute
from tracker.workflow import Stale


@pytest.fixture
def ground(city_with_people):
    return Ground(city_with_people)


@pytest.fixture
def skills(li):
    return factories.indicator(li, "技能培训")


@pytest.fixture
def both(ground, skills, union, league):
    """The union says 943, the youth league 3221."""
    return (
        ground.say(skills, "2026-03", 943, agency=union),
        ground.say(skills, "2026-03", 3221, agency=league, reporter=ground.people["sun"]),
    )


@pytest.fixture
def raised(both, wang):
    sides = [Side(both[0], "取得证书的人次"), Side(both[1], "参加培训的人次")]
    return raise_dispute("2026年3月技能培训", sides, by=wang)


def total_of(skills, city):
    return totals([skills], [city], ["2026-03"])[skills.pk, city.pk, "2026-03"]


def decided(dispute, decision, *, by, **more):
    return decide(dispute, decision, "两家口径不同", by=by, version=dispute.version, **more)


def test_story_a_through_the_page_the_definitions_differ_and_both_stay(
    both, skills, city, wang, sign_in
):
    browser = sign_in(wang)
    shown = browser.get(reverse("dispute-list")).content.decode()
    address = f"{reverse('dispute-add')}?first={both[0].pk}"
    assert f"{address}&amp;second={both[1].pk}" in shown
    form = {
        "second": both[1].pk, "title": "技能培训", "first_definition": "取得证书的人次",
        "second_definition": "参加培训的人次",
    }  # fmt: skip
    answer = browser.post(address, form)
    dispute = Dispute.objects.get()
    assert answer.url == dispute.get_absolute_url()
    page = browser.get(answer.url).content.decode()
    assert all(word in page for word in ("取得证书的人次", "参加培训的人次", "943人次", "3221人次"))
    form = {"version": 1, "decision": "differ", "basis": "一家数证书，一家数参训"}
    assert browser.post(answer.url, form).status_code == 302
    assert set(Entry.objects.current()) == set(both)
    total = total_of(skills, city)
    assert (total.value, total.count) == (None, 2)
    page = browser.get(dispute.get_absolute_url()).content.decode()
    assert "口径不同，两数并存，不相加" in page
    assert "一家数证书，一家数参训" in page
    figure = browser.get(reverse("figure-page", args=[both[0].pk])).content.decode()
    assert dispute.get_absolute_url() in figure


def test_the_figure_that_lost_is_in_no_total_and_quoted_by_nothing(
    raised, both, skills, city, wang
):
    decided(raised, "prevails", by=wang, prevails=both[1].pk)
    assert list(Entry.objects.current()) == [both[1]]
    assert total_of(skills, city).value == 3221
    assert list(raised.sides.values_list("prevails", flat=True)) == [False, True]


def test_the_figure_that_lost_stays_out_when_it_is_reported_again(
    raised, both, skills, ground, union, wang
):
    decided(raised, "prevails", by=wang, prevails=both[1].pk)
    again = ground.say(skills, "2026-03", 950, agency=union)
    assert (again.revision, list(Entry.objects.current())) == (2, [both[1]])


def test_what_both_count_is_counted_once_also_after_a_correction(
    raised, both, skills, city, ground, league, wang
):
    decided(raised, "overlap", by=wang, amount=Decimal(43))
    assert total_of(skills, city).value == 943 + 3221 - 43
    ground.say(skills, "2026-03", 3200, agency=league, reporter=ground.people["sun"])
    assert total_of(skills, city).value == 943 + 3200 - 43
    assert Overlap.objects.get().amount == 43


@pytest.mark.parametrize(
    ("decision", "more", "words"),
    [
        ("", {}, "请选择裁定"),
        ("prevails", {}, "请选择采用哪个数"),
        ("overlap", {}, "请填写重复的数量"),
        ("overlap", {"amount": Decimal(944)}, "重复数不能大于"),
    ],
)
def test_a_decision_says_all_that_it_needs(raised, wang, decision, more, words):
    with pytest.raises(Exception, match=words):
        decided(raised, decision, by=wang, **more)
    raised.refresh_from_db()
    assert raised.decision == ""


def test_only_reviewers_of_the_lead_office_decide_once_and_not_on_their_own(
    raised, wang, li, zhao, wu
):
    for who in (li, zhao, wu):
        with pytest.raises(Refused):
            decided(raised, "differ", by=who)
    decided(raised, "differ", by=wang)
    with pytest.raises(Stale):
        decided(raised, "differ", by=wang)
    raised.refresh_from_db()
    with pytest.raises(Refused, match="已裁定"):
        decided(raised, "differ", by=wang)
    acts = AuditEntry.objects.filter(target_type__endswith="dispute").order_by("seq")
    assert list(acts.values_list("act", flat=True)) == ["dispute.raise", "dispute.decide"]


def test_a_dispute_is_between_two_sources_of_one_period(both, skills, ground, union, wang, raised):
    april = ground.say(skills, "2026-04", 5, agency=union)
    for second, words in ((april, "两个单位"), (both[1], "已经登记")):
        with pytest.raises(Refused, match=words):
            raise_dispute("x", [Side(both[0], "甲"), Side(second, "乙")], by=wang)


def test_a_refused_form_keeps_what_was_typed(raised, wang, sign_in):
    form = {"version": 1, "decision": "prevails", "basis": "以证书为准"}
    answer = sign_in(wang).post(raised.get_absolute_url(), form)
    page = answer.content.decode()
    assert (answer.status_code, "以证书为准" in page, "请选择采用哪个数" in page) == (
        422,
        True,
        True,
    )


def test_nobody_else_finds_the_page(raised, li, sign_in):
    for address in (reverse("dispute-list"), raised.get_absolute_url()):
        assert sign_in(li).get(address).status_code == 404
