"""The roster as a workbook, in and out: previewed, whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from accounts import audit
from accounts.models import Agency, Region, User
from accounts.rules import require
from tracker.releases.models import RosterPerson
from tracker.workbooks.plans import (
    CHANGED,
    CREATED,
    SAME,
    Plan,
    in_order,
    rehearsed,
    without_errors,
)
from tracker.workbooks.reading import Reading, Row, read
from tracker.workbooks.sheets import Column, Kind, Sheet
from tracker.workbooks.taking import Taking, Wrong, differing
from tracker.workbooks.writing import write

from .keeping import may_set_house
from .roster import FIELDS, Part, change, enter

MAIN = "name"
# What may differ in a row that is known; another post is another row.
CHANGING = ("order", "ends")
LAST = 999


def _place(value: int | None) -> str | None:
    if value is not None and not 1 <= value <= LAST:
        return f"顺序填 1 到 {LAST} 的整数"
    return None


ROSTER = Sheet(
    "名册",
    (
        Column(
            "担任",
            Kind.CHOICE,
            key="part",
            required=True,
            choices={label: value for value, label in Part.choices},
        ),
        Column("单位", key="agency", default="", max_length=60, help="全称或简称；发布人必填"),
        Column(
            "其他单位", key="body", default="", max_length=60, help="不在系统里的单位，印在职务前面"
        ),
        Column("姓名", key="name", required=True, max_length=40),
        Column("职务", key="post", required=True, max_length=60),
        Column(
            "顺序",
            Kind.INTEGER,
            key="order",
            default=1,
            check=_place,
            help="同一单位有几人时，小的先",
        ),
        Column("起", Kind.DATE, key="starts", required=True),
        Column("止", Kind.DATE, key="ends", help="最后一天；在任的不填"),
    ),
    required=True,
)


@dataclass(frozen=True)
class RosterPlan(Plan):
    region: Region


def plan_roster(source: bytes, region: Region, *, by: User, filename: str = "") -> RosterPlan:
    """What the file would do to the region's roster, without doing it. Raises NotAWorkbook, Refused."""
    require(may_set_house(by, region))
    reading = read(source, [ROSTER], filename=filename)
    return rehearsed(lambda: _pass(region, reading, by))


@transaction.atomic
def carry_out_roster(plan: RosterPlan, *, by: User) -> RosterPlan:
    """Write what was planned, judged again as things stand; raises WrongWorkbook when it is not all right."""
    require(may_set_house(by, plan.region))
    done = without_errors(_pass(plan.region, plan.reading, by))
    audit.record(by, "roster.import", plan.region, **done.counts)
    return done


def _pass(region: Region, reading: Reading, by: User) -> RosterPlan:
    taking, agencies = Taking(by), _Agencies(region)
    known = {_key(vars(row)): row for row in _rows(region)}
    # Whoever leaves makes room first: a successor's row may stand above.
    rows = sorted(reading.rows[ROSTER.name], key=lambda row: agencies.key(row) not in known)
    taking.each(rows, MAIN, agencies.key, lambda one, row: _take(one, row, region, known, agencies))
    errors = in_order([*reading.errors, *taking.errors], [ROSTER])
    return RosterPlan(tuple(taking.steps), errors, tuple(reading.warnings), reading, region)


def _rows(region: Region):
    return RosterPerson.objects.active().filter(region=region).select_related("agency")


def _key(values: Mapping) -> tuple:
    """A row is known by what it is, of whom, from which day."""
    return tuple(
        values.get(name) for name in ("part", "agency_id", "body", "name", "post", "starts")
    )


class _Agencies:
    """The agencies of a region, by full and by short name."""

    def __init__(self, region: Region):
        rows = list(Agency.objects.active().filter(region__path__startswith=region.path))
        short = [one.short_name for one in rows]
        once = {one.short_name: one for one in rows if short.count(one.short_name) == 1}
        self.named = once | {one.name: one for one in rows}

    def of(self, row: Row) -> Agency | None:
        if not row["agency"]:
            return None
        if agency := self.named.get(row["agency"]):
            return agency
        raise Wrong(
            "agency", f"没有名为“{row['agency']}”的单位，请写全称；不在系统里的写在“其他单位”一列"
        )

    def key(self, row: Row) -> tuple:
        agency = self.named.get(row["agency"])
        where = (
            {"agency_id": agency.pk, "body": ""} if agency else {"agency_id": row["agency"] or None}
        )
        return _key(row.values | where)


def _take(
    taking: Taking,
    row: Row,
    region: Region,
    known: Mapping[tuple, RosterPerson],
    agencies: _Agencies,
) -> None:
    agency, person = agencies.of(row), known.get(agencies.key(row))
    if person is None:
        enter(region, by=taking.by, **{name: row[name] for name in FIELDS} | {"agency": agency})
        taking.done(row, MAIN, CREATED)
        return
    changes = differing(row, person, CHANGING)
    if changes:
        fields = {name: getattr(person, name) for name in FIELDS} | changes
        change(person, by=taking.by, version=person.version, **fields)
    taking.done(row, MAIN, CHANGED if changes else SAME, changes)


def export_roster(region: Region) -> bytes:
    """The region's roster as a workbook that can be read again unchanged."""
    rows = ({name: getattr(one, name) for name in FIELDS} | _named(one) for one in _rows(region))
    return write([(ROSTER, rows)])


def _named(person: RosterPerson) -> dict[str, str]:
    return {"agency": person.agency.name if person.agency else ""}
