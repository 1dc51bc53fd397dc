"""The catalogue, its workbook, history, schedules and jobs in a real browser."""

import pytest
from django.utils import timezone

from tests import factories
from tests.browser.conftest import DESK, PHONE
from tests.catalogue.books import ALL, INDICATORS, book
from tests.web.catalogue.conftest import feng  # noqa: F401 - a fixture
from tracker import tasks
from tracker.catalogue.models import Cycle, Indicator
from tracker.catalogue.targets import set_target
from tracker.catalogue.workbook import carry_out, plan_import
from tracker.jobs import health
from tracker.jobs.models import Job, State
from tracker.ledger.history import stage
from tracker.workbooks.models import Upload
from tracker.workbooks.uploads import keep

SIZES = [pytest.param(DESK, id="desk"), pytest.param(PHONE, id="phone")]
TEXT = "全年办班12期，惠及1200余人次，人均增收三成。"


@pytest.fixture
def kept(wang, city):
    """The catalogue of the tests, with a target, an open round and a new definition."""
    carry_out(plan_import(book(ALL), by=wang), by=wang)
    one = Indicator.objects.get(code="MZ01")
    set_target(one, city, 2021, value=80000, by=wang, basis="调整")
    factories.open_round(Cycle.objects.get(), factories.month(2026, 6))
    return one


@pytest.fixture
def wrong(wang):
    """An upload with errors."""
    rows = [*INDICATORS, ("MZ09", "民政", "农村低保", "甲", "百万元", *[""] * 18)]
    data = book({"指标": rows, "河道": [("条线",), ("水利",)]})
    return keep(data, "民政目录.xlsx", Upload.Purpose.CATALOGUE, by=wang)


@pytest.fixture
def right(wang):
    return keep(book(ALL), "全部目录.xlsx", Upload.Purpose.CATALOGUE, by=wang)


@pytest.fixture
def batch(wang, kept):
    texts = ("条线", "项目", "区划代码", "期间", "类型", "文字")
    rows = ("编码", "区划代码", "期间", "数值", "限定词", "备注")
    data = {
        "历史数据": [rows, ("MZ01", "370100", "2019", "8.21", "余", "年末在册")],
        "文字材料": [texts, ("民政", "农村低保", "370100", "2019", "做法", TEXT)],
    }
    return stage(book(data), by=wang, filename="历史数据2019.xlsx")


def fits(page, size) -> bool:
    return page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def pages(kept) -> dict[str, str]:
    cycle = Cycle.objects.get()
    return {
        "indicators": "/catalogue/",
        "indicator": f"/catalogue/{kept.pk}/",
        "indicator-edit": f"/catalogue/{kept.pk}/edit/",
        "target": f"/catalogue/{kept.pk}/targets/add/",
        "programmes": "/catalogue/programmes/",
        "programme-edit": f"/catalogue/programmes/{kept.programme_id}/",
        "cycles": "/catalogue/cycles/",
        "cycle": f"/catalogue/cycles/{cycle.pk}/",
        "cycle-edit": f"/catalogue/cycles/{cycle.pk}/edit/",
        "ad-hoc": "/catalogue/cycles/ad-hoc/",
        "round": f"/catalogue/rounds/{cycle.rounds.get().pk}/",
        "workdays": "/catalogue/workdays/",
        "workbook": "/catalogue/workbook/",
        "history": "/catalogue/history/",
    }


@pytest.mark.parametrize("size", SIZES)
def test_the_catalogue_is_read_and_kept_on_every_screen(visit, accessible, shot, wang, kept, size):
    for name, address in pages(kept).items():
        page = visit(wang, address, size=size)
        shot(page, f"catalogue-{name}-{size['width']}", whole=True)
        assert fits(page, size), name
        accessible(page)


@pytest.mark.parametrize("size", SIZES)
def test_a_workbook_is_previewed_on_every_screen(visit, accessible, shot, wang, right, wrong, size):
    for name, upload in (("right", right), ("wrong", wrong)):
        page = visit(wang, f"/catalogue/workbook/{upload.pk}/", size=size)
        shot(page, f"workbook-{name}-{size['width']}", whole=True)
        assert fits(page, size), name
        accessible(page)


def test_a_workbook_is_sent_and_confirmed(visit, accessible, shot, wang, tmp_path):
    file = tmp_path / "目录.xlsx"
    file.write_bytes(book(ALL))
    page = visit(wang, "/catalogue/workbook/")
    page.set_input_files("input[type=file]", file)
    assert page.get_by_text("目录.xlsx").is_visible()
    page.get_by_role("button", name="上传并预览").click()
    page.get_by_role("button", name="确认写入目录").click()
    assert page.get_by_text("新登记 2 人：").is_visible()
    shot(page, "workbook-done")
    accessible(page)
    assert Indicator.objects.count() == 3


@pytest.mark.parametrize("size", SIZES)
def test_history_is_confirmed_by_the_second_person(
    visit,
    accessible,
    shot,
    feng,  # noqa: F811
    batch,
    size,
):
    page = visit(feng, f"/catalogue/history/{batch.pk}/", size=size)
    shot(page, f"history-batch-{size['width']}", whole=True)
    assert fits(page, size)
    accessible(page)
    page.get_by_label("12期").uncheck()
    page.get_by_role("button", name="记下勾选").click()
    assert page.get_by_label("12期").is_checked() is False
    page.get_by_role("button", name="确认入账").click()
    page.get_by_role("button", name="确定").click()
    assert page.get_by_text("已确认入账，可以查询和汇编。").is_visible()


@pytest.mark.parametrize("size", SIZES)
def test_the_clock_and_the_queue_are_read_on_every_screen(visit, accessible, shot, qian, size):
    tasks.install_schedules()
    now = timezone.now()
    for state, key, error in (
        (State.DEAD, "3", "程序出错（ValueError），细节见系统日志。"),
        (State.DONE, "截止前提醒", ""),
    ):
        Job.objects.create(
            kind="remind-due", key=key, state=state, attempt=5, run_after=now, created=now,
            started=now, finished=now, error=error,
        )  # fmt: skip
    health.ping()
    page = visit(qian, "/schedules/", size=size)
    shot(page, f"schedules-{size['width']}", whole=True)
    assert fits(page, size)
    accessible(page)
    page.get_by_role("link", name="截止前提醒").click()
    shot(page, f"schedule-edit-{size['width']}", whole=True)
    accessible(page)
    page = visit(qian, "/jobs/", size=size)
    shot(page, f"jobs-{size['width']}", whole=True)
    assert fits(page, size)
    accessible(page)
