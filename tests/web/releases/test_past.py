"""A published document by its pages."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.workbooks.test_papers import written
from tracker.workbooks.models import Upload

WORDS = "六月培训农民工3221人次，另慰问医生<b>88人</b>。"


def sent(browser, city, **changed):
    file = SimpleUploadedFile("通稿.docx", written(WORDS))
    posted = {"file": file, "region": city.pk, "period": "2026-06"} | changed
    return browser.post(reverse("past-list"), posted, follow=True)


@pytest.fixture
def browser(approved, wang, sign_in):
    return sign_in(wang)


def test_the_list_of_documents_leads_there(browser):
    assert f'href="{reverse("past-list")}"' in browser.get(reverse("release-list")).content.decode()


def test_a_document_is_sent_and_proved(browser, city):
    page = sent(browser, city).content.decode()
    assert "台账没有的数，1 个" in page
    assert "与台账一致的数，1 个" in page
    assert "另慰问医生&lt;b&gt;<mark>88人</mark>&lt;/b&gt;。" in page


def test_what_is_lacking_is_a_download(browser, city):
    sent(browser, city)
    answer = browser.get(reverse("past-lacking", args=[Upload.objects.get().pk]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert [row[1] for row in book["台账没有的数"].values] == ["文中的数", "88人"]
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_removed_document_is_gone(browser, city):
    sent(browser, city)
    pk = Upload.objects.get().pk
    assert "已移除" in browser.post(reverse("past-drop", args=[pk]), follow=True).content.decode()
    assert browser.get(reverse("past-proof", args=[pk])).status_code == 404


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"period": "六月"}, "不是期间"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF")}, "只能上传 .docx 或 .txt"),
    ],
)
def test_what_cannot_be_proved_is_said(browser, city, changed, words):
    answer = sent(browser, city, **changed)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)


def test_a_document_is_seen_by_nobody_else(browser, city, wu, li, sign_in):
    sent(browser, city)
    address = reverse("past-proof", args=[Upload.objects.get().pk])
    assert [sign_in(one).get(address).status_code for one in (wu, li)] == [404, 404]
