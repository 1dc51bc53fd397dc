"""The agencies' desk, as the people use it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tracker.submissions.models import Submission
from tracker.submissions.services import attach, confirm_numbers, save_narrative


def typed(submission, **fields) -> dict:
    """What the browser posts: each field with what the form showed."""
    posted = {"act": fields.pop("act", "save")}
    for key, text in fields.items():
        posted |= {f"{key}-text": text, f"{key}-said": "value", f"{key}-seen": "0"}
    return posted


@pytest.fixture
def keys(trained, money, city):
    return {"trained": f"f{trained.pk}-{city.pk}", "money": f"f{money.pk}-{city.pk}"}


def post(browser, submission, keys, trained="", money="", **more):
    data = typed(submission, **{keys["trained"]: trained, keys["money"]: money}) | more
    return browser.post(reverse("submission-save", args=[submission.pk]), data)


def test_the_desk_says_what_is_owed_and_how_far_it_is(submission, li, sign_in):
    answer = sign_in(li).get(reverse("submission-desk"))
    assert [row.submission for row in answer.context["owed"]] == [submission]
    assert answer.context["owed"][0].progress.owed == 2
    assert "开始填报" in answer.content.decode()


def test_an_empty_desk_tells_what_to_wait_for(sun, sign_in):
    answer = sign_in(sun).get(reverse("submission-desk"))
    assert "目前没有待填报的任务" in answer.content.decode()


def test_what_is_typed_is_saved_and_shown_as_it_was_typed(submission, keys, li, sign_in):
    browser = sign_in(li)
    assert post(browser, submission, keys, "7000多", "1302").status_code == 302
    page = browser.get(submission.get_absolute_url()).content.decode()
    assert 'value="7000多"' in page
    assert 'value="1302"' in page


def test_a_field_that_is_no_number_keeps_everything_typed_and_saves_nothing(
    submission, keys, li, sign_in
):
    answer = post(sign_in(li), submission, keys, "12", "一些")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="一些"' in page
    assert 'value="12"' in page
    assert "“一些”不是可以识别的数值" in page
    assert submission.figures.count() == 0


def test_a_stale_form_shows_the_colleagues_figure_and_overwrites_nothing(
    submission, keys, li, sign_in
):
    browser = sign_in(li)
    post(browser, submission, keys, "10")
    answer = post(browser, submission, keys, "20")
    assert answer.status_code == 422
    assert "同事刚保存为：10人次" in answer.content.decode()
    assert submission.figures.get().value == 10


def test_submitting_with_a_blank_required_field_says_so_beside_it_and_keeps_the_rest(
    submission, keys, li, sign_in
):
    answer = post(sign_in(li), submission, keys, "12", act="submit")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "必填。没有发生请填“零报告”" in page
    assert submission.figures.get().value == 12


def test_from_typing_to_the_lead_office_through_the_pages(submission, keys, li, zhang, sign_in):
    post(sign_in(li), submission, keys, "12", "3", act="submit")
    submission.refresh_from_db()
    assert submission.status == "signing"
    browser = sign_in(zhang)
    queue = browser.get(reverse("signing-queue"))
    assert list(queue.context["waiting"]) == [submission]
    browser.post(reverse("submission-sign", args=[submission.pk]), {"version": submission.version})
    submission.refresh_from_db()
    assert submission.status == "submitted"
    sign_in(li).post(
        reverse("submission-withdraw", args=[submission.pk]), {"version": submission.version}
    )
    submission.refresh_from_db()
    assert submission.status == "draft"


def test_a_signer_sends_back_only_with_a_reason(submission, keys, li, zhang, sign_in):
    post(sign_in(li), submission, keys, "12", "3", act="submit")
    submission.refresh_from_db()
    browser, address = sign_in(zhang), reverse("submission-send-back", args=[submission.pk])
    browser.post(address, {"version": submission.version, "note": ""})
    submission.refresh_from_db()
    assert submission.status == "signing"
    browser.post(address, {"version": submission.version, "note": "请核对资金"})
    submission.refresh_from_db()
    assert submission.status == "returned"
    assert "请核对资金" in sign_in(li).get(reverse("submission-desk")).content.decode()


def test_a_paper_signature_is_recorded_with_its_scan(submission, keys, li, sign_in):
    browser = sign_in(li)
    post(browser, submission, keys, "12", "3", act="submit")
    submission.refresh_from_db()
    scan = SimpleUploadedFile("签字页.pdf", b"%PDF-1.7")
    browser.post(
        reverse("submission-paper", args=[submission.pk]),
        {"version": submission.version, "signer_name": "何主席", "scan": scan},
    )
    page = browser.get(submission.get_absolute_url()).content.decode()
    assert "何主席" in page
    assert "纸质签字，李登记" in page


def test_a_zero_report_of_one_programme_fills_its_blanks(submission, trained, li, sign_in):
    address = reverse("submission-zero", args=[submission.pk])
    sign_in(li).post(address, {"programme": trained.programme_id})
    assert set(submission.figures.values_list("kind", flat=True)) == {"zero"}


def test_a_text_is_written_and_its_numbers_confirmed(submission, trained, li, sign_in):
    browser = sign_in(li)
    address = reverse("narrative-add", args=[submission.pk, trained.programme_id])
    browser.post(address, {"kind": "practice", "text": "走访困难职工320户。", "seen": 0})
    text = submission.narratives.get()
    assert "320户 待确认" in browser.get(submission.get_absolute_url()).content.decode()
    numbers = reverse("narrative-numbers", args=[submission.pk, text.pk])
    browser.post(numbers, {"start": ["6"]})
    assert text.figures.get().raw == "320户"


def test_an_answer_without_its_question_is_refused_and_kept(submission, trained, li, sign_in):
    address = reverse("narrative-add", args=[submission.pk, trained.programme_id])
    answer = sign_in(li).post(address, {"kind": "answer", "text": "我们将继续努力。", "seen": 0})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "类型为“问答”时请填写问题。" in page
    assert "我们将继续努力。" in page


def test_evidence_goes_to_those_who_may_see_it_and_to_nobody_else(
    submission, li, wang, sun, sign_in
):
    row = attach(submission, SimpleUploadedFile("签到表.pdf", b"%PDF-1.7 x"), by=li)
    address = reverse("evidence-download", args=[submission.pk, row.pk])
    given = sign_in(wang).get(address)
    assert b"".join(given.streaming_content) == b"%PDF-1.7 x"
    assert given["X-Content-Type-Options"] == "nosniff"
    assert given["Content-Disposition"].startswith("attachment")
    assert sign_in(sun).get(address).status_code == 404


def test_a_file_that_is_not_what_it_says_is_refused_in_words(submission, li, sign_in):
    browser = sign_in(li)
    fake = SimpleUploadedFile("表.xlsx", b"<html>")
    address = reverse("evidence-add", args=[submission.pk])
    answer = browser.post(address, {"file": fake}, follow=True)
    assert "文件内容与扩展名“.xlsx”不符" in answer.content.decode()
    assert submission.evidence.count() == 0


@pytest.mark.parametrize("who", ["sun", "qian", "zhou"])
def test_a_stranger_finds_nothing_there(submission, who, sign_in, request):
    browser = sign_in(request.getfixturevalue(who))
    for name in ("submission", "submission-print"):
        assert browser.get(reverse(name, args=[submission.pk])).status_code == 404


def test_the_board_names_who_has_not_filed(submission, wang, sign_in):
    answer = sign_in(wang).get(reverse("completeness"))
    assert [row.submission for row in answer.context["missing"]] == [submission]
    assert "尚未报送的单位：济南市总工会" in answer.content.decode()


def test_the_printed_report_has_its_head_and_foot(submission, li, sign_in):
    page = sign_in(li).get(reverse("submission-print", args=[submission.pk])).content.decode()
    assert "填报单位：济南市总工会（盖章）" in page
    assert "单位负责人" in page


def test_a_text_somebody_else_changed_is_shown_beside_mine(submission, trained, li, sign_in):
    text = save_narrative(submission, trained.programme, "practice", "甲。", by=li)
    save_narrative(submission, trained.programme, "practice", "乙。", by=li, narrative=text, seen=1)
    address = reverse("narrative-edit", args=[submission.pk, text.pk])
    answer = sign_in(li).post(address, {"kind": "practice", "text": "丙。", "seen": 1})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“乙。”" in page
    assert "丙。" in page


def test_confirmed_numbers_survive_a_save_of_figures(submission, keys, trained, li, sign_in):
    text = save_narrative(submission, trained.programme, "practice", "走访320户。", by=li)
    confirm_numbers(text, [2], by=li)
    post(sign_in(li), submission, keys, "12")
    assert text.figures.count() == 1
    assert Submission.objects.get().figures.count() == 1


def test_the_agency_answers_a_question_and_a_stranger_may_not(submission, keys, li, sun, sign_in):
    address = reverse("submission-comment", args=[submission.pk])
    browser = sign_in(li)
    browser.post(address, {"text": "签到表已补传"})
    assert submission.comments.get().text == "签到表已补传"
    assert browser.post(address, {"text": " "}).status_code == 302
    assert submission.comments.count() == 1
    assert sign_in(sun).post(address, {"text": "路过"}).status_code == 404
