"""Story C, yearbook and correction: final figures only, roundings and limits by their kind, a public text
that is wrong and is followed until every copy is mended, and a line that stays inside."""

from dataclasses import replace

import pytest

from tests import factories
from tests.browser.story import confirm
from tests.browser.test_fill import DOCX
from tests.catalogue.books import book
from tests.ledger.ground import Ground
from tests.releases.kit import text_of
from tests.releases.walking import ready
from tests.workbooks.test_papers import written
from tracker.api.urls import urlpatterns as api
from tracker.catalogue.models import Indicator
from tracker.catalogue.spans import span_of
from tracker.catalogue.targets import set_target
from tracker.catalogue.workbook import carry_out, plan_import
from tracker.documents.tree import Paragraph, Text
from tracker.releases.compiling import compile_release
from tracker.releases.drafting.page import page_of
from tracker.releases.drafting.saving import save
from tracker.releases.issuing import Order, issue
from tracker.releases.models import OutsideCopy, Release, Waiver
from tracker.releases.recording import document_of
from tracker.releases.waivers import ask_waiver, decide_waiver, stops_of
from tracker.submissions.services import prepare

HEAD = ("编码", "条线", "项目", "指标名称", "动词", "计量单位", "小数位", "其中所属", "其中完整")
INDICATORS = [
    ("GH01", "工会", "困难帮扶行动", "送温暖资金", "筹集", "万元", 2, "", ""),
    ("GH02", "工会", "维护权益行动", "劳动争议案件", "", "件", 0, "", ""),
    ("GH03", "工会", "服务网点行动", "服务覆盖村", "", "个", 0, "", ""),
    ("GH04", "工会", "互助保障行动", "互助金", "募集", "万元", 2, "", "是"),
    ("GH05", "工会", "互助保障行动", "东片互助金", "募集", "万元", 2, "GH04", ""),
    ("GH06", "工会", "互助保障行动", "中片互助金", "募集", "万元", 2, "GH04", ""),
    ("GH07", "工会", "互助保障行动", "西片互助金", "募集", "万元", 2, "GH04", ""),
]
TARGETS = [
    ("编码", "区划代码", "年度", "目标值", "类型"),
    ("GH02", "370100", 2020, 320, "不超过"),
    ("GH03", "370100", 2020, 4203, "全覆盖"),
]
TYPED = {
    "筹集送温暖资金，万元": "1423.06", "劳动争议案件，件": "301", "服务覆盖村，个": "4198",
    "募集互助金，万元": "1000.00", "募集东片互助金，万元": "333.33",
    "募集中片互助金，万元": "333.33", "募集西片互助金，万元": "343.33",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def people(transactional_db, city_with_people):
    return city_with_people.people


@pytest.fixture
def ground(people, city_with_people):
    return Ground(city_with_people)


# The yearbook


@pytest.fixture
def annual(people, ground, union):
    """The round of the annual finals; December's quick figure is in the ledger."""
    sheets = {"项目": [("条线", "项目名称"), *dict.fromkeys(row[1:3] for row in INDICATORS)],
              "指标": [HEAD, *INDICATORS], "目标": TARGETS}  # fmt: skip
    carry_out(plan_import(book(sheets), by=people["wang"]), by=people["wang"])
    warmth = Indicator.objects.get(code="GH01")
    ground.number = 1_000_000
    ground.say(
        warmth, "2020-12", 14_182_100, nature="quick", accumulates="cumulative",
        entered="1418.21", entered_unit="万元", decimals=2,
    )  # fmt: skip
    cycle = factories.cycle(union, name="年报", frequency="year", nature="final")
    made = factories.open_round(cycle, span_of("2020"))
    prepare(made)
    return made.submissions.get()


def test_the_yearbook_is_of_annual_finals(visit, shot, accessible, complaints, people, annual):
    complaints.expects(422)
    page = visit(people["li"], f"/submissions/{annual.pk}/")
    three_parts_add_up_within_their_rounding(page, shot)
    signer = visit(people["zhang"], "/signing/")
    signer.get_by_role("link", name="审阅签字").click()
    signer.get_by_role("button", name="签字报送").click()
    signer.get_by_text("已签字。").wait_for()
    lead = visit(people["wang"], f"/review/{annual.pk}/")
    lead.get_by_role("button", name="核定", exact=True).click()
    lead.get_by_text("已核定").first.wait_for()
    the_difference_is_explained(lead, shot, accessible)
    desk = visit(people["wu"], "/releases/compile/?genre=yearbook")
    release = the_volume_is_compiled(desk, shot)
    a_limit_has_no_rate_and_five_villages_are_left(desk, shot, release)


def three_parts_add_up_within_their_rounding(page, shot):
    for label, text in TYPED.items():
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="提交审签").click()
    error = page.locator(".entry-says .field-error")
    error.wait_for()
    assert error.all_inner_texts() == ["各“其中”项合计1009.99万元，与本项不等，请核对。"]
    shot(page, "story-c-parts")
    page.get_by_label("募集西片互助金，万元").fill("333.33")
    page.get_by_text("已自动保存").wait_for()
    row = page.locator("tr", has=page.get_by_label("募集互助金，万元"))
    row.locator("[data-drawer]").click()
    page.locator("#drawer").get_by_label("备注").fill("因四舍五入，各片之和与合计相差0.01万元")
    page.get_by_role("button", name="保存说明").click()
    page.get_by_text("已保存。").wait_for()
    told = page.locator(".entry-says", has_text="可在备注注明“因四舍五入”")
    assert told.count() == 1
    page.get_by_role("button", name="提交审签").click()
    page.get_by_text("已提交审签。").wait_for()


def the_difference_is_explained(page, shot, accessible):
    page.goto("/review/natures/")
    row = page.locator("tbody tr", has_text="送温暖资金")
    shown = row.inner_text()
    assert [word in shown for word in ("1418.21万元", "1423.06万元", "+4.85万元")] == [True] * 3
    row.get_by_label("筹集送温暖资金差异的原因").fill("年终决算补记两笔企业捐款")
    row.get_by_role("button", name="说明").click()
    page.get_by_text("已记录差异的原因。").wait_for()
    assert page.get_by_text("年终决算补记两笔企业捐款").is_visible()
    shot(page, "story-c-natures")
    accessible(page)


def the_volume_is_compiled(page, shot) -> Release:
    for name, words in (("期间", "2020"), ("撰稿人", "吴启明"), ("审核人", "王海燕")):
        page.get_by_label(name).first.fill(words)
    page.get_by_role("button", name="汇编", exact=True).click()
    page.locator("[data-fact]", has_text="1423.06万元").first.wait_for()
    text = page.locator(".sheet").inner_text()
    assert "1418.21" not in text
    assert "劳动争议案件301件，控制在320件的年度目标以内，少19件" in text
    assert ("94.06" in text, "全覆盖" in text) == (False, False)
    shot(page, "story-c-yearbook")
    return Release.objects.get()


def a_limit_has_no_rate_and_five_villages_are_left(page, shot, release):
    page.goto(f"/releases/{release.pk}/edit/")
    page.locator(".ProseMirror .proof-ok").first.wait_for()
    assert page.locator(".finding-stop").all_inner_texts() == []
    line = page.locator(".ProseMirror p", has_text="劳动争议案件").last
    line.click(position={"x": 4, "y": 4})
    page.keyboard.press("Control+End")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    page.keyboard.press("Enter")
    page.keyboard.type("劳动争议案件301件，完成年度目标的94.06%。服务覆盖村实现全覆盖。")
    limit = page.locator(".finding-stop", has_text="应写控制在320件以内、少19件")
    limit.wait_for()
    page.locator(".finding-stop", has_text="还差5个，不能写全覆盖").wait_for()
    shot(page, "story-c-refused")


# A public text


@pytest.fixture
def published(people, ground, city, li):
    """A release that said of 275 people what belongs to 219: let pass by a second person, and issued."""
    students = factories.indicator(li, "困难学生", unit_name="人", verb="帮扶", must_say=True)
    disabled = factories.indicator(li, "残疾学生", unit_name="人", verb="资助", must_say=True)
    ground.say(students, "2020", 275)
    ground.say(disabled, "2020", 219)
    draft = compile_release("通稿", city, span_of("2020"), by=people["wu"], settings={
        "日期": "2021年1月15日", "主题": "助学有成", "联系人": "吴启明",
    })  # fmt: skip
    version = draft.versions.get()
    page = with_a_line(version, "帮扶困难学生275人，完成年度任务的811%。")
    version = save(version, page, by=people["wu"])
    for stop in stops_of(version):
        waiver = ask_waiver(version, stop.digest, "据处室口头通报", by=people["wu"])
        decide_waiver(waiver, by=people["wang"], grants=True, answer="同意")
    assert Waiver.objects.count() == 1
    draft = ready(draft, people)
    out = issue(draft, by=people["zheng"], version=draft.version, order=Order())
    set_target(disabled, city, 2020, value=27, by=people["wang"], basis="年度计划")
    return out


def with_a_line(version, words: str):
    """The page of the version with one more paragraph at its end."""
    document = document_of(version)
    last = document.sections[-1]
    more = replace(last, blocks=(*last.blocks, Paragraph((Text(words),))))
    return page_of(replace(document, sections=(*document.sections[:-1], more)))


COPIES = (("市政府网站", "信息中心"), ("济南日报", "总编室"), ("“泉城工会”公众号", "宣传部"))


def test_a_wrong_public_text_is_corrected_and_followed(
    visit, shot, accessible, complaints, people, published
):
    desk = visit(people["wu"], "/releases/past/")
    the_proof_finds_whose_rate_it_is(desk, shot, published)
    desk.goto(f"{published.get_absolute_url()}corrections/")
    for place, by in COPIES:
        desk.locator("summary", has_text="登记外部刊载").click()
        desk.get_by_label("刊载处").fill(place)
        desk.get_by_label("刊载单位或人员").fill(by)
        desk.get_by_role("button", name="登记", exact=True).click()
        desk.get_by_role("row", name=place).wait_for()
    desk.get_by_role("button", name="起草更正稿").click()
    desk.get_by_text("已起草更正稿").first.wait_for()
    made = Release.objects.get(corrects=published)
    the_words_are_put_right(desk, shot, made)
    the_same_issuer_signs(visit, shot, people, published, made)
    desk.goto(f"{made.get_absolute_url()}corrections/")
    for place, _ in COPIES:
        desk.locator("summary", has_text=f"更新{place}的状态").click()
        row = desk.get_by_role("row", name=place)
        row.get_by_label("状态", exact=True).select_option("已更正")
        row.get_by_label("说明", exact=True).fill("已换稿")
        row.get_by_role("button", name="保存").click()
        desk.get_by_role("row", name=place).get_by_text("已更正").first.wait_for()
    assert list(OutsideCopy.objects.values_list("state", flat=True)) == ["corrected"] * 3
    shot(desk, "story-c-copies")
    accessible(desk)


def the_proof_finds_whose_rate_it_is(page, shot, published):
    said = text_of(document_of(published.versions.last())).split("\n")
    file = {"name": "通稿.docx", "mimeType": DOCX, "buffer": written(*said)}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_label("期间").fill("2020")
    page.get_by_role("button", name="上传并核对").click()
    page.get_by_text("811%是“资助残疾学生”219人的完成率，基数不同。").first.wait_for()
    shot(page, "story-c-proof")


def the_words_are_put_right(page, shot, made):
    page.goto(f"/releases/{made.pk}/edit/")
    page.locator(".finding-stop", has_text="811%").wait_for()
    page.locator(".ProseMirror p", has_text="811%").click(click_count=3)
    page.keyboard.type("资助残疾学生219人，完成年度任务的811%。")
    page.locator(".finding-stop", has_text="811%").wait_for(state="detached")
    page.keyboard.press("Control+s")
    page.locator("#editor-state", has_text="已保存为第2版。").wait_for()
    page.goto(f"{made.get_absolute_url()}corrections/")
    note = page.get_by_label("更正说明")
    words = note.input_value().replace(
        "部分内容有误", "“完成年度任务的811%”应为资助残疾学生的完成情况"
    )
    note.fill(words)
    page.get_by_role("button", name="保存", exact=True).first.click()
    page.get_by_text("更正说明已保存。").wait_for()
    shot(page, "story-c-note")


def the_same_issuer_signs(visit, shot, people, published, made):
    made = ready(Release.objects.get(pk=made.pk), people)
    page = visit(people["zheng"], made.get_absolute_url())
    confirm(page, "签发")
    page.get_by_text("已签发，正文、数据和文件已冻结。").wait_for()
    sheet = page.locator(".sheet").inner_text()
    assert "应为资助残疾学生的完成情况" in sheet
    made.refresh_from_db()
    assert (made.issued_by, made.corrects.issued_by) == (people["zheng"], people["zheng"])
    shot(page, "story-c-corrected")
    page.goto(published.get_absolute_url())
    page.get_by_text("已由更正稿替代").wait_for()


# A line that stays inside

LAGGING = "平阴县进度滞后，须在月底前补齐。"


@pytest.fixture
def weekly(people, ground, city, union, li):
    """The internal weekly, issued to the union alone."""
    trained = factories.indicator(li, "农民工", verb="培训", must_say=True)
    ground.say(trained, "2021-03", 3221)
    ground.post_texts(ground.text(trained.programme, "2021-03", LAGGING, kind="problem"))
    settings = {"主题": "重点工作", "日期": "2021年4月2日", "报": "市领导", "期号": "3"}
    draft = compile_release("周报", city, span_of("2021-03"), by=people["wu"], settings=settings)
    draft = ready(draft, people)
    order = Order(number=3, readers=[union])
    return issue(draft, by=people["zheng"], version=draft.version, order=order)


def test_a_line_of_an_internal_weekly_stays_inside(visit, complaints, people, weekly):
    for status in (401, 403, 404):
        complaints.expects(status)
    reader = visit(people["li"], weekly.get_absolute_url())
    assert LAGGING in reader.locator(".sheet").inner_text()
    release = weekly.get_absolute_url()
    everywhere = [
        "/", "/releases/", release, f"{release}versions/1/files/docx/", "/figures/?q=平阴县",
        "/figures/?q=进度滞后", "/jump/?q=平阴县", "/jump/?q=进展情况", "/notices/", "/feed/", "/rss/",
        *(f"/api/v1/{one.pattern}" for one in api if "<" not in str(one.pattern)),
        f"/api/v1{release}",
    ]  # fmt: skip
    assert len(everywhere) > 15
    for user in (None, people["sun"]):
        page = visit(user, "/")
        told = {url: page.request.get(url).body() for url in everywhere}
        assert [url for url, body in told.items() if "须在月底前补齐".encode() in body] == []
        assert [url for url, body in told.items() if weekly.title.encode() in body] == []
