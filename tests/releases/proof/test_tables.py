"""A changed cell of a table stops publication, however the table stands in the text."""

import pytest

from tests.releases.proof.kit import before, in_other, only, proved, said, source
from tracker.documents.tree import Document, Figure, Section, Table, Text
from tracker.releases.proof import flatten

TRAINED = source("培训农民工", 3221, "人")
AIDED = source("资助学生", 500, "名")
PAID = source("发放救助资金", 1205000, "元")
WAGE = source("最低工资标准", 1320, "元/月")
LEDGER = (TRAINED, AIDED, PAID, WAGE, before(WAGE, 500))
ROWS = (("培训农民工", "3221人"), ("资助学生", "500名"), ("发放救助资金", "120.5万元"), ("最低工资标准", "1320元/月（原500元/月）"))  # fmt: skip


def tabbed(*rows: tuple[str, ...]) -> str:
    return "\n".join("\t".join(row) for row in (("指标", "数据"), *rows))


def piped(*rows: tuple[str, ...]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in (("指标", "数据"), ("---", "---"), *rows)]
    return "\n".join(lines)


def stacked(*rows: tuple[str, ...]) -> str:
    return "\n".join(cell for row in (("指标", "数据"), *rows) for cell in row)


FORMS = pytest.mark.parametrize("form", [tabbed, piped, stacked])


@FORMS
def test_every_cell_of_a_right_table_is_verified(form):
    assert said(form(*ROWS), *LEDGER) == [
        ("3221人", "verified"), ("500名", "verified"), ("120.5万元", "verified"), ("1320元/月", "verified"),
        ("500元/月", "verified"),
    ]  # fmt: skip


@FORMS
@pytest.mark.parametrize(
    ("right", "wrong", "meant"),
    [
        ("3221人", "3212人", TRAINED),
        ("3221人", "3221人次", TRAINED),
        ("3221人", "3221万人", TRAINED),
        ("3221人", "近3221人", TRAINED),
        ("3221人", "500人", TRAINED),
        ("500名", "3221名", AIDED),
        ("120.5万元", "120.5元", PAID),
        ("1320元/月（原500元/月）", "500元/月（原1320元/月）", WAGE),
    ],
)
def test_a_wrong_cell_is_held_to_the_fact_of_its_row(form, right, wrong, meant):
    found = only(form(*ROWS).replace(right, wrong), *LEDGER)
    assert (str(found.verdict), found.source) == ("mismatch", meant)


@pytest.mark.parametrize("form", [tabbed, piped])
def test_a_cell_of_last_year_is_right_in_its_column_only(form):
    last = in_other(TRAINED, 3000, span="2019")
    rows = (("指标", "2020年", "2019年"), ("培训农民工", "3221人", "3000人"))
    wrong = (("指标", "2020年", "2019年"), ("培训农民工", "3000人", "3221人"))
    assert {verdict for _, verdict in said(form(*rows), TRAINED, last)} == {"verified"}
    assert only(form(*wrong), TRAINED, last).blocks


def test_a_column_in_ten_thousands_is_proved_by_its_head():
    text = "指标\t资金（万元）\n发放救助资金\t{}"
    assert said(text.format("120.5"), *LEDGER) == [("120.5", "verified")]
    assert said(text.format("102.5"), *LEDGER) == [("102.5", "mismatch")]


def test_a_number_without_a_unit_is_never_passed_over():
    assert said("全市培训农民工3212，成效明显。", *LEDGER) == [("3212", "unsupported")]
    found = only("全市培训农民工3221，成效明显。", *LEDGER)
    assert (str(found.verdict), found.hint) == (
        "mismatch",
        "台账“培训农民工”为3221人，单位应为“人”。",
    )
    assert (found.source, found.rivals) == (TRAINED, ())


def test_in_a_table_the_row_says_what_a_bare_number_counts():
    assert said(tabbed(("培训农民工", "3221"), ("资助学生", "501")), *LEDGER) == [
        ("3221", "verified"),
        ("501", "unsupported"),
    ]


def test_a_list_mark_is_no_number():
    assert proved("①加强培训。②扩大就业。", *LEDGER).figures == ()


def test_a_table_of_a_document_is_one_line_a_row():
    figure = Figure("e1", (1,), "3221人", TRAINED.value, "人")
    rows = (((Text("培训\n农民工"),), (figure,)), ((), (Text("—"),)))
    table = Table((Text("附表"),), ((Text("指标"),), (Text("数据"),)), rows, (1, 1), "annex")
    flat = flatten(Document((Text("题目"),), (Section("s", None, (table,)),), "official"))
    assert flat.text == "题目\n附表\n指标\t数据\n培训 农民工\t3221人\n\t—"
    [(start, end, key)] = flat.anchors
    assert (flat.text[start:end], key) == ("3221人", "e1")
    assert flat.span_in_block(start, end) == ("0.0.1.1", 0, 5)
