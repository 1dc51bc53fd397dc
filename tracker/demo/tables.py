"""The demo city as the sheets of a catalogue workbook, from the tables beside this module."""

import datetime
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path

from accounts.models import Role
from tracker.catalogue.models import Subject
from tracker.catalogue.workbook.sheets import (
    AGENCIES,
    CYCLES,
    INDICATORS,
    PEOPLE,
    PROGRAMMES,
    TARGETS,
)
from tracker.workbooks.cells import Quantity
from tracker.workbooks.writing import write

HERE = Path(__file__).parent
# Before the day of the press conference: speakers are those in office on that day.
IN_OFFICE = datetime.date(2019, 1, 1)


@cache
def city() -> dict:
    """Agencies, programmes and figures of the press conference."""
    return tomllib.loads((HERE / "jinan.toml").read_text(encoding="utf-8"))


@cache
def months() -> dict:
    """Counties, their people and the indicators that they report every month."""
    return tomllib.loads((HERE / "months.toml").read_text(encoding="utf-8"))


def workbook(last_year: int) -> bytes:
    """The whole catalogue as an .xlsx; targets are those of `last_year` and the year after."""
    return write(
        [
            (AGENCIES, agencies()),
            (PEOPLE, people()),
            (PROGRAMMES, programmes()),
            (INDICATORS, [*press_indicators(), *month_indicators()]),
            (TARGETS, targets(last_year)),
            (CYCLES, cycles()),
        ]
    )


def agencies() -> list[dict]:
    """The agencies of the city and of its counties."""
    rows = [
        {
            "line": one["line"],
            "name": one["name"],
            "short_name": one["short"],
            "spoken_name": one["spoken"],
            "region": "370100",
        }
        for one in city()["agency"]
    ]
    return rows + [
        {"line": "工会", "name": one["agency"], "short_name": one["agency"], "region": one["code"]}
        for one in months()["county"]
    ]


def people() -> list[dict]:
    """Everybody with a post; what they may do waits for the security administrator."""
    rows = [
        {
            "name": one["name"],
            "agency": one["agency"],
            "post": one["post"],
            "roles": roles(one),
            "speaking_order": one.get("order"),
            "username": one["username"],
            "starts": IN_OFFICE,
        }
        for one in months()["person"]
    ]
    return rows + [
        {
            "name": person["name"],
            "agency": county["agency"],
            "post": person["post"],
            "roles": roles(person),
            "username": person["username"],
            "starts": IN_OFFICE,
        }
        for county in months()["county"]
        for person in county["people"]
    ]


def roles(person: dict) -> tuple[str, ...]:
    """Role names of the table as the values of the roles."""
    known = {role.label: role.value for role in Role}
    return tuple(known[label] for label in person["roles"])


def programmes() -> list[dict]:
    rows = [
        {
            "line": one["line"],
            "name": one["name"],
            "order": order,
            "purpose": one["purpose"],
            "protected_name": one.get("protected", ""),
        }
        for order, one in enumerate(city()["programme"], 1)
    ]
    monthly = months()["programme"]
    return [
        *rows,
        {"line": "工会", "name": monthly["name"], "order": 0, "purpose": monthly["purpose"]},
    ]


def press_indicators() -> list[dict]:
    """One row per figure of the press conference: cumulative, owed by the city's agency."""
    agencies_by_line = {one["line"]: one["name"] for one in city()["agency"]}
    return [
        {
            "code": figure["code"],
            "line": programme["line"],
            "programme": programme["name"],
            "name": figure["name"],
            "unit": figure["unit"],
            "measure": measure(figure.get("kind", "流量")),
            "entry_mode": "period" if figure.get("mode") == "本期" else "cumulative",
            "display": figure.get("display", ""),
            "verb": figure["verb"],
            "clause": figure.get("clause", ""),
            "subject": SUBJECTS[figure.get("subject", "自动")],
            "wholes": (figure["whole"],) if "whole" in figure else (),
            "must_say": True,
            "source": agencies_by_line[programme["line"]],
        }
        for programme in city()["programme"]
        for figure in programme["figures"]
    ]


MEASURES = {
    "流量": "flow",
    "存量": "stock",
    "去重": "distinct",
    "标准": "standard",
    "比率": "ratio",
}

SUBJECTS = {label: value for value, label in Subject.choices}


def measure(word: str) -> str:
    return MEASURES[word]


def month_indicators() -> list[dict]:
    monthly = months()["programme"]
    return [
        {
            "code": one["code"],
            "line": "工会",
            "programme": monthly["name"],
            "name": one["name"],
            "unit": one["unit"],
            "verb": one["verb"],
            "level": "county",
            "decimals": one["decimals"],
            "must_say": True,
            "not_above": tuple(one.get("not_above", ())),
        }
        for one in monthly["indicators"]
    ]


def targets(last_year: int) -> list[dict]:
    """Each county's target of this year and the city's."""
    rows = []
    for one in months()["programme"]["indicators"]:
        for code, value in {"370100": one["target"], **one["targets"]}.items():
            rows.append(
                {
                    "code": one["code"],
                    "region": code,
                    "year": last_year + 1,
                    "value": Quantity(Decimal(str(value)), ""),
                    "kind": "at_least",
                    "basis": "年度工作要点",
                }
            )
    return rows


def cycles() -> list[dict]:
    return [
        {
            "name": months()["cycle"]["name"],
            "frequency": "month",
            "lines": ("工会",),
            "opens": "期后1日",
            "due": "期后31日",
            "sign_steps": 1,
            "line_review": True,
        }
    ]
