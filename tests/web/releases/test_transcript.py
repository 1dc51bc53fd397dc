"""Notes of a press conference by the pages: sent, corrected, made into the transcript."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.workbooks.test_papers import written
from tracker.releases.compiling import compile_release
from tracker.releases.models import Release, Transcript
from tracker.workbooks.models import Upload

NOTES = (
    "主持人：大家好。",
    "市总工会：2026年6月培训农民工3321人次。",
    "晚报记者：有何打算？",
    "市教育局处长李明：再办一批。",
)


@pytest.fixture
def material(approved, city, wang):
    return compile_release("发布会实录", city, approved.round.span, by=wang)


@pytest.fixture
def browser(material, wu, sign_in):
    return sign_in(wu)


def sent(browser, material, data=None, name="速记.docx"):
    address = reverse("release-transcript", args=[material.pk])
    return browser.post(
        address, {"file": SimpleUploadedFile(name, data or written(*NOTES))}, follow=True
    )


def page_of(material):
    return reverse("release-notes", args=[material.pk, Upload.objects.get().pk])


def test_the_release_leads_to_the_transcript(browser, material):
    page = browser.get(material.get_absolute_url()).content.decode()
    assert f'href="{reverse("release-transcript", args=[material.pk])}"' in page


def test_speakers_and_differences_are_shown_before_anything_is_made(browser, material):
    page = sent(browser, material).content.decode()
    assert "口头说的数与台账不一致，1 处" in page
    assert "讲“3321人次”，台账为3221人次" in page
    assert Release.objects.count() == 1


def test_a_choice_is_kept_and_nothing_made_by_looking_again(browser, material):
    sent(browser, material)
    page = browser.post(page_of(material), {"act": "look", "kind-3": "left_out"}).content.decode()
    assert '<option value="left_out" selected>不收录</option>' in page
    assert not Transcript.objects.exists()


def test_the_transcript_is_made_as_chosen(browser, material):
    sent(browser, material)
    answer = browser.post(page_of(material), {"act": "merge", "kind-3": "left_out"}, follow=True)
    page, made = answer.content.decode(), Transcript.objects.get()
    assert "实录已合成" in page
    assert "讲“3321人次”，台账为3221人次" in page
    assert [turn["kind"] for turn in made.turns][-1] == "left_out"
    assert "再办一批" not in page
    assert Upload.objects.get().outcome == {"release": made.version.release_id}


def test_notes_may_be_dropped(browser, material):
    sent(browser, material)
    browser.post(reverse("release-notes-drop", args=[material.pk, Upload.objects.get().pk]))
    assert browser.get(page_of(material)).status_code == 404
    assert not Transcript.objects.exists()


def test_what_cannot_be_read_is_said(browser, material):
    answer = sent(browser, material, b"%PDF", "速记.pdf")
    assert (answer.status_code, "只能上传 .docx 或 .txt" in answer.content.decode()) == (422, True)


def test_a_brief_has_no_transcript(browser, draft):
    page = browser.get(reverse("release-transcript", args=[draft.pk])).content.decode()
    assert "只有发布会的会前材料可以合成实录" in page


def test_notes_are_seen_by_nobody_else(browser, material, wang, sign_in):
    sent(browser, material)
    assert sign_in(wang).get(page_of(material)).status_code == 404


def test_the_transcript_can_be_edited_and_taken_as_a_file(browser, material):
    sent(browser, material)
    browser.post(page_of(material), {"act": "merge"})
    made = Transcript.objects.get().version
    assert browser.get(reverse("release-edit", args=[made.release_id])).status_code == 200
    file = reverse("release-file", args=[made.release_id, made.number, "docx"])
    assert browser.get(file).status_code == 200
