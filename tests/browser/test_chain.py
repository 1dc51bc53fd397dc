"""From draft to issue and after it, in a real browser: on line, on paper, with an agency that differs, and a correction."""

# ruff: noqa: F811 - fixtures of the documents are taken over by name

import pytest

from tests.browser.conftest import PHONE
from tests.browser.story import confirm, do_jobs
from tests.releases.walking import ready
from tests.web.releases.conftest import (  # noqa: F401 - fixtures
    approved,
    draft,
    june,
    trained,
)
from tracker.releases.issuing import Order, issue
from tracker.releases.models import CountersignAnswer, OutsideCopy, Release
from tracker.review.services import approve, reopen
from tracker.submissions.models import Submission
from tracker.submissions.services import Change, save_figures, sign, submit

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 30


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def people(transactional_db, city_with_people):
    return city_with_people.people


@pytest.fixture
def brief(people, draft):
    """Compiled by 吴, so that 王 may read it."""
    Release.objects.filter(pk=draft.pk).update(compiled_by=people["wu"])
    return draft


def test_a_brief_goes_its_way_with_an_opinion_that_differs(
    visit, shot, accessible, people, brief, tmp_path
):
    """The city asks for more than the genre; the union differs; the leader signs on paper."""
    page = visit(people["wang"], "/releases/chains/")
    page.locator("a[href$='/chains/brief/']").click()
    page.get_by_label("会签", exact=True).check()
    page.get_by_label("保密审查和公开属性").check()
    page.get_by_role("button", name="保存").click()
    page.get_by_text("办理流程已保存").wait_for()
    shot(page, "chains")
    accessible(page)

    page.goto(brief.get_absolute_url())
    page.get_by_label("意见", exact=True).first.fill("可以")
    page.get_by_role("button", name="同意", exact=True).click()
    page.get_by_text("已办理核稿。").wait_for()
    page.get_by_role("button", name="发送会签").click()
    page.get_by_text("已发送1个单位会签。").wait_for()
    shot(page, "chain-countersigning")
    accessible(page)

    union = visit(people["zhang"], "/countersigns/")
    union.get_by_role("link", name=brief.title).click()
    assert "3221人次" in union.locator(".own-part").first.inner_text()
    union.get_by_label("意见", exact=True).first.fill("口径应为全市")
    shot(union, "countersign")
    accessible(union)
    union.get_by_role("button", name="提出不同意见").click()
    union.get_by_text("不同意见已送牵头单位。").wait_for()

    page.goto(brief.get_absolute_url())
    page.locator("#chain").get_by_role("link", name="市总工会").click()
    page.get_by_label("裁定理由").fill("台账口径即为全市。")
    confirm(page, "裁定")
    page.get_by_text("已裁定").first.wait_for()
    shot(page, "countersign-decided")
    assert "口径应为全市" in page.locator(".said").first.inner_text()

    page.goto(brief.get_absolute_url())
    page.get_by_label("公开属性").first.select_option("不予公开")
    page.get_by_role("button", name="同意", exact=True).click()
    page.get_by_text("已办理保密审查。").wait_for()
    the_sheet_is_printed_and_comes_back_signed(page, shot, accessible, brief, tmp_path)
    the_issuer_gives_it_a_number(visit(people["zheng"], brief.get_absolute_url()), shot, accessible)
    done = Release.objects.get(pk=brief.pk)
    assert (done.issuance.signed_by, done.issue_number.words) == ("马知远", "第22期")
    assert [one.outcome for one in CountersignAnswer.objects.all()] == ["differs", "decided"]


def the_sheet_is_printed_and_comes_back_signed(page, shot, accessible, brief, tmp_path):
    page.get_by_role("link", name="审签单").click()
    assert page.get_by_text("牵头单位裁定。台账口径即为全市。").is_visible()
    shot(page, "approval", whole=True)
    accessible(page)
    scan = tmp_path / "审签单.png"
    scan.write_bytes(PNG)
    page.goto(brief.get_absolute_url())
    page.locator("summary", has_text="登记纸质签字").click()
    page.get_by_label("签字人姓名").fill("马知远")
    page.get_by_label("职务").fill("副市长")
    page.locator("#paper_scan").set_input_files(scan)
    page.get_by_role("button", name="登记", exact=True).click()
    page.get_by_text("已登记马知远的纸质签发。").wait_for()
    assert page.locator("#chain").get_by_text("马知远（纸质，王登记）").is_visible()


def the_issuer_gives_it_a_number(page, shot, accessible):
    page.locator("summary", has_text="期号、发送范围和时间").click()
    page.get_by_label("期号", exact=True).fill("22")
    page.get_by_label("报", exact=True).fill("市领导")
    shot(page, "issue-number")
    accessible(page)
    confirm(page, "印发")
    page.get_by_text("已签发，正文、数据和文件已冻结。").wait_for()
    assert page.locator(".sheet .issue").inner_text() == "第22期"
    shot(page, "issued-number")


@pytest.fixture
def issued(people, brief):
    release = ready(brief, people)
    return issue(release, by=people["zheng"], version=release.version, order=Order(number=22))


@pytest.fixture
def corrected(issued, people, trained, city):
    """The union's figure was another one: reopened, filed and approved again."""
    row = Submission.objects.get()
    row = reopen(
        row, by=people["wang"], version=row.version, note="数据有误", though_published=True
    )
    save_figures(
        row, [Change(trained.pk, city.pk, "3300", seen=seen(row, trained))], by=people["li"]
    )
    row.refresh_from_db()
    row = sign(
        submit(row, by=people["li"], version=row.version),
        by=people["zhang"],
        version=row.version + 1,
    )
    approve(row, by=people["wang"], version=row.version)
    do_jobs()
    return issued


def seen(row, indicator) -> int:
    return row.figures.get(indicator=indicator).version


def test_a_corrected_figure_is_told_corrected_and_followed_outside(
    visit, shot, accessible, complaints, people, corrected, tmp_path
):
    complaints.expects(409)
    agency = visit(people["sun"], corrected.get_absolute_url())
    assert agency.get_by_text("文稿引用的以下内容已被更正").is_visible()
    agency.goto(f"{corrected.get_absolute_url()}versions/2/files/docx/")
    assert agency.get_by_role("heading", name="下载前请注意").is_visible()
    shot(agency, "alarmed-file")
    accessible(agency)

    page = visit(people["wu"], "/releases/affected/")
    shot(page, "affected")
    accessible(page)
    page.get_by_role("link", name=corrected.title).click()
    page.locator("summary", has_text="登记外部刊载").click()
    page.get_by_label("刊载处").fill("市政府网站")
    page.get_by_label("刊载单位或人员").fill("信息中心")
    page.get_by_role("button", name="登记", exact=True).click()
    page.get_by_text("已登记外部刊载。").wait_for()
    page.get_by_role("button", name="起草更正稿").click()
    note = page.get_by_label("更正说明")
    assert "原为“3221人次”，现更正为“3300人次”" in note.input_value()
    shot(page, "correction", whole=True)
    accessible(page)

    made = ready(Release.objects.get(corrects=corrected), people)
    issuer = visit(people["zheng"], made.get_absolute_url())
    confirm(issuer, "签发")
    issuer.get_by_text("已签发，正文、数据和文件已冻结。").wait_for()
    assert "现更正为“3300人次”" in issuer.locator(".sheet").inner_text()
    assert issuer.locator(".sheet .issue").inner_text() == "第22期"
    shot(issuer, "corrected")

    agency.goto(corrected.get_absolute_url())
    assert agency.get_by_text("已由更正稿替代").is_visible()
    page.goto(f"{made.get_absolute_url()}corrections/")
    page.locator("summary", has_text="更新市政府网站的状态").click()
    page.get_by_label("状态", exact=True).select_option("已更正")
    page.get_by_label("说明", exact=True).fill("网站已换稿")
    page.get_by_role("button", name="保存", exact=True).last.click()
    page.get_by_text("外部刊载的状态已保存。").wait_for()
    assert OutsideCopy.objects.get().state == "corrected"
    shot(page, "copies")


def test_a_leader_signs_on_a_phone(visit, shot, people, brief):
    ready(brief, people)
    page = visit(people["zheng"], brief.get_absolute_url(), size=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="签发", exact=True).scroll_into_view_if_needed()
    shot(page, "phone-sign")
    confirm(page, "签发")
    page.get_by_text("已签发，正文、数据和文件已冻结。").wait_for()
