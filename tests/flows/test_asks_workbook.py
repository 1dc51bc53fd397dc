"""What users of such systems ask for (14, 17), through the page and the interface, as the person."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import factories
from tests.submissions.books import filled, rows_in, said
from tracker.submissions.models import Submission
from tracker.submissions.services import prepare

RED = "FFFFC7CE"


@pytest.fixture
def june(union, li) -> Submission:
    """The union's June: an indicator in 人次, one in 万元, one in 户."""
    for name, unit, more in (
        ("培训农民工", "人次", {}),
        ("送温暖筹集资金", "元", {"entry_scale": "万"}),
        ("走访困难职工", "户", {}),
    ):
        factories.indicator(li, name, unit_name=unit, **more)
    prepare(factories.open_round(factories.cycle(union), factories.month(2026, 6)))
    return Submission.objects.get()


def template(browser, submission) -> bytes:
    answer = browser.get(reverse("submission-workbook-template", args=[submission.pk]))
    return b"".join(answer.streaming_content)


def send(browser, submission, data: bytes):
    file = {"file": SimpleUploadedFile("六月.xlsx", data)}
    url = reverse("submission-workbook", args=[submission.pk])
    return browser.post(url, file, follow=True)


def marked(browser, page) -> openpyxl.Workbook:
    upload = page.context["upload"]
    url = reverse("submission-workbook-marked", args=[upload.about, upload.pk])
    return openpyxl.load_workbook(io.BytesIO(b"".join(browser.get(url).streaming_content)))


def test_ask_14_all_errors_at_once_come_back_in_the_same_workbook(june, li, sign_in):
    browser = sign_in(li)
    wrong = {"r2": {"本期": "约莫"}, "r3": {"本期": "12人"}, "r4": {"填报情况": "不适用"}}
    data = filled(template(browser, june), **wrong)
    page = send(browser, june, data)
    assert june.figures.count() == 0
    book = marked(browser, page)
    [summary, sheet] = book["错误汇总"], book["填报数据"]
    assert [row[1].value for row in summary.iter_rows(min_row=2)] == ["K2", "K3", "K4"]
    red = {c.coordinate for row in sheet.rows for c in row if c.fill.fgColor.rgb == RED}
    assert red == {"K2", "K3", "K4"}
    out = io.BytesIO()
    book.save(out)
    right = {"r2": {"本期": 943}, "r3": {"本期": 1302}, "r4": {"不适用原因": "本期没有开展"}}
    page = send(browser, june, filled(out.getvalue(), **right))
    seen, upload = page.context["form"]["seen"].value(), page.context["upload"]
    browser.post(reverse("submission-workbook-take", args=[june.pk, upload.pk]), {"seen": seen})
    assert said(june) == {
        "培训农民工": ("value", 943, ""),
        "送温暖筹集资金": ("value", 13020000, ""),
        "走访困难职工": ("na", None, ""),
    }


def test_ask_17_a_percentage_comes_by_workbook_as_its_numerator_and_denominator(union, li, sign_in):
    covered = factories.indicator(li, "已建会企业", unit_name="家", level="county")
    all_of = factories.indicator(li, "应建会企业", unit_name="家", level="county")
    factories.indicator(
        li, "建会率", unit_name="%", measure="ratio", level="county", numerator=covered,
        denominator=all_of,
    )  # fmt: skip
    cycle = factories.cycle(union, filing="for_subordinates")
    prepare(factories.open_round(cycle, factories.month(2026, 6)))
    submission, browser = Submission.objects.get(), sign_in(li)
    rows = rows_in(template(browser, submission))
    assert [(row["指标"], row["地区"]) for row in rows[::3]] == [
        ("已建会企业", "历下区"), ("应建会企业", "历下区"),
    ]  # fmt: skip
    numbers = {
        f"r{n}": {"本期": value} for n, value in enumerate((50, 90, 0, 100, 300, 0), start=2)
    }
    page = send(browser, submission, filled(template(browser, submission), **numbers))
    seen, upload = page.context["form"]["seen"].value(), page.context["upload"]
    browser.post(
        reverse("submission-workbook-take", args=[submission.pk, upload.pk]), {"seen": seen}
    )
    standing = submission.figures.values_list("indicator__name", "value").order_by("pk")
    assert sorted(standing) == [
        ("已建会企业", 0), ("已建会企业", 50), ("已建会企业", 90),
        ("应建会企业", 0), ("应建会企业", 100), ("应建会企业", 300),
    ]  # fmt: skip
