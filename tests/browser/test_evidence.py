"""Files behind figures and workbooks in a real browser: dropped, told about, sent one by one, shown."""

# ruff: noqa: F811 - fixtures of the desk are taken over by name

import io

import pytest
from PIL import Image

from tests.browser.conftest import PHONE
from tests.submissions.books import template
from tests.web.filing.conftest import june, money, submission, trained  # noqa: F401 - fixtures

DROP = """([zone, files]) => {
  const data = new DataTransfer();
  for (const [name, bytes] of files) data.items.add(new File([new Uint8Array(bytes)], name));
  zone.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "green").save(out, "PNG")
    return out.getvalue()


def test_files_are_dropped_told_about_and_sent_each_with_its_words(
    visit, accessible, shot, submission, li
):
    page = visit(li, f"{submission.get_absolute_url()}evidence/")
    files = [["签到表.pdf", list(b"%PDF-1.4 x")], ["现场.png", list(picture())], ["图.svg", [60]]]
    page.evaluate(DROP, [page.locator(".dropzone").element_handle(), files])
    queue = page.locator("[data-queue] li")
    assert queue.count() == 3
    assert "不接受“.svg”文件" in queue.nth(2).inner_text()
    queue.nth(1).locator("input").fill("6月培训现场")
    accessible(page)
    page.get_by_role("button", name="上传", exact=True).click()
    queue.nth(1).get_by_text("已上传").wait_for()
    bars = queue.locator("progress").evaluate_all("bars => bars.map(bar => bar.value)")
    assert bars == [100, 100, 0]
    assert list(submission.evidence.values_list("name", "caption")) == [
        ("签到表.pdf", ""), ("现场.png", "6月培训现场"),
    ]  # fmt: skip
    page = visit(li, f"{submission.get_absolute_url()}evidence/")
    page.locator(".evidence-face img").wait_for()
    assert page.locator(".evidence-face img").evaluate("i => i.complete && i.naturalWidth") == 240
    accessible(page)
    shot(page, "evidence")


def test_the_page_of_files_fits_a_phone(visit, accessible, submission, li):
    page = visit(li, f"{submission.get_absolute_url()}evidence/", size=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    accessible(page)


def test_a_workbook_is_sent_previewed_and_taken(visit, accessible, shot, submission, li, tmp_path):
    page = visit(li, submission.get_absolute_url())
    page.get_by_role("link", name="表格填报").click()
    accessible(page)
    file = tmp_path / "六月.xlsx"
    file.write_bytes(template(submission, li, r2={"本期": 943}, r3={"本期": "1302"}))
    page.locator("input[type=file]").set_input_files(str(file))
    page.get_by_role("button", name="上传并预览").click()
    page.get_by_text("新填2项").wait_for()
    accessible(page)
    shot(page, "workbook-preview")
    page.get_by_role("button", name="确认写入").click()
    page.get_by_text("已按预览写入2项数据").wait_for()
    assert {one.value for one in submission.figures.all()} == {943, 13020000}
