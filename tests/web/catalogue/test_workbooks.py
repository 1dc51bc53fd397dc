"""The catalogue as a workbook on pages: preview, errors at their cells, confirmation."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Agency, User
from tests.catalogue.books import ALL, INDICATORS, PROGRAMMES, book, only
from tests.web.catalogue.conftest import queries, sent, text
from tracker.catalogue.models import Cycle, Indicator, Programme
from tracker.workbooks.models import Upload


@pytest.fixture
def browser(wang, sign_in):
    return sign_in(wang)


def upload(browser, data: bytes, name: str = "目录.xlsx") -> Upload:
    answer = browser.post(reverse("workbook"), sent(data, name))
    kept = Upload.objects.first()
    assert answer.url == reverse("workbook-preview", args=[kept.pk])
    return kept


def preview(browser, kept: Upload):
    return browser.get(reverse("workbook-preview", args=[kept.pk]))


def confirm(browser, kept: Upload, seen: str | None = None):
    seen = seen or preview(browser, kept).context["form"]["seen"].value()
    return browser.post(reverse("workbook-confirm", args=[kept.pk]), {"seen": seen})


def content(answer) -> bytes:
    assert answer["Content-Disposition"].startswith("attachment")
    return b"".join(answer.streaming_content)


def test_a_workbook_is_previewed_and_nothing_is_written_yet(browser):
    answer = preview(browser, upload(browser, book(ALL)))
    page = text(answer)
    assert "确认写入目录" in page
    for words in ("济南市民政局", "农村低保", "脱贫人口占比", "民政月报"):
        assert words in page
    assert Indicator.objects.count() == Cycle.objects.count() == 0


def test_what_was_previewed_is_carried_out_and_told(browser, wang):
    kept = upload(browser, book(ALL))
    answer = confirm(browser, kept)
    assert answer.url == reverse("workbook-preview", args=[kept.pk])
    assert Indicator.objects.count() == 3
    assert Agency.objects.filter(name="济南市民政局").exists()
    page = text(browser.get(answer.url))
    assert "新登记 2 人：" in page
    assert "吕、施" in page
    kept.refresh_from_db()
    assert kept.outcome["sheets"][3] == {"name": "指标", "create": 3, "update": 0, "same": 0}


def test_new_people_wait_for_their_password_and_roles(browser):
    confirm(browser, upload(browser, book(ALL)))
    assert [user.has_usable_password() for user in User.objects.filter(name__in="吕施")] == [
        False, False,
    ]  # fmt: skip


def test_a_second_confirmation_does_nothing(browser):
    kept = upload(browser, book(ALL))
    seen = preview(browser, kept).context["form"]["seen"].value()
    confirm(browser, kept, seen)
    answer = confirm(browser, kept, seen)
    assert answer.status_code == 409
    assert Programme.objects.count() == 2


def test_a_catalogue_that_moved_on_gives_the_preview_again(browser, wang, training):
    kept = upload(browser, only("项目", ("工会", "新项目", 1, "", "")))
    seen = preview(browser, kept).context["form"]["seen"].value()
    Programme.objects.create(line=training.line, name="新项目", order=9)
    answer = confirm(browser, kept, seen)
    assert answer.status_code == 409
    assert "预览之后目录有了改动" in text(answer)
    assert Programme.objects.get(name="新项目").order == 9
    confirm(browser, kept, answer.context["form"]["seen"].value())
    assert Programme.objects.get(name="新项目").order == 1


def test_a_file_that_became_wrong_meanwhile_writes_nothing(browser, training):
    kept = upload(browser, only("指标", ("GH09", "工会", training.name, "甲", "人", *[""] * 18)))
    seen = preview(browser, kept).context["form"]["seen"].value()
    Programme.objects.filter(pk=training.pk).update(name="改了名")
    answer = confirm(browser, kept, seen)
    assert (answer.status_code, Indicator.objects.count()) == (409, 0)
    assert "没有写入任何内容" in text(answer)


def test_changes_are_named_by_their_headings(browser, training):
    kept = upload(browser, only("项目", ("工会", training.name, 7, "新的目的", "")))
    page = text(preview(browser, kept))
    assert "排序、目的" in page
    assert 'class="plan-counts"' in page


WRONG = {
    "项目": [*PROGRAMMES, ("水利", "河道", 1, "", "")],
    "指标": [*INDICATORS[:1], ("MZ09", "民政", "农村低保", "甲", "百万元", *[""] * 18)],
}


def test_every_error_is_told_with_its_cell_and_nothing_can_be_confirmed(browser):
    kept = upload(browser, book(WRONG))
    page = text(preview(browser, kept))
    errors = preview(browser, kept).context["plan"].errors
    assert {(error.sheet, error.cell) for error in errors} >= {("项目", "A4"), ("指标", "E2")}
    for error in errors:
        assert error.message.split("“")[0] in page
    assert "确认写入目录" not in page
    answer = confirm(browser, kept, "x" * 64)
    assert (answer.status_code, Programme.objects.count()) == (409, 0)


def test_what_is_right_in_a_refused_workbook_is_not_shown_as_written(browser):
    page = text(preview(browser, upload(browser, book(WRONG))))
    assert "没有写入，改好后将新增 " in page
    assert "state-green" not in page


def test_a_foreign_workbook_is_offered_the_template(browser):
    page = text(preview(browser, upload(browser, book({"收支": [["摘要"], ["办公"]]}))))
    assert "这个文件里有：收支" in page
    assert reverse("workbook-template") in page


def test_the_same_workbook_comes_back_with_its_wrong_cells_marked(browser):
    kept = upload(browser, book(WRONG), "民政目录.xlsx")
    answer = browser.get(reverse("workbook-marked", args=[kept.pk]))
    marked = openpyxl.load_workbook(BytesIO(content(answer)))
    assert marked.sheetnames == ["错误汇总", "项目", "指标"]
    assert marked["指标"]["E2"].fill.fgColor.rgb == "FFFFC7CE"
    assert marked["项目"]["A4"].value == "水利"


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"not a workbook", "目录.xlsx", "不是 Excel 或 WPS 工作簿"),
        (book(ALL), "目录.pdf", "只能上传"),
        (b"", "目录.xlsx", "文件是空的"),
        (b"<html></html>", "目录.xls", "其实是网页"),
    ],
)
def test_what_is_no_workbook_is_refused_under_the_field(browser, data, name, said):
    answer = browser.post(reverse("workbook"), sent(data, name))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])
    assert said in text(answer)
    assert Upload.objects.count() == 0


def test_a_form_without_a_file_is_refused(browser):
    answer = browser.post(reverse("workbook"))
    assert (answer.status_code, "请选择文件。" in text(answer)) == (422, True)


def test_a_preview_waits_on_the_page_until_it_is_given_up(browser):
    kept = upload(browser, book(ALL))
    assert "待确认" in text(browser.get(reverse("workbook")))
    browser.post(reverse("workbook-drop", args=[kept.pk]))
    assert "已放弃" in text(browser.get(reverse("workbook")))
    assert confirm(browser, kept, "x" * 64).status_code == 409
    assert Programme.objects.count() == 0


def test_an_upload_is_its_own_persons(browser, sign_in, feng):
    kept = upload(browser, book(ALL))
    other = sign_in(feng)
    for page in ("workbook-preview", "workbook-marked"):
        assert other.get(reverse(page, args=[kept.pk])).status_code == 404
    for act in ("workbook-confirm", "workbook-drop"):
        assert other.post(reverse(act, args=[kept.pk])).status_code == 404
    assert kept.name not in text(other.get(reverse("workbook")))


def test_the_catalogue_goes_out_and_comes_back_unchanged(browser):
    confirm(browser, upload(browser, book(ALL)))
    exported = content(browser.get(reverse("workbook-export")))
    page = preview(browser, upload(browser, exported))
    plan = page.context["plan"]
    assert (plan.creates, plan.updates, plan.errors) == ([], [], ())
    assert "与现有目录一致" in text(page)


def test_the_template_has_all_eight_sheets(browser):
    found = openpyxl.load_workbook(BytesIO(content(browser.get(reverse("workbook-template")))))
    names = [name for name in found.sheetnames if not name.startswith("_")]
    assert names == ["机构", "人员", "项目", "指标", "目标", "周期", "历史数据", "文字材料"]


def test_the_list_takes_as_many_queries_for_three_rows_as_for_one(browser, wang):
    def add(count):
        for _ in range(count):
            Upload.objects.create(
                purpose="catalogue", name="目录.xlsx", content=b"x", by=wang,
                settled_at=timezone.now(), outcome={"sheets": []},
            )  # fmt: skip

    add(1)
    before = queries(browser, reverse("workbook"))
    add(2)
    assert queries(browser, reverse("workbook")) == before
