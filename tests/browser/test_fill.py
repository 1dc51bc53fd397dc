"""The report that is already written, by the browser: proposed, one slip mended, confirmed in all."""

# ruff: noqa: F811 - fixtures of the form are taken over by name

from tests.ledger.ground import Ground
from tests.web.filing.conftest import june, money, submission, trained  # noqa: F401 - fixtures
from tests.workbooks.test_papers import written

REPORT = written(
    "一、主要工作",
    "六月共培训农民工7000多人次，比原计划提前十天完成。",
    "送温暖活动筹集资金1302元，大桥村用其中40万元修了路。",
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_a_talk_fills_the_form_and_a_lost_wan_is_stopped(
    visit, shot, accessible, city_with_people, submission, money, trained, li
):
    Ground(city_with_people).say(money, "2026-05", 11_800_000, entered="1180", entered_unit="万元")
    page = visit(li, f"/submissions/{submission.pk}/")
    page.get_by_role("link", name="从报告填数").click()
    talk = {"name": "发布词.docx", "mimeType": DOCX, "buffer": REPORT}
    page.locator("input[type=file]").set_input_files(talk)
    page.get_by_role("button", name="上传并识别").click()
    page.get_by_text("对上指标、等待确认 2 个（没有疑问 1 个）").wait_for()
    page.get_by_text("上期是1180万元，这里是1302元，可能漏写了“万”。").wait_for()
    accessible(page)
    shot(page, "fill-from-report")
    assert page.get_by_label("采用7000多人次").is_checked()
    assert not page.get_by_label("采用1302元").is_checked()
    page.get_by_label("采用1302元").check()
    page.get_by_label("1302元填入的数").fill("1302万元")
    page.get_by_label("收入项目").last.select_option(label="提升素质行动")
    page.get_by_role("button", name="采用勾选的").click()
    page.get_by_text("已填入2项数据、1个项目的文字").wait_for()
    said = {one.indicator: (one.value, one.qualifier) for one in submission.figures.all()}
    assert said == {trained: (7000, "多"), money: (13_020_000, "")}
    assert [one.raw for one in submission.narratives.get().figures.all()] == ["1302元", "40万元"]
