"""The button that compiles a draft again, and the pages that show what moved."""

import re

import pytest
from django.urls import reverse

from tests.releases.rewording import reword
from tests.web.catalogue.conftest import queries, text
from tracker.ledger.models import Entry
from tracker.releases.issuing import latest
from tracker.releases.recording import document_of
from tracker.review.services import approve, reopen
from tracker.submissions.services import Change, save_figures, sign, submit


@pytest.fixture
def correct(approved, trained, city, li, zhang, wang):
    """correct("3300"): the month goes back, is filed with another number and approved again."""

    def again(value="3300"):
        approved.refresh_from_db()
        opened = reopen(approved, by=wang, version=approved.version, note="数据有误")
        seen = opened.figures.get(indicator=trained).version
        save_figures(opened, [Change(trained.pk, city.pk, value, seen=seen)], by=li)
        opened.refresh_from_db()
        signing = submit(opened, by=li, version=opened.version)
        filed = sign(signing, by=zhang, version=signing.version)
        approve(filed, by=wang, version=filed.version)

    return again


def press(browser, draft):
    draft.refresh_from_db()
    address = reverse("release-recompile", args=[draft.pk])
    return browser.post(address, {"version": draft.version}, follow=True)


def test_after_a_correction_the_button_leads_to_what_changed(draft, correct, wu, sign_in):
    correct()
    browser = sign_in(wu)
    assert "重新汇编</button>" in browser.get(draft.get_absolute_url()).content.decode()
    answer = press(browser, draft)
    page = text(answer)
    assert answer.redirect_chain[-1][0] == reverse("release-compare", args=[draft.pk, 1, 2])
    assert "已重新汇编，以下是第1版至第2版的改动。" in page
    assert "农民工：由“3221人次”改为“3300人次”" in page
    assert '<ins class="figure-change">3300人次</ins>' in answer.content.decode()


def test_the_paper_marks_the_figures_that_moved_until_somebody_saves_it(
    draft, correct, wu, sign_in
):
    correct()
    browser = sign_in(wu)
    press(browser, draft)
    paper = browser.get(draft.get_absolute_url()).content.decode()
    [key] = re.findall(
        r'figure figure-moved" data-fact="(e\d+)" title="原为3221人次">3300人次</button>', paper
    )
    assert int(key[1:]) == Entry.objects.current().get(value=3300).pk
    assert "这一版是第1版重新汇编的结果" in text(browser.get(draft.get_absolute_url()))
    reword(latest(draft), "培训农民工", "组织培训农民工", by=wu)
    after = browser.get(draft.get_absolute_url()).content.decode()
    assert ("figure-moved" in after, "重新汇编的结果" in after) == (False, False)


def test_an_edited_paragraph_is_said_to_be_kept(draft, correct, wu, sign_in):
    reword(latest(draft), "培训农民工", "组织农民工参加培训", by=wu)
    correct()
    browser = sign_in(wu)
    press(browser, draft)
    page = text(browser.get(draft.get_absolute_url()))
    assert "编辑改过的段落和意思没变的句子留用原话" in page
    assert "由“3221人次”改为“3300人次”，在编辑改过的文字里，请核对前后文" in page
    assert "组织农民工参加培训" in page
    assert browser.get(reverse("release-compare", args=[draft.pk, 3, 4])).status_code == 200


def test_without_a_change_the_page_says_so(draft, wu, sign_in):
    page = text(press(sign_in(wu), draft))
    assert "数据没有变动，正文不用重新汇编。" in page
    assert draft.versions.count() == 1


def test_an_older_page_is_told_what_happened_meanwhile(draft, correct, wu, sign_in):
    correct()
    address = reverse("release-recompile", args=[draft.pk])
    browser = sign_in(wu)
    seen = draft.version
    press(browser, draft)
    assert browser.post(address, {"version": seen}).status_code == 409
    assert browser.post(address, {}).status_code == 302
    assert draft.versions.count() == 2


@pytest.mark.parametrize(
    ("who", "status"), [("li", 404), ("sun", 404), ("zheng", 409), ("zhao", 409)]
)
def test_nobody_else_is_offered_it(draft, correct, who, status, sign_in, request):
    correct()
    browser = sign_in(request.getfixturevalue(who))
    answer = browser.post(reverse("release-recompile", args=[draft.pk]), {"version": 1})
    assert (answer.status_code, draft.versions.count()) == (status, 1)
    if status == 409:
        assert "重新汇编</button>" not in browser.get(draft.get_absolute_url()).content.decode()


def test_the_compared_page_costs_the_same_for_one_and_three_moved_figures(
    draft, correct, wu, sign_in
):
    browser = sign_in(wu)
    correct()
    press(browser, draft)
    first = queries(browser, reverse("release-compare", args=[draft.pk, 1, 2]))
    made = latest(draft)
    assert len(made.snapshot["touched"]) >= 1
    correct("3400")
    press(browser, draft)
    assert queries(browser, reverse("release-compare", args=[draft.pk, 2, 3])) == first
    assert document_of(latest(draft)).title
