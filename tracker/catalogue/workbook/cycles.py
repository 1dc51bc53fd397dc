"""The sheet 周期: a cycle is known by its name, and belongs to the region that the importer leads."""

from accounts.models import Line, Region
from tracker.workbooks.plans import CHANGED, CREATED, SAME
from tracker.workbooks.reading import Row
from tracker.workbooks.taking import Taking, differing, given

from ..cycles import create_cycle, edit_cycle
from ..deadlines import Deadline
from ..models import Cycle, Programme

MAIN = "name"
PLAIN = ("frequency", "opens", "due", "sign_steps", "line_review", "filing")


def take(taking: Taking, rows: list[Row]) -> None:
    taking.each(rows, MAIN, lambda row: row[MAIN], _take)


def _take(taking: Taking, row: Row) -> None:
    for key in ("opens", "due"):
        row.values[key] = Deadline.parse(row[key]).say()
    lines = _lines(taking, row)
    cycle = Cycle.objects.filter(name=row[MAIN]).first()
    if cycle is None:
        fields = {key: row[key] for key in PLAIN}
        create_cycle(name=row[MAIN], region=_region(taking), lines=lines, by=taking.by, **fields)
        taking.done(row, MAIN, CREATED)
        return
    changes = differing(row, cycle, PLAIN)
    if given(row, "lines") and set(lines) != set(cycle.lines.all()):
        changes["lines"] = lines
    if changes:
        edit_cycle(cycle, by=taking.by, **changes)
    taking.done(row, MAIN, CHANGED if changes else SAME, changes)


def _lines(taking: Taking, row: Row) -> list[Line]:
    if row["lines"]:
        return [taking.line(row, "lines", name) for name in row["lines"]]
    return list(Line.objects.filter(pk__in=Programme.objects.values("line")))


def _region(taking: Taking) -> Region:
    return Region.objects.get(path=taking.by.reach.leads("reviewer")[0])
