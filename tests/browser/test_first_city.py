"""A first city: an empty database, `init`, and from there to the first draft by pages alone."""

import io
import re
from datetime import timedelta

import docx
import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import AuditHead, User
from tests.browser.story import confirm, do_jobs
from tracker.catalogue.workbook.sheets import AGENCIES, INDICATORS, PEOPLE, PROGRAMMES
from tracker.workbooks.writing import write

LEAD = "济南市工作成果发布办公室"
UNION = "济南市总工会"
OWN = "自己的长密码-{}-2026"


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def passwords(transactional_db) -> dict[str, str]:
    """What `init` shows once: user name -> one-time password."""
    assert not User.objects.exists()
    told = io.StringIO()
    call_command("init", "--region", "370100", "--lead", LEAD, stdout=told)
    return dict(re.findall(r"用户名 (\S+)\t密码 (\S+)", told.getvalue()))


@pytest.fixture
def book(tmp_path):
    """The workbook that a reviewer prepares at her desk."""
    agency = {"line": "工会", "name": UNION, "short_name": "市总工会", "spoken_name": "市总工会"}
    people = [
        person("李思源", "lisiyuan", UNION, "干事", "reporter"),
        person("张国栋", "zhangguodong", UNION, "副主席", "signer", speaking_order=1),
        person("吴启明", "wuqiming", LEAD, "综合科科长", "editor"),
        person("郑和平", "zhengheping", LEAD, "主任", "issuer"),
    ]
    home = {
        "line": "工会",
        "programme": "维护权益行动",
        "entry_mode": "cumulative",
        "must_say": True,
    }
    indicators = [
        home | {"code": "GH01", "name": "法律援助案件", "unit": "件", "verb": "办理"},
        home | {"code": "GH02", "name": "经济损失", "unit": "万元", "verb": "挽回"},
    ]
    file = tmp_path / "目录.xlsx"
    file.write_bytes(
        write(
            [
                (AGENCIES, [agency | {"region": "370100"}]),
                (PEOPLE, people),
                (PROGRAMMES, [{"line": "工会", "name": "维护权益行动", "order": 1}]),
                (INDICATORS, indicators),
            ]
        )
    )
    return file


def person(name, username, agency, post, role, **more) -> dict:
    return {
        "name": name,
        "username": username,
        "agency": agency,
        "post": post,
        "roles": (role,),
    } | more


def enter(visit, username: str, password: str, shot=lambda page, name: None):
    """Sign in for the first time, with a password of one's own afterwards; the desk."""
    page = visit(None, "/sign-in/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(password)
    shot(page, "first-sign-in")
    page.get_by_role("button", name="登录").click()
    page.get_by_label("原密码").fill(password)
    page.get_by_label("新密码必填", exact=True).fill(OWN.format(username))
    page.get_by_label("再输一遍新密码").fill(OWN.format(username))
    shot(page, "first-password")
    page.get_by_role("button", name="修改密码").click()
    page.locator(".whoami").wait_for()
    page.goto("/")
    return page


def test_from_an_empty_database_to_the_first_draft(
    visit, shot, accessible, passwords, book, tmp_path
):
    first = dict(zip(("reviewer", "system", "security", "auditor"), passwords, strict=True))
    reviewer = enter(visit, first["reviewer"], passwords[first["reviewer"]], shot)
    the_reviewer_brings_the_catalogue(reviewer, shot, accessible, book)
    security = enter(visit, first["security"], passwords[first["security"]])
    the_security_administrator_confirms_the_roles(security, shot)
    system = enter(visit, first["system"], passwords[first["system"]])
    given = {
        name: a_password_is_given(system, name, shot) for name in ("李思源", "张国栋", "吴启明")
    }
    the_reviewer_asks(reviewer, shot)
    do_jobs()
    reporter = enter(visit, "lisiyuan", given["李思源"])
    the_reporter_files(reporter)
    signer = enter(visit, "zhangguodong", given["张国栋"])
    signer.get_by_role("link", name="审阅签字").click()
    signer.get_by_role("button", name="签字报送").click()
    signer.get_by_text("已签字。").wait_for()
    the_reviewer_approves(reviewer)
    editor = enter(visit, "wuqiming", given["吴启明"])
    text = the_editor_compiles(editor, shot, tmp_path / "first.docx")
    assert (
        "办理法律援助案件356件，挽回经济损失1302万元" in text
        or "办理356件法律援助案件，挽回经济损失1302万元" in text
    )
    assert "市总工会副主席张国栋" in text
    auditor = enter(visit, first["auditor"], passwords[first["auditor"]])
    the_auditor_sees_all_of_it(auditor, shot)


def the_reviewer_brings_the_catalogue(page, shot, accessible, book):
    page.get_by_role("link", name="目录", exact=True).click()
    page.get_by_role("link", name="表格导入", exact=True).click()
    shot(page, "workbook")
    page.locator("input[type=file]").set_input_files(book)
    page.get_by_role("button", name="上传并预览").click()
    page.get_by_role("button", name="确认写入目录").wait_for()
    shot(page, "workbook-preview")
    accessible(page)
    page.get_by_role("button", name="确认写入目录").click()
    page.get_by_text("新登记 4 人").wait_for()
    shot(page, "workbook-done")


def the_security_administrator_confirms_the_roles(page, shot):
    page.get_by_role("link", name="角色确认").click()
    page.get_by_label("全选").check()
    shot(page, "grants")
    page.get_by_role("button", name="确认选中的角色").click()
    page.get_by_text("没有待确认的角色").wait_for()


def a_password_is_given(page, name, shot) -> str:
    """The system administrator resets it, and reads it out once."""
    page.goto("/users/")
    shot(page, "users")
    page.get_by_role("link", name=name).click()
    confirm(page, "重置密码")
    page.get_by_text("一次性密码：").wait_for()
    shot(page, "user-password")
    return page.locator(".note-success b").inner_text()


def the_reviewer_asks(page, shot):
    """An ad hoc task, open at once."""
    page.goto("/catalogue/cycles/ad-hoc/")
    page.get_by_label("名称").fill("新闻发布会数据")
    page.get_by_label("工会").check()
    page.get_by_label("期间").fill("2020")
    page.get_by_role("textbox", name="截止必填").fill("明天17:00")
    shot(page, "ad-hoc")
    confirm(page, "下发")
    page.get_by_text("已下发").first.wait_for()


def the_reporter_files(page):
    page.get_by_role("link", name="开始填报").click()
    page.get_by_label("办理法律援助案件，件").fill("356")
    page.get_by_label("挽回经济损失，万元").fill("1302")
    page.get_by_role("button", name="提交审签").click()
    page.get_by_text("已提交审签。").wait_for()


def the_reviewer_approves(page):
    page.goto("/review/")
    page.get_by_role("link", name="市总工会").click()
    page.get_by_role("button", name="核定", exact=True).click()
    page.get_by_text("已核定").first.wait_for()


def the_editor_compiles(page, shot, target) -> str:
    tomorrow = timezone.localdate() + timedelta(days=1)
    page.get_by_role("link", name="汇编新文稿").first.click()
    page.get_by_role("button", name="发布会实录").click()
    page.get_by_label("期间").fill("2020")
    page.get_by_label("主题").fill("维权服务在身边")
    page.get_by_label("场次").fill("1")
    page.get_by_label("日期").fill(f"{tomorrow:%Y年%-m月%-d日} 9:30")
    page.get_by_label("地点").fill("市新闻发布厅")
    shot(page, "compile")
    page.get_by_role("button", name="汇编", exact=True).click()
    page.locator("[data-fact]").first.wait_for()
    shot(page, "first-draft")
    page.locator("summary", has_text="下载").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Word").click()
    waiting.value.save_as(target)
    return "\n".join(paragraph.text for paragraph in docx.Document(target).paragraphs)


def the_auditor_sees_all_of_it(page, shot):
    shot(page, "audit")
    said = page.locator("tbody").inner_text()
    assert "汇编" in said
    assert AuditHead.objects.get().seq > 30
