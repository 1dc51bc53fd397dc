"""A report by its pages: sent, laid beside the form, confirmed one by one or in all, closed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.workbooks.test_papers import written
from tracker.submissions.drafting import Change, save_figures
from tracker.workbooks.models import Upload

LINES = (
    "今年培训农民工1860人次。",
    "送温暖活动筹集资金1302元，村里花40万元修了路。",
)


def sent(browser, submission, data=None, name="总结.docx"):
    file = SimpleUploadedFile(name, data or written(*LINES))
    address = reverse("submission-fill", args=[submission.pk])
    return browser.post(address, {"file": file}, follow=True)


def page_of(submission):
    return reverse("submission-filling", args=[submission.pk, Upload.objects.get().pk])


def start(raw):
    return str("\n".join(LINES).index(raw))


def cell(submission, indicator, version=0):
    return f"{indicator.pk}.{submission.agency.region_id}..{version}"


@pytest.fixture
def browser(submission, li, sign_in):
    return sign_in(li)


def test_the_form_leads_to_the_report(submission, browser):
    page = browser.get(submission.get_absolute_url()).content.decode()
    assert f'href="{reverse("submission-fill", args=[submission.pk])}"' in page


def test_each_figure_stands_beside_its_sentence_and_cell(submission, browser, trained):
    page = sent(browser, submission).content.decode()
    assert "今年培训农民工<mark>1860人次</mark>。" in page
    assert f'<option value="{cell(submission, trained)}" selected>培训农民工</option>' in page
    assert "等待确认 2 个（没有疑问 2 个），与填报表一致 0 个，没有对上指标 1 个" in page


def test_one_figure_is_taken_by_its_own_button(submission, browser, trained, money):
    sent(browser, submission)
    posted = {
        "only": start("1860人次"),
        f"cell-{start('1860人次')}": cell(submission, trained),
        f"text-{start('1860人次')}": "1860人次",
        "take": start("1302元"),
        f"cell-{start('1302元')}": cell(submission, money),
        f"text-{start('1302元')}": "1302元",
    }
    page = browser.post(page_of(submission), posted, follow=True).content.decode()
    assert "已填入1项数据" in page
    assert "与填报表一致 1 个" in page
    assert [one.indicator for one in submission.figures.all()] == [trained]


def test_all_that_is_ticked_is_taken_with_its_texts(submission, browser, trained, money):
    sent(browser, submission)
    posted = {
        "take": [start("1860人次"), start("1302元")],
        f"cell-{start('1860人次')}": cell(submission, trained),
        f"text-{start('1860人次')}": "1860人次",
        f"cell-{start('1302元')}": cell(submission, money),
        f"text-{start('1302元')}": "1302万元",
        "programme-1": trained.programme_id,
        "number": [start("1302元"), start("40万元")],
    }
    page = browser.post(page_of(submission), posted, follow=True).content.decode()
    assert "已填入2项数据、1个项目的文字" in page
    assert "已收录" in page
    assert {one.value for one in submission.figures.all()} == {1860, 13_020_000}
    assert [one.raw for one in submission.narratives.get().figures.all()] == ["1302元", "40万元"]


def test_nothing_enters_without_a_tick(submission, browser):
    sent(browser, submission)
    page = browser.post(page_of(submission), {}).content.decode()
    assert "没有勾选任何数据" in page
    assert (submission.figures.count(), submission.narratives.count()) == (0, 0)


def test_what_cannot_be_read_is_said_at_its_row_and_nothing_is_lost(submission, browser, trained):
    sent(browser, submission)
    posted = {
        "take": start("1860人次"),
        f"cell-{start('1860人次')}": cell(submission, trained),
        f"text-{start('1860人次')}": "一千八",
        "programme-1": trained.programme_id,
    }
    answer = browser.post(page_of(submission), posted)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "不是可以识别的数值" in page
    assert 'value="一千八"' in page
    assert f'<option value="{trained.programme_id}" selected>' in page


@pytest.mark.parametrize(
    ("second", "words"), [("", "请选择这个数对应的指标"), ("same", "选了同一项指标")]
)
def test_a_choice_that_cannot_be_is_said(submission, browser, trained, second, words):
    sent(browser, submission)
    posted = {
        "take": [start("1860人次"), start("40万元")],
        f"cell-{start('1860人次')}": cell(submission, trained),
        f"text-{start('1860人次')}": "1860",
        f"cell-{start('40万元')}": second and cell(submission, trained),
        f"text-{start('40万元')}": "40",
    }
    answer = browser.post(page_of(submission), posted)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert submission.figures.count() == 0


def test_a_colleagues_figure_is_not_overwritten(submission, browser, trained, li):
    sent(browser, submission)
    save_figures(submission, [Change(trained.pk, submission.agency.region_id, "12")], by=li)
    posted = {
        "only": start("1860人次"),
        f"cell-{start('1860人次')}": cell(submission, trained),
        f"text-{start('1860人次')}": "1860",
    }
    answer = browser.post(page_of(submission), posted)
    assert (answer.status_code, "同事刚刚改过" in answer.content.decode()) == (422, True)
    assert submission.figures.get().value == 12


def test_a_closed_report_may_stay_as_evidence(submission, browser):
    sent(browser, submission)
    address = reverse("submission-fill-close", args=[submission.pk, Upload.objects.get().pk])
    browser.post(address, {"keep": "1"})
    assert [one.name for one in submission.evidence.all()] == ["总结.docx"]
    assert Upload.objects.get().settled_at
    assert browser.get(page_of(submission)).status_code == 404


def test_a_file_that_is_no_report_is_refused_with_the_reason(submission, browser):
    answer = sent(browser, submission, b"%PDF-1.4", "总结.pdf")
    assert (answer.status_code, "只能上传 .docx 或 .txt" in answer.content.decode()) == (422, True)


def test_a_report_is_seen_by_nobody_else(submission, browser, zhang, sign_in):
    sent(browser, submission)
    assert sign_in(zhang).get(page_of(submission)).status_code == 404


def test_words_of_the_report_are_text_and_no_markup(submission, browser):
    page = sent(browser, submission, written("<b>培训农民工12人次</b>。")).content.decode()
    assert "&lt;b&gt;培训农民工<mark>12人次</mark>&lt;/b&gt;" in page


def test_a_point_in_time_is_shown_and_taken(submission, browser, trained):
    report = "截至目前，培训农民工71人次。"
    page = sent(browser, submission, written(report)).content.decode()
    at = report.index("71")
    assert f'name="asof-{at}" value="目前"' in page
    posted = {"only": at, f"cell-{at}": cell(submission, trained), f"text-{at}": "71"}
    browser.post(page_of(submission), posted | {f"asof-{at}": "6月底"})
    assert submission.figures.get().as_of_text == "6月底"
