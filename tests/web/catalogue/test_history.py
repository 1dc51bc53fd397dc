"""History on pages: one reviewer sends it, a second one confirms it."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from tests.catalogue.books import book
from tests.web.catalogue.conftest import indicator, queries, sent, text
from tracker.ledger.models import Batch, Entry, Passage, StagedFigure
from tracker.workbooks.models import Upload

ENTRY_HEAD = ("编码", "区划代码", "期间", "数值", "限定词", "备注")
TEXT_HEAD = ("条线", "项目", "区划代码", "期间", "类型", "文字")
WORDS = "全年办班12期，惠及1200余人次。"


def history(*rows, texts=()) -> bytes:
    return book({"历史数据": [ENTRY_HEAD, *rows], "文字材料": [TEXT_HEAD, *texts]})


def row(value="500", span="2020", code="GH01"):
    return (code, "370100", span, value, "", "")


TEXT = ("工会", "提升素质行动", "370100", "2020", "做法", WORDS)


@pytest.fixture
def known(wang, training):
    return indicator(wang, training)


@pytest.fixture
def browser(wang, sign_in):
    return sign_in(wang)


def upload(browser, data: bytes) -> Upload:
    answer = browser.post(reverse("history-list"), sent(data, "历史.xlsx"))
    kept = Upload.objects.first()
    assert answer.url == reverse("history-preview", args=[kept.pk])
    return kept


@pytest.fixture
def staged(browser, known) -> Batch:
    kept = upload(browser, history(row(), texts=[TEXT]))
    browser.post(reverse("history-stage", args=[kept.pk]))
    return Batch.objects.get()


def at(name: str, batch: Batch) -> str:
    return reverse(name, args=[batch.pk])


def test_an_upload_is_previewed_before_it_is_put_to_a_second_person(browser, known):
    kept = upload(browser, history(row(), texts=[TEXT]))
    page = text(browser.get(reverse("history-preview", args=[kept.pk])))
    assert "500人次" in page
    assert WORDS in page
    assert (Batch.objects.count(), Entry.objects.count()) == (0, 0)
    answer = browser.post(reverse("history-stage", args=[kept.pk]))
    assert answer.url == at("history-batch", Batch.objects.get())
    assert browser.get(reverse("history-preview", args=[kept.pk])).url == answer.url


def test_all_errors_are_told_with_their_cells_and_marked(browser, known):
    kept = upload(browser, history(row(code="GH99"), row(span="2099"), texts=[(*TEXT[:5], "")]))
    page = text(browser.get(reverse("history-preview", args=[kept.pk])))
    for words in ("没有编码为“GH99”的在用指标", "期间2099尚未结束", "「文字」必须填写"):
        assert words in page
    assert "提交另一名主管确认" not in page
    answer = browser.get(reverse("history-marked", args=[kept.pk]))
    marked = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    assert marked["历史数据"]["A2"].fill.fgColor.rgb == "FFFFC7CE"
    assert browser.post(reverse("history-stage", args=[kept.pk])).status_code == 200
    assert Batch.objects.count() == 0


def test_the_same_file_is_not_put_twice(browser, known):
    data = history(row(), texts=[TEXT])
    browser.post(reverse("history-stage", args=[upload(browser, data).pk]))
    kept = upload(browser, data)
    answer = browser.post(reverse("history-stage", args=[kept.pk]))
    assert answer.status_code == 409
    assert "正在等待另一名主管确认" in text(answer)
    assert Upload.objects.waiting().get() == kept


def test_an_upload_is_given_up(browser, known):
    kept = upload(browser, history(row()))
    assert "历史.xlsx" in text(browser.get(reverse("history-list")))
    browser.post(reverse("history-drop", args=[kept.pk]))
    assert "历史.xlsx" not in text(browser.get(reverse("history-list")))
    assert browser.post(reverse("history-stage", args=[kept.pk])).status_code == 409
    assert Batch.objects.count() == 0


def test_the_importer_reads_her_batch_and_cannot_confirm_it(browser, staged):
    page = text(browser.get(at("history-batch", staged)))
    assert "导入人不能确认自己导入的数据" in page
    assert "记下勾选" not in page
    assert browser.post(at("history-confirm", staged)).status_code == 409
    assert Entry.objects.count() == 0


def test_the_second_person_sees_figures_texts_and_their_numbers(staged, feng, sign_in):
    page = text(sign_in(feng).get(at("history-batch", staged)))
    assert ">500人次</td>" in page
    assert "<mark>12期</mark>" in page
    assert "<mark>1200余人次</mark>" in page
    assert page.count("checked") == 2


def test_the_second_person_says_which_numbers_are_figures_and_confirms(
    staged, known, feng, sign_in
):
    browser = sign_in(feng)
    people = StagedFigure.objects.get(raw="1200余人次")
    form = {"passage": people.passage_id, "figure": [people.pk]}
    browser.post(at("history-mark", staged), form)
    assert dict(StagedFigure.objects.values_list("raw", "is_figure")) == {
        "12期": False, "1200余人次": True,
    }  # fmt: skip
    browser.post(at("history-confirm", staged))
    entry, passage = Entry.objects.get(), Passage.objects.get()
    assert (entry.value, entry.reporter.name, entry.approver.name) == (500, "王", "冯")
    assert [figure.raw for figure in passage.figures.all()] == ["1200余人次"]
    page = text(browser.get(at("history-batch", staged)))
    assert "已入账" in page
    assert "退回这一批" not in page


@pytest.mark.parametrize(
    ("value", "qualifier", "said"),
    [
        ("1200", "余", "1200余人次"),
        ("1200", "约", "约1200人次"),
        ("3000", "区间下限", "3000人次（区间下限）"),
    ],
)
def test_a_figure_is_shown_as_it_was_qualified(browser, known, value, qualifier, said):
    kept = upload(browser, history(("GH01", "370100", "2020", value, qualifier, "")))
    assert f">{said}</td>" in text(browser.get(reverse("history-preview", args=[kept.pk])))


@pytest.mark.parametrize("passage", ["", "x", "0", "٣"])
def test_the_numbers_of_an_unknown_text_are_not_found(staged, feng, sign_in, passage):
    answer = sign_in(feng).post(at("history-mark", staged), {"passage": passage})
    assert answer.status_code == 404
    assert StagedFigure.objects.filter(is_figure=False).count() == 0


def test_a_batch_is_rejected_with_a_reason(staged, feng, sign_in):
    browser = sign_in(feng)
    refused = browser.post(at("history-reject", staged), {"reason": ""})
    assert (refused.status_code, "该字段是必填项" in text(refused)) == (422, True)
    browser.post(at("history-reject", staged), {"reason": "口径不符"})
    staged.refresh_from_db()
    assert (staged.state, staged.note) == ("rejected", "口径不符")
    assert "口径不符" in text(browser.get(at("history-batch", staged)))
    assert browser.post(at("history-confirm", staged)).status_code == 409
    assert Entry.objects.count() == 0


def test_a_number_that_nobody_can_read_is_told_to_the_second_person(browser, known, feng, sign_in):
    kept = upload(browser, history(texts=[(*TEXT[:5], "完成率为百分之多少另说，编号A-17。")]))
    browser.post(reverse("history-stage", args=[kept.pk]))
    answer = sign_in(feng).get(at("history-batch", Batch.objects.get()))
    doubtful = answer.context["passages"][0].doubtful
    for raw in doubtful:
        assert f"“{raw}”" in text(answer)
    assert bool(doubtful) is ("看不出是什么数" in text(answer))


@pytest.mark.parametrize(
    ("who", "status"), [("li", 404), ("wu", 404), ("qian", 404), ("zhao", 200), ("feng", 200)]
)
def test_a_batch_is_seen_by_the_lead_office_and_the_auditor(
    staged, feng, request, sign_in, who, status
):
    browser = sign_in(request.getfixturevalue(who))
    assert browser.get(at("history-batch", staged)).status_code == status
    acts = {browser.post(at(act, staged)).status_code for act in ("history-mark",)}
    assert acts == {404}


def test_an_upload_is_its_own_persons(browser, known, feng, sign_in):
    kept = upload(browser, history(row()))
    other = sign_in(feng)
    for page in ("history-preview", "history-marked"):
        assert other.get(reverse(page, args=[kept.pk])).status_code == 404
    for act in ("history-stage", "history-drop"):
        assert other.post(reverse(act, args=[kept.pk])).status_code == 404


def test_lists_take_as_many_queries_for_three_rows_as_for_one(browser, known, staged):
    before = (
        queries(browser, reverse("history-list")),
        queries(browser, at("history-batch", staged)),
    )
    more = [row(span=str(year), value=str(year)) for year in (2017, 2018, 2019)]
    texts = [(*TEXT[:3], str(year), "做法", WORDS) for year in (2017, 2018, 2019)]
    for count in (2, 3):
        kept = upload(browser, history(*more[:count], texts=texts[:count]))
        browser.post(reverse("history-stage", args=[kept.pk]))
    last = Batch.objects.first()
    assert last.entries.count() == 3
    assert (
        queries(browser, reverse("history-list")), queries(browser, at("history-batch", last))
    ) == before  # fmt: skip
