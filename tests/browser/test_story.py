"""The whole story in the browser: each person in turn, from an empty form to a file in another's hands."""

import docx
import pytest

from accounts.models import User
from tests.browser.conftest import PHONE
from tests.browser.story import confirm, do_jobs, fill_by_keyboard
from tracker.catalogue.models import Indicator
from tracker.demo import founding, months, press
from tracker.demo.tables import city as conference
from tracker.releases.chain import acts
from tracker.releases.models import Release
from tracker.review.services import approve
from tracker.submissions.models import Submission
from tracker.submissions.reminding import open_submissions

UNION = "济南市总工会"
TEXT = "组织律师免费代理劳动争议案件，先后为32名农民工讨回拖欠的工资。"


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def people(transactional_db):
    """The demonstration city on the eve of a press conference: all have filed but the union."""
    reviewer = founding.found()["reviewer"]
    months.run(reviewer)
    round_ = press.ask(reviewer)
    press.plan_conference(round_.cycle, by=reviewer)
    open_submissions(round_)
    for agency in conference()["agency"]:
        if agency["name"] != UNION:
            theirs = Submission.objects.get(round=round_, agency__name=agency["name"])
            press.file(theirs, agency["line"])
            approve(theirs, by=reviewer, version=press.submission_version(theirs))
    do_jobs()
    return {user.username: user for user in User.objects.all()}


@pytest.fixture
def submission(people) -> Submission:
    return Submission.objects.get(round__cycle__name=press.NAME, agency__name=UNION)


def values() -> dict[str, str]:
    """What the union reports: label of the indicator -> as it is typed."""
    typed = {
        figure["code"]: figure["value"]
        for programme in conference()["programme"]
        for figure in programme["figures"]
    }
    own = Indicator.objects.filter(line__name="工会", code__in=typed)
    return {indicator.label: typed[indicator.code] for indicator in own}


def test_a_figure_goes_from_the_form_to_another_agencys_word_file(
    visit, shot, complaints, accessible, people, submission, tmp_path
):
    complaints.expects(422)
    the_reporter_is_stopped_and_mends(visit(people["gonghui"]), shot, accessible)
    the_reporter_writes_a_text_and_submits(
        visit(people["gonghui"], f"/submissions/{submission.pk}/"), shot
    )
    the_signer_signs(visit(people["gonghui-qian"]), shot, accessible, "first")
    the_reviewer_questions(visit(people["zhuguan"]), shot, submission)
    the_reporter_answers(visit(people["gonghui"]), shot)
    the_signer_signs(visit(people["gonghui-qian"]), shot, accessible, "again")
    the_reviewer_approves(visit(people["zhuguan"], f"/review/{submission.pk}/"), shot)
    assert "compile-if-complete" in do_jobs()
    release = Release.objects.get(genre="press_conference")
    the_editor_looks_and_corrects(visit(people["bianji"]), shot, accessible, release)
    the_text_is_read(visit(people["zhuguan"], f"/releases/{release.pk}/"), shot)
    the_agencies_countersign(visit(people["gonghui-qian"], "/countersigns/"), shot, release)
    the_text_is_cleared(visit(people["zhuguan"], f"/releases/{release.pk}/"), shot, accessible)
    the_issuer_issues(visit(people["qianfa"], f"/releases/{release.pk}/"), shot, accessible)
    text = another_agency_downloads(visit(people["tuanwei"]), shot, release, tmp_path / "got.docx")
    # In the talk or, where it does not bear all that must be said, in its annexed table.
    assert "1302万元" in text
    assert "感谢各位媒体朋友一直以来的关心！" in text
    assert "32名农民工" in text


def the_reporter_is_stopped_and_mends(page, shot, accessible):
    """A part that is larger than its whole does not get through, and nothing typed is lost."""
    shot(page, "desk")
    page.get_by_role("row", name=press.NAME).get_by_role("link", name="开始填报").click()
    fill_by_keyboard(page, values() | {"选树省级“农民工之星”": "180"})
    page.get_by_role("button", name="提交审签").click()
    page.locator(".field-error").first.wait_for()
    [error] = page.locator(".entry-says .field-error").all_inner_texts()
    assert "市级农民工之星" in error
    field = page.get_by_label("选树省级“农民工之星”，人")
    assert field.input_value() == "180"
    field.scroll_into_view_if_needed()
    shot(page, "entry-stopped")
    accessible(page)
    field.fill("18")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("已保存。").wait_for()
    assert page.locator(".field-error").count() == 0
    shot(page, "entry")


def the_reporter_writes_a_text_and_submits(page, shot):
    """Its number is confirmed; without that the text would not be taken."""
    card = page.locator("section.card", has=page.get_by_role("heading", name="维护权益行动"))
    card.get_by_role("link", name="添加文字材料").click()
    page.get_by_label("文字必填").fill(TEXT)
    shot(page, "narrative")
    page.get_by_role("button", name="保存", exact=True).click()
    card = page.locator("section.card", has=page.get_by_role("heading", name="维护权益行动"))
    card.get_by_text("32名 待确认").wait_for()
    card.scroll_into_view_if_needed()
    shot(page, "narrative-number")
    card.get_by_role("button", name="确认文中数字").click()
    page.get_by_text("32名 已确认").wait_for()
    page.get_by_role("button", name="提交审签").click()
    page.get_by_text("已提交审签。").wait_for()
    shot(page, "submitted")


def the_signer_signs(page, shot, accessible, time):
    shot(page, f"signing-{time}")
    page.get_by_role("link", name="审阅签字").click()
    shot(page, "sign")
    accessible(page)
    page.get_by_role("button", name="签字报送").click()
    page.get_by_text("已签字。").wait_for()


def the_reviewer_questions(page, shot, submission):
    shot(page, "review-queue")
    page.goto(f"/review/{submission.pk}/")
    row = page.locator("tbody.review-row", has_text="经济损失")
    row.get_by_role("checkbox").check()
    row.get_by_label("质询原因").select_option("缺佐证")
    row.get_by_label("质询说明").fill("请与法律援助案件台账核对后再报。")
    row.scroll_into_view_if_needed()
    shot(page, "review-question")
    page.get_by_role("button", name="退回（1项）").click()
    page.get_by_text("已退回").first.wait_for()


def the_reporter_answers(page, shot):
    assert page.get_by_role("heading", name="退回待改").is_visible()
    shot(page, "desk-returned")
    page.get_by_role("row", name=press.NAME).get_by_role("link", name="去修改").click()
    asked = page.locator("tr.row-asked")
    assert asked.count() == 1
    asked.scroll_into_view_if_needed()
    shot(page, "entry-returned")
    asked.locator("input[name$='-text']").fill("1302")
    page.get_by_text("已自动保存").wait_for()
    asked.locator("[data-drawer]").click()
    page.locator("#drawer").get_by_label("备注").fill("已与案件台账核对。")
    page.get_by_role("button", name="保存说明").click()
    page.get_by_text("已保存。").wait_for()
    page.get_by_role("button", name="提交审签").click()
    page.get_by_text("已提交审签。").wait_for()


def the_reviewer_approves(page, shot):
    page.get_by_label("意见", exact=True).fill("已核对，同意。")
    shot(page, "review-approve")
    page.get_by_role("button", name="核定", exact=True).click()
    page.get_by_text("已核定").first.wait_for()


def the_editor_looks_and_corrects(page, shot, accessible, release):
    """A click on a figure tells who reported and who approved it; words change, a number without a source is found."""
    shot(page, "releases")
    page.get_by_role("link", name=release.title).click()
    shot(page, "release")
    page.locator("[data-fact]", has_text="1302万元").first.click()
    origin = page.locator("#origin")
    origin.get_by_text("李思源").wait_for()
    told = origin.inner_text()
    assert [word in told for word in ("经济损失", "1302", UNION[3:], "张国栋", "王海燕")] == [
        True
    ] * 5
    page.locator("[data-fact]", has_text="1302万元").first.scroll_into_view_if_needed()
    shot(page, "origin")
    accessible(page)
    page.get_by_role("link", name="逐个溯源").click()
    shot(page, "provenance")
    page.goto(f"/releases/{release.pk}/edit/")
    thanks = page.locator(".ProseMirror p", has_text="感谢媒体朋友们！")
    said = thanks.inner_text().replace("感谢媒体朋友们！", "感谢各位媒体朋友一直以来的关心！")
    thanks.click(click_count=3)
    page.keyboard.type(f"{said}共99家。")
    page.locator(".finding-stop", has_text="99家").wait_for()
    shot(page, "edit-refused")
    page.locator(".ProseMirror p", has_text="共99家。").click(click_count=3)
    page.keyboard.type(said)
    page.locator(".finding-stop", has_text="99家").wait_for(state="detached")
    what_is_open_is_filled(page)
    shot(page, "edit")
    page.get_by_role("button", name="保存为新的一版").click()
    page.locator("#editor-state", has_text="已保存为第2版。").wait_for()
    page.goto(f"/releases/{release.pk}/")
    assert page.get_by_role("heading", name="第2版").is_visible()


def what_is_open_is_filled(page):
    """Each open slot is pointed at: a click selects it, what is typed takes its place."""
    slots = page.locator(".finding-stop", has_text="【待补")
    for left in range(slots.count(), 0, -1):
        slots.first.locator(".finding-jump").click()
        page.keyboard.type("继续做好各项服务工作")
        page.wait_for_function(
            """left => [...document.querySelectorAll(".finding-stop")]
                .filter(one => one.textContent.includes("【待补")).length < left""",
            arg=left,
        )


def the_text_is_read(page, shot):
    page.get_by_label("意见", exact=True).first.fill("文字通顺，数字已核。")
    shot(page, "chain-reading")
    page.get_by_role("button", name="同意", exact=True).click()
    page.get_by_text("已办理核稿。").wait_for()
    page.get_by_role("button", name="发送会签").click()
    page.get_by_text("已发送4个单位会签。").wait_for()


def the_agencies_countersign(page, shot, release):
    """The union on the page, where it sees its own part only; the others say yes as well."""
    page.get_by_role("link", name=release.title).click()
    shown = page.locator("main").inner_text()
    assert ("1302万元" in shown, "52036" in shown) == (True, False)
    shot(page, "chain-countersign")
    page.get_by_role("button", name="同意", exact=True).click()
    page.get_by_text("已会签。").wait_for()
    for row in release.countersigns.exclude(agency__name=UNION):
        acts.answer(row, by=holder(row.agency), agrees=True)


def holder(agency) -> User:
    return User.objects.get(appointments__agency=agency, appointments__grants__role="signer")


def the_text_is_cleared(page, shot, accessible):
    page.get_by_label("公开属性").first.select_option("主动公开")
    shot(page, "chain-clearing")
    accessible(page)
    page.get_by_role("button", name="同意", exact=True).click()
    page.get_by_text("已办理保密审查。").wait_for()


def the_issuer_issues(page, shot, accessible):
    page.get_by_role("button", name="签发", exact=True).scroll_into_view_if_needed()
    shot(page, "issue")
    confirm(page, "签发")
    page.get_by_text("已签发，正文、数据和文件已冻结。").wait_for()
    shot(page, "issued")
    accessible(page)


def another_agency_downloads(page, shot, release, target) -> str:
    page.goto("/releases/")
    page.get_by_role("link", name=release.title).click()
    page.locator("summary", has_text="下载").click()
    shot(page, "download")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Word").click()
    waiting.value.save_as(target)
    paper = docx.Document(target)
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


@pytest.mark.parametrize(
    ("username", "path", "name"),
    [("gonghui", "/", "phone-desk"), ("zhuguan", "/review/", "phone-review"), ("qianfa", "/releases/", "phone-releases")],
)  # fmt: skip
def test_a_leader_on_a_phone_sees_the_whole_width(visit, shot, people, username, path, name):
    page = visit(people[username], path, size=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    shot(page, name)
