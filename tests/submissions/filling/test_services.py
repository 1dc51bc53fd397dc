"""What was confirmed of a report enters through the verbs of drafting, and nothing else does."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from accounts.rules import Refused
from tracker.submissions.drafting import Change, Clash, Unreadable, save_figures
from tracker.submissions.filling.reading import MOST_FIGURES, TooMany, read_report
from tracker.submissions.filling.services import Taken, TextTaken, fill

REPORT = "一、主要做法\n今年培训农民工1860人次。\n送温暖活动筹集资金240余万元，村里花40万元修了路。"
FILE = {"name": "总结.docx", "sha256": "0" * 64}


def taken(submission, indicator, raw, text, seen=0):
    place = (indicator.pk, submission.agency.region_id, "", "")
    return Taken(REPORT.index(raw), place, text, seen)


def test_a_report_is_laid_beside_the_form(submission, trained, money):
    reading = read_report(submission, REPORT)
    assert [(one.figure.raw, one.option and one.option.cell.indicator) for one in reading.proposals] == [
        ("1860人次", trained), ("240余万元", money), ("40万元", None),
    ]  # fmt: skip
    assert [line.number for line in reading.lines] == [1, 2]


def test_what_is_confirmed_is_written_and_recorded(submission, trained, money, li):
    wanted = [
        taken(submission, trained, "1860人次", "1860人次"),
        taken(submission, money, "240余万元", "240余万元"),
    ]
    assert fill(submission, REPORT, wanted, by=li, **FILE) == (2, 0)
    said = submission.figures.order_by("indicator").values_list(
        "value", "qualifier", "entered_unit"
    )
    assert list(said) == [(Decimal(1860), "", "人次"), (Decimal(2_400_000), "余", "万元")]
    entry = AuditEntry.objects.get(act="submission.fill")
    assert entry.data["figures"] == ["1860人次 → 1860人次", "240余万元 → 240余万元"]
    assert (entry.actor, entry.data["file"]) == (li, "总结.docx")


def test_what_is_not_confirmed_stays_out(submission, trained, li):
    fill(submission, REPORT, [taken(submission, trained, "1860人次", "1860")], by=li, **FILE)
    assert submission.figures.count() == 1
    assert submission.narratives.count() == 0


def test_paragraphs_become_a_text_with_its_confirmed_numbers(submission, trained, li):
    numbers = frozenset(REPORT.index(raw) for raw in ("1860人次", "40万元修"))
    fill(submission, REPORT, [], [TextTaken(trained.programme, (1, 2), numbers)], by=li, **FILE)
    row = submission.narratives.get()
    assert row.text == REPORT.partition("\n")[2]
    assert [figure.raw for figure in row.figures.all()] == ["1860人次", "40万元"]


def test_the_words_beside_a_figure_stay(submission, trained, li):
    region = submission.agency.region_id
    save_figures(submission, [Change(trained.pk, region, "12", note="含上年结转")], by=li)
    fill(submission, REPORT, [taken(submission, trained, "1860人次", "1860", 1)], by=li, **FILE)
    figure = submission.figures.get()
    assert (figure.value, figure.note) == (Decimal(1860), "含上年结转")


def test_a_colleague_who_was_quicker_is_not_overwritten(submission, trained, li):
    save_figures(submission, [Change(trained.pk, submission.agency.region_id, "12")], by=li)
    with pytest.raises(Clash):
        fill(submission, REPORT, [taken(submission, trained, "1860人次", "1860")], by=li, **FILE)
    assert submission.figures.get().value == Decimal(12)


def test_one_wrong_field_keeps_all_out(submission, trained, money, li):
    wanted = [
        taken(submission, trained, "1860人次", "1860"),
        taken(submission, money, "240余万元", "许多"),
    ]
    texts = [TextTaken(trained.programme, (1,), frozenset())]
    with pytest.raises(Unreadable):
        fill(submission, REPORT, wanted, texts, by=li, **FILE)
    assert (submission.figures.count(), submission.narratives.count()) == (0, 0)


def test_a_number_that_the_report_does_not_hold_is_refused(submission, trained, li):
    place = (trained.pk, submission.agency.region_id, "", "")
    with pytest.raises(Refused, match="报告里没有这个数字"):
        fill(submission, REPORT, [Taken(0, place, "7", 0)], by=li, **FILE)


def test_only_the_agencys_reporters_fill(submission, trained, sun):
    with pytest.raises(Refused):
        fill(submission, REPORT, [taken(submission, trained, "1860人次", "1860")], by=sun, **FILE)


def test_a_report_with_too_many_figures_is_refused(submission):
    with pytest.raises(TooMany, match="拆成几份"):
        read_report(submission, "12人，" * (MOST_FIGURES + 1))


def test_reading_asks_as_often_for_a_long_report(submission):
    read_report(submission, REPORT)
    asked = []
    for times in (1, 20):
        with CaptureQueriesContext(connection) as queries:
            read_report(submission, REPORT * times)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_point_in_time_that_the_sentence_names_comes_along(submission, trained, li):
    report = "截至2020年底，全市培训农民工1860人次。上月培训农民工12人次。"
    first, second = read_report(submission, report).proposals
    assert (first.as_of, second.as_of) == ("2020年底", "")
    place = (trained.pk, submission.agency.region_id, "", "")
    wanted = [Taken(first.figure.start, place, "1860", 0, first.as_of)]
    fill(submission, report, wanted, by=li, **FILE)
    assert submission.figures.get().as_of_text == "2020年底"
