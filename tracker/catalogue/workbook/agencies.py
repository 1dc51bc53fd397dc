"""The sheet 机构: agencies are known by their full names."""

from django.utils import timezone

from accounts.models import Agency, Line
from accounts.services import (
    create_agency,
    edit_agency,
    move_agency,
    rename_agency,
    set_lead,
)
from accounts.services.lines import save_line
from tracker.workbooks.plans import CHANGED, CREATED, SAME
from tracker.workbooks.reading import Row
from tracker.workbooks.taking import Taking, Wrong, given

MAIN = "name"


def take(taking: Taking, rows: list[Row]) -> None:
    """Those that name no superior of this file first, so that superiors are there when needed."""
    taking.each(_superiors_first(rows), MAIN, lambda row: row[MAIN], _take)


def _superiors_first(rows: list[Row]) -> list[Row]:
    by_name = {row[MAIN]: row for row in rows}

    def depth(row: Row) -> int:
        steps, seen = 0, set()
        while (above := by_name.get(row["superior"])) and above.number not in seen:
            seen.add(above.number)
            steps, row = steps + 1, above
        return steps

    return sorted(rows, key=lambda row: (depth(row), len(str(row["region"] or "")), row.number))


def _take(taking: Taking, row: Row) -> None:
    line, region = _line(taking, row), taking.region(row)
    agency = Agency.objects.active().filter(name=row[MAIN]).select_related("region").first()
    superior = taking.agency(row, "superior") if row["superior"] else None
    if agency is None:
        create_agency(
            line=line,
            region=region,
            name=row[MAIN],
            short_name=row["short_name"],
            spoken_name=row["spoken_name"],
            superior=superior,
            leads=region if row["leads"] else None,
            by=taking.by,
        )
        taking.done(row, MAIN, CREATED)
        return
    if agency.region != region:
        raise Wrong("region", f"{agency}现属{agency.region}，区划不能用工作簿更改")
    changes = [*_rename(taking, row, agency), *_relate(taking, row, agency, line, superior)]
    taking.done(row, MAIN, CHANGED if changes else SAME, changes)


def _line(taking: Taking, row: Row) -> Line:
    """A line that this city did not have yet is added here, and only here."""
    known = Line.objects.filter(name=row["line"]).first()
    if known is None:
        taking.warnings.append(row.warning("line", f"条线“{row['line']}”是新的，将一并增加"))
    return known or save_line(None, name=row["line"], by=taking.by)


def _rename(taking: Taking, row: Row, agency: Agency) -> list[str]:
    short = row["short_name"] or agency.name if given(row, "short_name") else agency.short_name
    spoken = row["spoken_name"] or short if given(row, "spoken_name") else agency.spoken_name
    if (short, spoken) == (agency.short_name, agency.spoken_name):
        return []
    rename_agency(
        agency,
        name=agency.name,
        short_name=short,
        spoken_name=spoken,
        since=timezone.localdate(),
        by=taking.by,
    )
    return ["简称、称谓"]


def _relate(
    taking: Taking, row: Row, agency: Agency, line: Line, superior: Agency | None
) -> list[str]:
    changes = []
    if agency.line_id != line.pk:
        edit_agency(agency, line=line, is_guest=agency.is_guest, by=taking.by)
        changes.append("条线")
    if superior and agency.superior_id != superior.pk:
        move_agency(agency, superior, since=timezone.localdate(), by=taking.by)
        changes.append("上级")
    if given(row, "leads") and row["leads"] != (agency.leads_id is not None):
        set_lead(agency, agency.region if row["leads"] else None, by=taking.by)
        changes.append("牵头")
    return changes
