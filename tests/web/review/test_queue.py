"""The queue and bulk approval, as reviewers use them."""

import pytest
from django.urls import reverse

from tests.cast import employ
from tracker.ledger.models import Entry
from tracker.review.services import return_
from tracker.review.waiting import approvable_by, judged_by
from tracker.submissions.models import Submission
from tracker.submissions.services import Change, save_figures, sign, submit

QUEUE = "review-queue"


def listed(answer) -> list[Submission]:
    return [row.submission for row in answer.context["rows"]]


def picks(*submissions) -> list[str]:
    return [f"{one.pk}-{one.version}" for one in submissions]


def test_the_queue_shows_what_waits_and_nothing_that_is_still_being_filled_in(
    filed, county_filed, wang, sign_in
):
    [county] = county_filed(1)
    answer = sign_in(wang).get(reverse(QUEUE))
    assert listed(answer) == [filed, county]
    assert "没有异常" in answer.content.decode()


def test_an_empty_queue_says_what_to_wait_for(submission, wang, sign_in):
    answer = sign_in(wang).get(reverse(QUEUE))
    assert listed(answer) == []
    assert "没有等待审核的报送" in answer.content.decode()


def test_a_city_without_a_catalogue_is_told_its_first_step(wang, sign_in):
    page = sign_in(wang).get(reverse(QUEUE)).content.decode()
    assert "从准备目录开始" in page
    assert reverse("workbook") in page


@pytest.mark.parametrize("who", ["li", "zhang", "sun", "wu", "zheng", "zhao", "qian", "zhou"])
def test_the_queue_is_there_for_reviewers_only(filed, who, sign_in, request):
    browser = sign_in(request.getfixturevalue(who))
    assert browser.get(reverse(QUEUE)).status_code == 404
    assert browser.get(reverse("review-many")).status_code == 404
    assert browser.get(reverse("review-page", args=[filed.pk])).status_code == 404


def test_filters_stand_in_the_address(filed, county_filed, wang, sign_in, city):
    county, other = county_filed(2)
    browser = sign_in(wang)
    one = browser.get(reverse(QUEUE), {"region": county.agency.region_id})
    assert listed(one) == [county]
    assert listed(
        browser.get(reverse(QUEUE), {"line": filed.agency.line_id, "sort": "-agency"})
    ) == [
        other,
        county,
        filed,
    ]
    assert listed(browser.get(reverse(QUEUE), {"round": filed.round_id, "only": "late"})) == []
    assert listed(browser.get(reverse(QUEUE), {"state": "approved"})) == []


def test_a_jump_is_said_in_words_in_the_row(july_after_june, wang, sign_in):
    july_after_june(120)
    answer = sign_in(wang).get(reverse(QUEUE))
    [row] = answer.context["rows"]
    assert [(one.about, one.finding.message) for one in row.shown] == [
        ("培训农民工", "比上月多9倍，疑似单位错，请确认。"),
        ("送温暖筹集资金", "与上月数值完全相同，请确认不是沿用旧数。"),
    ]
    assert (row.overview.changed, row.overview.compared) == (1, 2)
    assert "比上月多9倍" in answer.content.decode()


def test_a_refiled_one_says_how_often_and_what_was_changed(
    filed, trained, wang, li, zhang, sign_in
):
    back = return_(filed, by=wang, version=filed.version, note="请核对人次")
    save_figures(
        back, [Change(trained.pk, filed.agency.region_id, "13", scope="本级", seen=1)], by=li
    )
    back.refresh_from_db()
    signing = submit(back, by=li, version=back.version)
    sign(signing, by=zhang, version=signing.version)
    answer = sign_in(wang).get(reverse(QUEUE), {"only": "again"})
    [row] = answer.context["rows"]
    assert (row.overview.filings, row.overview.reworked) == (2, ("培训农民工",))
    assert "第2次报送" in answer.content.decode()


def test_the_queue_costs_the_same_with_more_rows(
    filed, county_filed, wang, sign_in, django_assert_num_queries, django_assert_max_num_queries
):
    browser = sign_in(wang)
    browser.get(reverse(QUEUE))
    with django_assert_max_num_queries(45) as one:
        browser.get(reverse(QUEUE))
    county_filed(3)
    with django_assert_num_queries(len(one.captured_queries)):
        assert len(listed(browser.get(reverse(QUEUE)))) == 4


def test_the_confirmation_shows_what_is_in_them_and_changes_nothing(
    filed, county_filed, wang, sign_in
):
    [county] = county_filed(1)
    answer = sign_in(wang).get(reverse("review-many"), {"pick": picks(filed, county)})
    page = answer.content.decode()
    assert [(row.submission, row.overview.figures) for row in answer.context["rows"]] == [
        (filed, 2),
        (county, 2),
    ]
    assert "将核定2份报送，共4项数据" in page
    assert Entry.objects.count() == 0


def test_many_are_approved_and_each_outcome_is_told(filed, county_filed, wang, sign_in):
    county, changed = county_filed(2)
    Submission.objects.filter(pk=changed.pk).update(version=changed.version + 1)
    answer = sign_in(wang).post(
        reverse("review-approve-many"),
        {"pick": picks(filed, county, changed), "note": "同意"},
        follow=True,
    )
    assert [str(one) for one in answer.context["messages"]] == [
        "已核定2份：市总工会、历下区总工会。",
        "没有核定“市中区总工会　月度工作数据（2026年6月）”：内容已有变化，请打开查看后再核定。",
    ]
    assert Entry.objects.current().count() == 4
    assert listed(answer) == [Submission.objects.get(pk=changed.pk)]


def test_what_somebody_else_decided_meanwhile_is_named(filed, county_filed, wang, sign_in):
    [county] = county_filed(1)
    browser = sign_in(wang)
    browser.post(reverse("review-approve", args=[county.pk]), {"version": county.version})
    answer = browser.post(
        reverse("review-approve-many"), {"pick": picks(filed, county)}, follow=True
    )
    assert "目前是“已核定”" in answer.content.decode()
    filed.refresh_from_db()
    assert filed.status == "approved"


def test_nobody_can_pick_what_they_typed_themselves(filed, wang, sign_in):
    filed.figures.update(edited_by=wang)
    browser = sign_in(wang)
    assert listed(browser.get(reverse(QUEUE))) == []
    answer = browser.post(reverse("review-approve-many"), {"pick": picks(filed)}, follow=True)
    assert "不能由您核定" in answer.content.decode()
    assert Entry.objects.count() == 0


def test_nothing_chosen_approves_nothing(filed, wang, sign_in):
    answer = sign_in(wang).post(reverse("review-approve-many"), {"pick": ["x-1", "5"]})
    assert answer.status_code == 422
    assert "没有可以核定的报送" in answer.content.decode()


def test_the_nearest_lead_office_judges(city_with_people, filed, county_filed, wang, sign_in):
    """A county with a lead office of its own decides for its unions."""
    [county] = county_filed(1)
    office = county.agency.__class__.objects.create(
        line=filed.agency.line,
        region=county.agency.region,
        name="历下区牵头办",
        short_name="历下区牵头办",
        spoken_name="历下区牵头办",
        leads=county.agency.region,
    )
    local = employ(city_with_people, "ma", "马", office, "主任", "reviewer")
    assert list(judged_by(local)) == [county]
    assert list(approvable_by(local)) == [county]
    assert list(judged_by(wang)) == [filed]
    assert listed(sign_in(wang).get(reverse(QUEUE))) == [filed]


def test_a_line_reviewer_sees_what_waits_for_her_line(
    city_with_people, june, submission, county_filed, union, sign_in
):
    june.cycle.line_review = True
    june.cycle.save()
    above = employ(city_with_people, "he", "何", union, "部长", "line_reviewer")
    union.subordinates.count()
    [county] = county_filed(1)
    county.agency.superior = union
    county.agency.save()
    Submission.objects.filter(pk=county.pk).update(status="line_review")
    assert listed(sign_in(above).get(reverse(QUEUE))) == [county]
    assert list(approvable_by(above)) == []
