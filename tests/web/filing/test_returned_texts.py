"""What came back for some things leaves every other text closed; a changed text is marked."""

import pytest
from django.urls import reverse

from accounts.rules import Refused
from tracker.review.models import Comment
from tracker.review.services import Question, approve, return_
from tracker.submissions.models import Narrative, Submission
from tracker.submissions.services import (
    Change,
    confirm_numbers,
    declare_zero,
    remove_narrative,
    save_figures,
    save_narrative,
    sign,
    submit,
)


@pytest.fixture
def texts(submission, trained, li):
    """A practice and a case."""
    home = trained.programme
    return [
        save_narrative(submission, home, kind, words, by=li)
        for kind, words in (("practice", "就近开班。"), ("case", "小王学会了焊接。"))
    ]


@pytest.fixture
def filed(submission, texts, trained, money, city, li, zhang):
    changes = [Change(trained.pk, city.pk, "12"), Change(money.pk, city.pk, "3")]
    save_figures(submission, changes, by=li)
    submission.refresh_from_db()
    row = submit(submission, by=li, version=submission.version)
    return sign(row, by=zhang, version=row.version)


@pytest.fixture
def for_a_figure(filed, trained, wang):
    asked = filed.figures.get(indicator=trained)
    questions = [Question(asked.pk, "evidence", "请附签到表")]
    return return_(filed, by=wang, version=filed.version, questions=questions)


@pytest.fixture
def for_a_text(filed, texts, wang):
    questions = [Question(narrative=texts[0].pk, reason="text", text="写明地点")]
    return return_(filed, by=wang, version=filed.version, questions=questions)


def words_of(text: Narrative) -> dict:
    return {"kind": text.kind, "text": text.text + "改过。", "seen": text.version}


def test_a_return_for_a_figure_leaves_the_texts_closed(for_a_figure, texts, trained, li, sign_in):
    browser = sign_in(li)
    edit = reverse("narrative-edit", args=[for_a_figure.pk, texts[0].pk])
    assert browser.post(edit, words_of(texts[0])).status_code == 409
    assert "这段文字不能修改" in browser.get(edit).content.decode()
    page = browser.get(for_a_figure.get_absolute_url()).content.decode()
    assert "本次没有退回这段文字，不能修改" in page
    assert "添加文字材料" not in page
    assert "空白项零报告" not in page
    assert Narrative.objects.get(pk=texts[0].pk).text == "就近开班。"


@pytest.mark.parametrize("act", ["add", "remove", "numbers", "zero"])
def test_no_other_way_leads_to_what_was_not_asked_about(for_a_figure, texts, trained, li, act):
    row = Submission.objects.get(pk=for_a_figure.pk)
    ways = {
        "add": lambda: save_narrative(row, trained.programme, "next", "再办班。", by=li),
        "remove": lambda: remove_narrative(texts[0], by=li),
        "numbers": lambda: confirm_numbers(texts[0], [], by=li),
        "zero": lambda: declare_zero(row, by=li),
    }
    with pytest.raises(Refused, match="本次只退回了被质询的内容"):
        ways[act]()


def test_a_return_for_a_text_opens_that_text_alone(for_a_text, texts, trained, city, li, sign_in):
    browser = sign_in(li)
    first, second = (reverse("narrative-edit", args=[for_a_text.pk, text.pk]) for text in texts)
    fresh = Narrative.objects.get(pk=texts[0].pk)
    assert browser.post(first, words_of(fresh)).status_code == 302
    assert browser.post(second, words_of(texts[1])).status_code == 409
    change = Change(trained.pk, city.pk, "13", seen=1)
    with pytest.raises(Refused, match="其他数据不能修改"):
        save_figures(Submission.objects.get(pk=for_a_text.pk), [change], by=li)


def test_a_whole_return_opens_everything(filed, texts, wang, li, sign_in):
    row = return_(filed, by=wang, version=filed.version, note="请全部核对")
    edit = reverse("narrative-edit", args=[row.pk, texts[1].pk])
    assert sign_in(li).post(edit, words_of(texts[1])).status_code == 302


def test_the_reviewer_asks_about_a_text_on_the_page_and_sees_what_changed(
    filed, texts, li, zhang, wang, sign_in
):
    prefix = f"t{texts[0].pk}"
    form = {
        "version": filed.version, "ask_text": texts[0].pk,
        f"{prefix}-reason": "text", f"{prefix}-text": "写明地点",
    }  # fmt: skip
    assert sign_in(wang).post(reverse("review-return", args=[filed.pk]), form).status_code == 302
    row = Submission.objects.get(pk=filed.pk)
    assert (row.status, row.moves.last().note) == ("returned", "质询1段文字：写明地点")
    assert Comment.objects.get().narrative == texts[0]
    browser = sign_in(li)
    words = {"kind": "practice", "text": "在历下区就近开班。", "seen": 1}
    browser.post(reverse("narrative-edit", args=[row.pk, texts[0].pk]), words)
    row.refresh_from_db()
    row = submit(row, by=li, version=row.version)
    row = sign(row, by=zhang, version=row.version)
    page = sign_in(wang).get(reverse("review-page", args=[row.pk])).content.decode()
    assert "退回后改过" in page
    assert "<ins>在历下区</ins>就近开班。" in page
    assert page.count("退回后改过") == 1
    queue = sign_in(wang).get(reverse("review-queue")).content.decode()
    assert "改动：提升素质行动的做法" in queue


def test_a_question_without_its_reason_comes_back_with_what_was_typed(filed, texts, wang, sign_in):
    prefix = f"t{texts[0].pk}"
    form = {"version": filed.version, "ask_text": texts[0].pk, f"{prefix}-text": "写明地点"}
    answer = sign_in(wang).post(reverse("review-return", args=[filed.pk]), form)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "请选择质询的原因" in page
    assert 'value="写明地点"' in page


def test_the_reply_is_about_what_was_asked_about(for_a_text, texts, li, sign_in):
    browser = sign_in(li)
    about = browser.get(for_a_text.get_absolute_url()).context["about"]
    assert (about[0].value, about[0].asked) == (f"t{texts[0].pk}", True)
    reply = reverse("submission-comment", args=[for_a_text.pk])
    browser.post(reply, {"figure": about[0].value, "text": "已写明"})
    assert Comment.objects.last().narrative == texts[0]


def test_the_reply_to_a_questioned_figure_is_about_it(for_a_figure, trained, li, sign_in):
    about = sign_in(li).get(for_a_figure.get_absolute_url()).context["about"]
    asked = for_a_figure.figures.get(indicator=trained)
    assert [one.value for one in about[:2]] == [str(asked.pk), ""]


def test_a_text_that_was_asked_about_is_answered_not_removed(for_a_text, texts, li):
    with pytest.raises(Refused, match="有审核意见，不能删除"):
        remove_narrative(Narrative.objects.get(pk=texts[0].pk), by=li)


def test_after_approval_nothing_is_asked_about_any_more(for_a_text, texts, li, zhang, wang):
    row = Submission.objects.get(pk=for_a_text.pk)
    row = submit(row, by=li, version=row.version)
    row = sign(row, by=zhang, version=row.version)
    approve(row, by=wang, version=row.version)
    assert not Narrative.objects.filter(questioned=True).exists()
