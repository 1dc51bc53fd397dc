"""One submission on one page, and what reviewers decide there."""

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from tests.cast import employ
from tracker.ledger.models import Entry
from tracker.notices.models import Notice
from tracker.review.models import Comment
from tracker.submissions.models import Submission


def address(name: str, submission: Submission) -> str:
    return reverse(f"review-{name}", args=[submission.pk])


def asked(figure, reason="unit", text="", **more) -> dict:
    """What the browser posts with one question ticked."""
    return {"ask": figure.pk, f"q{figure.pk}-reason": reason, f"q{figure.pk}-text": text} | more


def test_the_page_shows_value_text_and_signer(filed, wang, sign_in):
    page = sign_in(wang).get(address("page", filed)).content.decode()
    for words in ("12人次", "3万元", "走访320户。", "320户 已确认", "李", "张（副主席）"):
        assert words in page


def test_opening_it_takes_away_the_right_to_withdraw(filed, wang, sign_in):
    sign_in(wang).get(address("page", filed))
    filed.refresh_from_db()
    assert filed.seen_at is not None


def test_last_period_and_its_change_stand_beside_the_value(july_after_june, wang, sign_in):
    july = july_after_june(15)
    answer = sign_in(wang).get(address("page", july))
    rows = [row for section in answer.context["sections"] for row in section.rows]
    assert [(row.says, row.last, row.change) for row in rows] == [
        ("15人次", "12人次", "增 25%"),
        ("3万元", "3万元", "持平"),
    ]
    tabs = {tab["key"]: tab["count"] for tab in answer.context["tabs"]}
    assert tabs == {
        "all": 2, "odd": 1, "changed": 1, "again": 0, "explained": 0, "backed": 0, "open": 2,
    }  # fmt: skip


def test_a_tab_hides_the_other_rows_and_keeps_them_in_the_form(filed, wang, sign_in):
    page = sign_in(wang).get(address("page", filed), {"tab": "odd"}).content.decode()
    assert page.count('name="ask"') == 2
    assert 'class="review-row" hidden' in page


def test_approval_leads_to_the_next_in_the_queue(filed, county_filed, wang, sign_in):
    [county] = county_filed(1)
    query = f"?line={filed.agency.line_id}"
    answer = sign_in(wang).post(address("approve", filed) + query, {"version": filed.version})
    assert answer.url == address("page", county) + query
    assert Entry.objects.current().count() == 2
    last = sign_in(wang).post(address("approve", county) + query, {"version": county.version})
    assert last.url == reverse("review-queue") + query


def test_a_question_with_its_reason_returns_only_that_figure(filed, money, wang, sign_in, li):
    figure = filed.figures.get(indicator=money)
    posted = asked(figure, "unit", "是否把万元填成了元？", version=filed.version)
    sign_in(wang).post(address("return", filed), posted)
    assert list(filed.figures.filter(questioned=True)) == [figure]
    page = sign_in(li).get(filed.get_absolute_url()).content.decode()
    assert "是否把万元填成了元？" in page
    assert "单位有误" in page


def test_a_return_without_reason_keeps_the_page_and_says_why(filed, wang, sign_in):
    answer = sign_in(wang).post(address("return", filed), {"version": filed.version, "note": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请写明退回的原因，或对有疑问的数据逐项提出。" in page
    filed.refresh_from_db()
    assert filed.status == "submitted"


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("", "请选择质询的原因。"),
        ("other", "原因选“其他”时请写明问题。"),
        ("x", "选择一个有效的选项"),
    ],
)
def test_a_question_without_a_proper_reason_keeps_what_was_typed(
    filed, money, wang, sign_in, reason, words
):
    figure = filed.figures.get(indicator=money)
    text = "" if reason == "other" else "请核对到账凭证"
    posted = asked(figure, reason, text, version=filed.version, note="总体较好")
    answer = sign_in(wang).post(address("return", filed), posted)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert 'value="总体较好"' in page
    assert text in page
    assert f'value="{figure.pk}" data-ask aria-label="质询送温暖筹集资金（本级）" checked' in page
    assert Comment.objects.count() == 0


def test_ticked_questions_are_not_lost_by_an_approval(filed, money, wang, sign_in):
    figure = filed.figures.get(indicator=money)
    answer = sign_in(wang).post(
        address("approve", filed), asked(figure, "unit", "？", version=filed.version)
    )
    assert answer.status_code == 422
    assert "有勾选的质询" in answer.content.decode()
    assert Entry.objects.count() == 0


def test_a_question_about_anothers_figure_is_refused(filed, county_filed, wang, sign_in):
    [county] = county_filed(1)
    posted = asked(county.figures.first(), version=filed.version)
    answer = sign_in(wang).post(address("return", filed), posted)
    assert answer.status_code == 422
    assert "有一项质询的数据不属于本次报送。" in answer.content.decode()


def test_reopening_needs_a_reason_and_suspends_the_entries(filed, wang, sign_in):
    browser = sign_in(wang)
    browser.post(address("approve", filed), {"version": filed.version})
    filed.refresh_from_db()
    page = browser.get(address("page", filed)).content.decode()
    assert "重新打开" in page
    answer = browser.post(address("reopen", filed), {"version": filed.version})
    assert answer.status_code == 422
    assert "请写明重新打开的原因。" in answer.content.decode()
    browser.post(address("reopen", filed), {"version": filed.version, "note": "资金重报"})
    filed.refresh_from_db()
    assert (filed.status, Entry.objects.current().count()) == ("returned", 0)


def test_a_stale_page_keeps_the_words_and_decides_nothing(filed, wang, sign_in):
    Submission.objects.filter(pk=filed.pk).update(version=filed.version + 1)
    answer = sign_in(wang).post(
        address("return", filed), {"version": filed.version, "note": "请核对资金"}
    )
    assert answer.status_code == 409
    assert "请核对资金" in answer.content.decode()
    filed.refresh_from_db()
    assert filed.status == "submitted"


def test_whoever_typed_in_it_finds_the_reason_instead_of_the_button(filed, wang, sign_in):
    filed.figures.update(edited_by=wang)
    browser = sign_in(wang)
    page = browser.get(address("page", filed)).content.decode()
    assert "您填写过本次报送的数据，不能由您审核" in page
    browser.post(address("approve", filed), {"version": filed.version, "note": "x"})
    assert Entry.objects.count() == 0
    assert AuditEntry.objects.filter(act="review-approve", outcome="refused").count() == 1


def test_a_remark_is_kept_beside_its_figure_without_a_decision(filed, money, wang, sign_in):
    figure = filed.figures.get(indicator=money)
    answer = sign_in(wang).post(
        address("comment", filed),
        {"figure": figure.pk, "say": "请附到账凭证"},
        headers={"HX-Request": "true"},
    )
    assert "请附到账凭证" in answer.content.decode()
    assert list(Comment.objects.values_list("figure", "text")) == [(figure.pk, "请附到账凭证")]
    filed.refresh_from_db()
    assert filed.status == "submitted"


def test_an_empty_remark_is_refused_in_words(filed, wang, sign_in):
    browser = sign_in(wang)
    answer = browser.post(address("comment", filed), {"say": ""}, headers={"HX-Request": "true"})
    assert (answer.status_code, "请写明意见内容。" in answer.content.decode()) == (422, True)
    plain = browser.post(address("comment", filed), {"say": ""}, follow=True)
    assert "请写明意见内容。" in plain.content.decode()


def test_a_remark_on_anothers_figure_is_not_found(filed, county_filed, wang, sign_in):
    [county] = county_filed(1)
    posted = {"figure": county.figures.first().pk, "say": "？"}
    assert sign_in(wang).post(address("comment", filed), posted).status_code == 404


def test_the_line_reviewer_passes_it_on_and_the_lead_office_decides(
    city_with_people, june, submission, county_filed, union, wang, sign_in
):
    [county] = county_filed(1)
    county.agency.superior = union
    county.agency.save()
    Submission.objects.filter(pk=county.pk).update(status="line_review")
    above = employ(city_with_people, "he", "何", union, "部长", "line_reviewer")
    browser = sign_in(above)
    assert "条线通过" in browser.get(address("page", county)).content.decode()
    browser.post(address("pass", county), {"version": county.version, "note": "同意上报"})
    county.refresh_from_db()
    assert (county.status, county.line_reviewed_by) == ("submitted", above)
    page = sign_in(wang).get(address("page", county)).content.decode()
    assert "核定" in page
    assert "同意上报" in page


def break_down(submission: Submission, *members: str) -> None:
    """The first figure once more for each breakdown member."""
    for member in members:
        figure = submission.figures.first()
        figure.pk, figure.member = None, member
        figure.save()


def test_the_page_costs_the_same_with_more_figures(
    filed, wang, sign_in, django_assert_num_queries, django_assert_max_num_queries
):
    browser = sign_in(wang)
    break_down(filed, "甲")
    browser.get(address("page", filed))
    # Two of them read the dictionaries of the city, for numbers that stand in names.
    with django_assert_max_num_queries(62) as one:
        browser.get(address("page", filed))
    break_down(filed, "乙", "丙")
    with django_assert_num_queries(len(one.captured_queries)):
        answer = browser.get(address("page", filed))
    rows = [row.name for section in answer.context["sections"] for row in section.rows]
    assert rows[2:] == ["培训农民工（丙）", "培训农民工（乙）", "培训农民工（甲）"]


def test_what_is_not_filed_yet_can_be_read_and_not_decided(submission, wang, sign_in):
    browser = sign_in(wang)
    assert browser.get(address("page", submission)).context["acts"] == []
    browser.post(address("approve", submission), {"version": submission.version, "note": "x"})
    submission.refresh_from_db()
    assert (submission.status, submission.seen_at) == ("draft", None)


def test_the_board_leads_reviewers_to_the_review_page(filed, wang, sign_in):
    page = sign_in(wang).get(reverse("completeness")).content.decode()
    assert f'href="{address("page", filed)}"' in page


def test_the_notice_and_the_agencys_page_lead_a_reviewer_there(filed, wang, li, sign_in):
    assert Notice.objects.get(recipient=wang).link == address("page", filed)
    link = f'href="{address("page", filed)}"'
    assert link in sign_in(wang).get(filed.get_absolute_url()).content.decode()
    assert link not in sign_in(li).get(filed.get_absolute_url()).content.decode()
