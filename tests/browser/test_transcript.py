"""After the event and long after it: the transcript, and a document of before, by the browser."""

# ruff: noqa: F811 - fixtures of the approved month are taken over by name

from tests.browser.test_fill import DOCX
from tests.web.releases.conftest import approved, june, trained  # noqa: F401 - fixtures
from tests.workbooks.test_papers import written
from tracker.releases.compiling import compile_release
from tracker.releases.models import Transcript

NOTES = written(
    "主持人：各位记者朋友，大家好。",
    "市总工会：2026年6月全市培训农民工3321人次。谢谢大家！",
    "晚报记者：请问下一步有何打算？",
    "市总工会：继续按需求开班。",
)


def test_a_speaker_says_another_number_and_the_ledger_stays(
    visit, shot, accessible, approved, city, wu, trained
):
    material = compile_release("发布会实录", city, approved.round.span, by=wu)
    page = visit(wu, material.get_absolute_url())
    page.get_by_role("link", name="会后合成实录").click()
    accessible(page)
    notes = {"name": "速记.docx", "mimeType": DOCX, "buffer": NOTES}
    page.locator("input[type=file]").set_input_files(notes)
    page.get_by_role("button", name="上传并对照").click()
    page.get_by_text("讲“3321人次”，台账为3221人次").wait_for()
    accessible(page)
    shot(page, "notes")
    page.get_by_role("button", name="合成实录").click()
    page.get_by_text("实录已合成").wait_for()
    page.get_by_text("讲“3321人次”，台账为3221人次").wait_for()
    assert Transcript.objects.get().version.release != material
    assert approved.figures.get(indicator=trained).value == 3221


def test_a_document_of_before_shows_what_the_ledger_lacks(
    visit, shot, accessible, approved, city, wang
):
    page = visit(wang, "/releases/")
    page.get_by_role("link", name="核对已发文稿").click()
    accessible(page)
    words = written("六月培训农民工3221人次，慰问医生88人。")
    sent = {"name": "通稿.docx", "mimeType": DOCX, "buffer": words}
    page.locator("input[type=file]").set_input_files(sent)
    page.get_by_label("期间").fill("2026-06")
    page.get_by_role("button", name="上传并核对").click()
    page.get_by_text("台账没有的数，1 个").wait_for()
    accessible(page)
    shot(page, "past-proof")
    with page.expect_download() as taken:
        page.get_by_role("link", name="下载台账缺数").click()
    assert taken.value.suggested_filename == "通稿（台账缺数）.xlsx"
