"""A published document against the ledger: what agrees, what differs, what the ledger lacks."""

import io
from decimal import Decimal

import openpyxl
import pytest

from accounts.models import AuditEntry
from accounts.rules import Refused
from tracker.ledger.models import Entry
from tracker.releases.past import prove_past, sheets_of, take_past
from tracker.workbooks.models import Upload
from tracker.workbooks.papers import NotAPaper

TEXT = "2020年培训农民工3221名，挽回经济损失1032万元。另慰问一线医生88人。"


@pytest.fixture
def past(approved):
    return prove_past(TEXT, approved.region, approved.year)


def raws(rows):
    return [one.checked.figure.raw for one in rows]


def test_each_figure_is_told_apart(past):
    assert raws(past.agreeing) == ["3221名"]
    assert raws(past.differing) == ["1032万元"]
    assert raws(past.lacking) == ["88人"]


def test_a_figure_stands_in_its_sentence(past):
    [one] = past.lacking
    assert (one.before, one.checked.figure.raw, one.behind) == ("另慰问一线医生", "88人", "。")


def test_what_is_lacking_can_be_taken_along(past):
    book = openpyxl.load_workbook(io.BytesIO(sheets_of(past)))
    lacking, differing = (list(book[name].values) for name in book.sheetnames[:2])
    assert lacking[1][1:7] == ("88人", 88, "人", None, "无出处", "另慰问一线医生88人。")
    assert [Decimal(str(row[2])) for row in differing[1:]] == [Decimal(10_320_000)]
    assert "1302" in differing[1][9]


def test_a_formula_in_the_text_stays_text(approved):
    past = prove_past("=HYPERLINK(1)慰问医生88人。", approved.region, approved.year)
    book = openpyxl.load_workbook(io.BytesIO(sheets_of(past)))
    assert book["台账没有的数"]["G2"].data_type == "s"


def test_proving_enters_nothing_and_is_recorded(approved, wang):
    before = Entry.objects.count()
    upload = take_past(TEXT.encode(), "实录.txt", approved.region, approved.year, by=wang)
    assert upload.outcome == {"region": approved.region.pk, "span": "2020"}
    assert AuditEntry.objects.get(act="past.prove").actor == wang
    assert Entry.objects.count() == before


def test_only_the_lead_office_proves(approved, li):
    with pytest.raises(Refused):
        take_past(TEXT.encode(), "实录.txt", approved.region, approved.year, by=li)
    assert not Upload.objects.exists()


def test_what_is_no_document_is_refused(approved, wang):
    with pytest.raises(NotAPaper):
        take_past(b"x", "实录.pdf", approved.region, approved.year, by=wang)


@pytest.mark.parametrize("times", [1, 12])
def test_the_proof_asks_as_often_for_a_long_text(approved, times, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        prove_past(TEXT * times, approved.region, approved.year)
