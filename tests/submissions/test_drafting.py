"""Filling in: nothing lost, nothing overwritten, nothing that is somebody else's."""

from decimal import Decimal

import pytest

from accounts.rules import Refused
from tests import factories
from tracker.submissions.models import Figure, Submission
from tracker.submissions.services import (
    Change,
    Clash,
    Unreadable,
    confirm_numbers,
    declare_zero,
    prepare,
    remove_narrative,
    save_figures,
    save_narrative,
)
from tracker.submissions.texts import unconfirmed


def typed(indicator, region, text, **more) -> Change:
    return Change(indicator.pk, region.pk, text, **more)


def stored(submission) -> list[tuple]:
    rows = submission.figures.order_by("indicator__order")
    return list(rows.values_list("kind", "value", "entered", "entered_unit", "qualifier"))


def test_a_round_opens_one_draft_per_owing_agency_and_only_once(june, union):
    assert prepare(june) == 1
    assert prepare(june) == 0
    assert list(Submission.objects.values_list("agency", "status")) == [(union.pk, "draft")]


def test_what_was_typed_is_kept_with_its_unit_and_qualifier(submission, trained, money, city, li):
    changes = [typed(trained, city, "7000多"), typed(money, city, "1302")]
    version = save_figures(submission, changes, by=li)
    assert stored(submission) == [
        ("value", Decimal(7000), "7000", "人次", "多"),
        ("value", Decimal(13020000), "1302", "万元", ""),
    ]
    submission.refresh_from_db()
    assert submission.version == version == 2


def test_one_unreadable_field_saves_nothing_and_names_its_place(
    submission, trained, money, city, li
):
    changes = [typed(trained, city, "12"), typed(money, city, "一些")]
    with pytest.raises(Unreadable) as refusal:
        save_figures(submission, changes, by=li)
    place = (money.pk, city.pk, "", "")
    assert refusal.value.by_place == {
        place: "“一些”不是可以识别的数值。请只填数字，如 1302 或 500余。"
    }
    assert stored(submission) == []


def test_the_second_of_two_people_is_shown_the_first_ones_figure(submission, trained, city, li):
    save_figures(submission, [typed(trained, city, "10")], by=li)
    with pytest.raises(Clash) as clash:
        save_figures(submission, [typed(trained, city, "20", seen=0)], by=li)
    theirs = clash.value.theirs[trained.pk, city.pk, "", ""]
    assert (theirs.value, theirs.version) == (Decimal(10), 1)
    save_figures(submission, [typed(trained, city, "20", seen=1)], by=li)
    assert Figure.objects.get().value == Decimal(20)


def test_blank_zero_and_not_applicable_are_three_things(submission, trained, money, city, li):
    changes = [
        typed(trained, city, "", said="zero"),
        typed(money, city, "", said="na", na_reason="本单位不开展此项工作"),
    ]
    save_figures(submission, changes, by=li)
    assert [row[:2] for row in stored(submission)] == [("zero", Decimal(0)), ("na", None)]
    save_figures(submission, [typed(trained, city, "", seen=1)], by=li)
    assert [row[:2] for row in stored(submission)] == [("", None), ("na", None)]


def test_not_applicable_asks_for_a_reason(submission, trained, city, li):
    with pytest.raises(Unreadable) as refusal:
        save_figures(submission, [typed(trained, city, "", said="na")], by=li)
    assert list(refusal.value.by_place.values()) == ["选择“不适用”时请写明原因。"]


def test_a_figure_of_another_lines_indicator_is_refused(submission, city, li):
    league = factories.programme("league", "希望小屋")
    foreign = factories.indicator(li, "建成希望小屋", programme_=league, unit_name="家")
    with pytest.raises(Refused, match="不在本单位本期的填报范围内"):
        save_figures(submission, [typed(foreign, city, "5")], by=li)


@pytest.mark.parametrize("who", ["zhang", "sun", "wang", "qian", "zhao"])
def test_nobody_but_the_agencys_reporter_fills_in(submission, trained, city, who, request):
    person = request.getfixturevalue(who)
    with pytest.raises(Refused, match="只有本单位的填报员可以填写"):
        save_figures(submission, [typed(trained, city, "5")], by=person)


def test_a_zero_report_fills_only_what_is_blank(submission, trained, money, city, li):
    save_figures(submission, [typed(trained, city, "12")], by=li)
    declare_zero(submission, by=li)
    assert [row[:2] for row in stored(submission)] == [
        ("value", Decimal(12)),
        ("zero", Decimal(0)),
    ]
    submission.refresh_from_db()
    assert submission.zero_report is True


def test_numbers_in_a_text_wait_for_a_person_to_confirm_them(submission, trained, li):
    text = "全年走访困难职工320户，发放慰问金40万元。"
    narrative = save_narrative(submission, trained.programme, "practice", text, by=li)
    waiting = unconfirmed(submission)
    assert [[n.raw for n in numbers] for numbers in waiting.values()] == [["320户", "40万元"]]
    starts = [n.start for numbers in waiting.values() for n in numbers]
    assert confirm_numbers(narrative, starts, by=li) == 2
    assert unconfirmed(submission) == {}
    values = narrative.figures.values_list("raw", "value", "unit", "confirmed_by")
    assert list(values) == [("320户", 320, "户", li.pk), ("40万元", 400000, "元", li.pk)]


def test_a_changed_text_has_its_numbers_confirmed_again(submission, trained, li):
    row = save_narrative(submission, trained.programme, "practice", "走访320户。", by=li)
    confirm_numbers(row, [2], by=li)
    row = save_narrative(
        submission, trained.programme, "practice", "走访330户。", by=li, narrative=row, seen=1
    )
    assert row.figures.count() == 0
    assert len(unconfirmed(submission)) == 1


def test_a_text_that_somebody_else_changed_is_not_overwritten(submission, trained, li):
    row = save_narrative(submission, trained.programme, "practice", "甲。", by=li)
    save_narrative(submission, trained.programme, "practice", "乙。", by=li, narrative=row, seen=1)
    row.refresh_from_db()
    with pytest.raises(Clash):
        save_narrative(
            submission, trained.programme, "practice", "丙。", by=li, narrative=row, seen=1
        )
    row.refresh_from_db()
    assert row.text == "乙。"


def test_a_text_can_be_taken_out_while_it_is_a_draft(submission, trained, li):
    row = save_narrative(submission, trained.programme, "practice", "甲。", by=li)
    remove_narrative(row, by=li)
    assert submission.narratives.count() == 0
