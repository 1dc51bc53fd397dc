"""The sheet 项目: a programme is known by its line and name."""

from tracker.workbooks.plans import CHANGED, CREATED, SAME
from tracker.workbooks.reading import Row
from tracker.workbooks.taking import Taking, differing

from ..indicators import create_programme, edit_programme
from ..models import Programme

MAIN = "name"
PLAIN = ("order", "purpose", "protected_name")


def take(taking: Taking, rows: list[Row]) -> None:
    taking.each(rows, MAIN, lambda row: (row["line"], row[MAIN]), _take)


def _take(taking: Taking, row: Row) -> None:
    line = taking.line(row)
    programme = Programme.objects.filter(line=line, name=row[MAIN]).first()
    if programme is None:
        fields = {key: row[key] for key in PLAIN}
        create_programme(line=line, name=row[MAIN], by=taking.by, **fields)
        taking.done(row, MAIN, CREATED)
        return
    changes = differing(row, programme, PLAIN)
    if changes:
        edit_programme(programme, by=taking.by, **changes)
    taking.done(row, MAIN, CHANGED if changes else SAME, changes)
