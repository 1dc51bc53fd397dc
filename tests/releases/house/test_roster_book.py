"""The roster by workbook: previewed, everything wrong at once, whole or not at all."""

from datetime import date

import pytest

from accounts.models import AuditEntry
from accounts.rules import Refused
from tests.cast import SINCE
from tracker.releases.house.roster import enter
from tracker.releases.house.roster_book import (
    ROSTER,
    carry_out_roster,
    export_roster,
    plan_roster,
)
from tracker.releases.models import RosterPerson
from tracker.workbooks.plans import WrongWorkbook
from tracker.workbooks.writing import write

HOST = {"part": "host", "body": "市委宣传部", "name": "关汉卿", "post": "副部长", "starts": SINCE}
SPEAKER = {"part": "speaker", "name": "马致远", "post": "副主席", "starts": SINCE}
HALF = date(2020, 6, 30)


def planned(city, by, *rows):
    return plan_roster(write([(ROSTER, rows)]), city, by=by, filename="名册.xlsx")


def known() -> list[tuple]:
    rows = RosterPerson.objects.active().order_by("pk")
    return [(one.name, one.place, one.post, one.order, one.ends) for one in rows]


def test_a_preview_writes_nothing_and_the_confirmed_one_all_of_it(city, wu, union):
    plan = planned(city, wu, HOST, SPEAKER | {"agency": union.short_name, "order": 2})
    assert ([step.label for step in plan.creates], plan.errors) == (["关汉卿", "马致远"], ())
    assert known() == []
    carry_out_roster(plan, by=wu)
    assert known() == [
        ("关汉卿", "市委宣传部", "副部长", 1, None), ("马致远", union.short_name, "副主席", 2, None),
    ]  # fmt: skip
    assert AuditEntry.objects.get(act="roster.import").data == {"created": 2, "changed": 0}
    assert AuditEntry.objects.filter(act="roster.enter").count() == 2


def test_who_leaves_makes_room_for_the_same_post_from_another_day(city, wu, union):
    carry_out_roster(planned(city, wu, SPEAKER | {"agency": union.name}), by=wu)
    back = SPEAKER | {"agency": union.name, "starts": date(2021, 1, 1)}
    plan = planned(city, wu, back, SPEAKER | {"agency": union.name, "ends": HALF})
    assert [(step.cell, step.what, step.changes) for step in plan.steps] == [
        ("D3", "update", ("ends",)), ("D2", "create", ()),
    ]  # fmt: skip
    carry_out_roster(plan, by=wu)
    assert [(name, ends) for name, _, _, _, ends in known()] == [("马致远", HALF), ("马致远", None)]


def test_what_is_alike_stays_and_a_column_that_is_not_there_changes_nothing(city, wu):
    carry_out_roster(planned(city, wu, HOST | {"order": 3, "ends": HALF}), by=wu)
    narrow = type(ROSTER)(ROSTER.name, ROSTER.columns[:5] + ROSTER.columns[6:7])
    plan = plan_roster(write([(narrow, [HOST])]), city, by=wu, filename="名册.xlsx")
    assert [step.what for step in plan.steps] == ["same"]


def test_everything_wrong_is_said_at_once_at_its_cell_and_nothing_is_written(city, wu, union):
    rows = (
        HOST,
        SPEAKER,
        SPEAKER | {"agency": "济南市水利局"},
        HOST | {"name": "白朴", "ends": date(2000, 1, 1)},
        HOST | {"order": 2},
        HOST | {"name": "郑光祖", "order": 0},
    )
    plan = planned(city, wu, *rows)
    assert [(error.cell, error.message[:8]) for error in plan.errors] == [
        ("B3", "发布人须选所在单"), ("B4", "没有名为“济南市"), ("H5", "止期2000-0"),
        ("D6", "与D2重复，请只"), ("F7", "顺序填 1 到 "),
    ]  # fmt: skip
    with pytest.raises(WrongWorkbook):
        carry_out_roster(plan, by=wu)
    assert known() == []


def test_a_plan_that_waited_is_judged_again(city, wu):
    plan = planned(city, wu, HOST)
    enter(city, by=wu, **HOST | {"agency": None, "order": 1, "ends": None, "starts": HALF})
    with pytest.raises(WrongWorkbook) as wrong:
        carry_out_roster(plan, by=wu)
    assert [error.message for error in wrong.value.plan.errors] == [
        "名册里已有这个人的同一职务，日期重叠"
    ]


def test_others_than_those_who_compile_are_refused(city, li):
    with pytest.raises(Refused):
        planned(city, li, HOST)


def test_what_goes_out_comes_in_unchanged(city, wu, union):
    rows = (HOST, HOST | {"name": "白朴", "ends": HALF}, SPEAKER | {"agency": union.name})
    carry_out_roster(planned(city, wu, *rows), by=wu)
    plan = plan_roster(export_roster(city), city, by=wu, filename="名册.xlsx")
    assert ([step.what for step in plan.steps], plan.errors) == (["same"] * 3, ())
