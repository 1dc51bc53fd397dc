"""The workbook of a submission by its pages: taken away, sent, previewed, taken or given back marked."""

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditEntry
from tests.submissions.books import filled, said
from tracker.submissions.drafting import Change, save_figures
from tracker.workbooks.models import Upload


def url(name: str, submission, *more) -> str:
    return reverse(f"submission-workbook{name}", args=[submission.pk, *more])


def taken_away(browser, submission) -> bytes:
    answer = browser.get(url("-template", submission))
    return b"".join(answer.streaming_content)


def sent(browser, submission, data: bytes, name="六月.xlsx"):
    """The page of the preview, as the browser is led to it."""
    file = SimpleUploadedFile(name, data)
    return browser.post(url("", submission), {"file": file}, follow=True)


def seen_in(page) -> str:
    return re.search(r'name="seen" value="(\w+)"', page.content.decode())[1]


def test_the_form_leads_to_the_workbook(submission, li, sign_in):
    page = sign_in(li).get(submission.get_absolute_url()).content.decode()
    assert f'href="{url("", submission)}"' in page


def test_the_template_is_a_download_with_a_name_that_says_what_it_is(submission, li, sign_in):
    answer = sign_in(li).get(url("-template", submission))
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).sheetnames == [
        "填报数据", "文字材料", "填表说明",
    ]  # fmt: skip


def test_sent_previewed_with_old_and_new_and_taken(submission, money, li, sign_in):
    browser = sign_in(li)
    change = Change(money.pk, submission.agency.region_id, "1302")
    save_figures(submission, [change], by=li)
    data = filled(taken_away(browser, submission), r2={"本期": 12}, r3={"本期": "1,340"})
    page = sent(browser, submission, data)
    text = page.content.decode()
    assert "新填1项，修改1项，不变0项" in text
    assert '<td class="num quiet">1302</td><td class="num"><b>1,340</b></td>' in text
    assert said(submission) == {"送温暖筹集资金": ("value", 13020000, "")}
    upload = Upload.objects.get()
    answer = browser.post(url("-take", submission, upload.pk), {"seen": seen_in(page)})
    assert (answer.status_code, answer["Location"]) == (302, submission.get_absolute_url())
    assert said(submission) == {
        "培训农民工": ("value", 12, ""),
        "送温暖筹集资金": ("value", 13400000, ""),
    }
    assert AuditEntry.objects.filter(act="submission.workbook", actor=li).count() == 1


def test_taken_twice_is_taken_once(submission, li, sign_in):
    browser = sign_in(li)
    data = filled(taken_away(browser, submission), r2={"本期": 12})
    seen, upload = seen_in(sent(browser, submission, data)), Upload.objects.get()
    first, second = (
        browser.post(url("-take", submission, upload.pk), {"seen": seen}) for _ in range(2)
    )
    assert (first.status_code, second.status_code) == (302, 409)
    assert AuditEntry.objects.filter(act="submission.workbook").count() == 1


def test_errors_come_back_in_the_same_workbook_each_at_its_cell(submission, li, sign_in):
    browser = sign_in(li)
    data = filled(taken_away(browser, submission), r2={"本期": "一些"}, r3={"本期": "12人"})
    page = sent(browser, submission, data)
    text, upload = page.content.decode(), Upload.objects.get()
    assert "有2处错误，一个数也没有写入" in text
    assert "确认写入" not in text
    answer = browser.get(url("-marked", submission, upload.pk))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.sheetnames == ["错误汇总", "填报数据", "文字材料", "填表说明"]
    sheet = book["填报数据"]
    assert {cell.coordinate for row in sheet.rows for cell in row if cell.fill.fgColor.rgb == "FFFFC7CE"} == {
        "K2", "K3",
    }  # fmt: skip
    assert "不是可以识别的数值" in sheet["K2"].comment.text
    assert "单位“人”与本指标的单位“万元”不符" in sheet["K3"].comment.text
    assert sheet["K2"].value == "一些"


def test_a_marked_workbook_put_right_is_taken_as_it_is(submission, li, sign_in):
    browser = sign_in(li)
    sent(browser, submission, filled(taken_away(browser, submission), r2={"本期": "一些"}))
    marked = browser.get(url("-marked", submission, Upload.objects.get().pk))
    again = filled(b"".join(marked.streaming_content), r2={"本期": 15})
    page = sent(browser, submission, again)
    upload = Upload.objects.first()
    browser.post(url("-take", submission, upload.pk), {"seen": seen_in(page)})
    assert said(submission) == {"培训农民工": ("value", 15, "")}


def test_what_changed_after_the_preview_is_previewed_again(submission, trained, li, sign_in):
    browser = sign_in(li)
    page = sent(browser, submission, filled(taken_away(browser, submission), r2={"本期": 12}))
    save_figures(submission, [Change(trained.pk, submission.agency.region_id, "11")], by=li)
    upload = Upload.objects.get()
    answer = browser.post(url("-take", submission, upload.pk), {"seen": seen_in(page)})
    assert answer.status_code == 409
    assert "预览之后填报的数据有了改动" in answer.content.decode()
    assert "下载模板后这一项已改为“11”" in answer.content.decode()
    assert said(submission) == {"培训农民工": ("value", 11, "")}


def test_given_up_it_writes_nothing_and_cannot_be_taken(submission, li, sign_in):
    browser = sign_in(li)
    page = sent(browser, submission, filled(taken_away(browser, submission), r2={"本期": 12}))
    upload = Upload.objects.get()
    browser.post(url("-drop", submission, upload.pk))
    answer = browser.post(url("-take", submission, upload.pk), {"seen": seen_in(page)})
    assert (answer.status_code, submission.figures.count()) == (409, 0)


def test_nobody_else_finds_what_she_sent(submission, li, zhang, sun, wang, sign_in):
    browser = sign_in(li)
    sent(browser, submission, taken_away(browser, submission))
    upload = Upload.objects.get()
    for other in (zhang, sun, wang):
        browser = sign_in(other)
        assert browser.get(url("-preview", submission, upload.pk)).status_code == 404
        assert browser.post(url("-take", submission, upload.pk)).status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("六月.xlsx", b"", "文件是空的"),
        ("六月.docx", b"PK\x03\x04", "只能上传 .xlsx、.xls 或 .et 文件"),
        ("六月.xls", b"<html><table>", "这个文件其实是网页"),
    ],
)
def test_what_is_no_workbook_is_refused_beside_its_field(
    submission, li, sign_in, name, data, words
):
    answer = sent(sign_in(li), submission, data, name)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Upload.objects.count() == 0


def test_once_submitted_it_can_be_neither_taken_away_nor_sent(submission, li, sign_in):
    browser = sign_in(li)
    data = taken_away(browser, submission)
    type(submission).objects.update(status="signing")
    assert "不能再修改" in browser.get(url("", submission)).content.decode()
    assert browser.get(url("-template", submission)).status_code == 409
    assert sent(browser, submission, data).status_code == 409
