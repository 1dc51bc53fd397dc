"""What the rows of a workbook would change, beside what stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tracker.catalogue.models import Said
from tracker.workbooks.reading import CellError, Row

from ..drafting import Change, Place
from ..models import Figure
from .finding import Cells, Wrong
from .sheets import HEADINGS, TYPED
from .wording import alike, mark_of, settled, shown, words_of


@dataclass(frozen=True)
class Step:
    """What one row does: `changes` are heading, old and new, in the order of the sheet."""

    cell: str
    label: str
    unit: str
    what: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass
class Wanted:
    """What a workbook wants of a submission, and what is wrong with it."""

    changes: list[Change] = field(default_factory=list)
    steps: dict[Place, Step] = field(default_factory=dict)
    rows: dict[Place, Row] = field(default_factory=dict)
    errors: list[CellError] = field(default_factory=list)
    same: int = 0

    def drop(self, messages: dict[Place, str]) -> None:
        """These rows are in error: they are left out of what the rest would do."""
        for place, message in messages.items():
            self.errors.append(self.rows[place].error("text", message.rstrip("。")))
            del self.steps[place]
        self.changes = [change for change in self.changes if change.place not in messages]


def wanted(rows: Iterable[Row], cells: Cells, standing: dict[Place, Figure], asked: set) -> Wanted:
    """Row by row: found, compared, and taken up where it says something new.

    `asked` are the places that a returned submission opens; empty opens all.
    """
    found = Wanted()
    for row in rows:
        try:
            _take(found, row, cells, standing, asked)
        except Wrong as wrong:
            found.errors.append(row.error(wrong.key, wrong.message))
    return found


def _take(found: Wanted, row: Row, cells: Cells, standing, asked) -> None:
    cell = cells.of(row)
    indicator, region, scope = cell.place
    place = (indicator, region, row["member"], scope)
    if (first := found.rows.setdefault(place, row)) is not row:
        raise Wrong("text", f"与第{first.number}行是同一项数据，请只保留一行")
    if row.bad:
        return
    figure = standing.get(place)
    was = words_of(figure)
    now = was | {key: row[key] for key in TYPED if key in row.cells}
    before, after = settled(was), settled(now)
    if _untouched(row, figure, before, after):
        found.same += 1
        return
    if asked and place not in asked:
        raise Wrong("text", "本次只退回了被质询的数据，这一项不能修改，请恢复原来的填写")
    if figure and row["mark"] and row["mark"] != mark_of(before, figure.version):
        theirs = shown(was, "text") or "空白"
        raise Wrong("text", f"下载模板后这一项已改为“{theirs}”，请重新下载模板，核对后再填")
    found.changes.append(_change(place, now, figure.version if figure else 0))
    found.steps[place] = _step(row, cell, was, now)


def _untouched(row: Row, figure: Figure | None, before: tuple, after: tuple) -> bool:
    """As it stands, as it was taken away, or (without a mark) simply left blank."""
    if before == after:
        return True
    mark = row["mark"]
    if mark:
        return mark == mark_of(after, int(mark.partition("-")[0]) if mark[0].isdigit() else 0)
    return figure is not None and not any(row[key] for key in TYPED)


def _change(place: Place, now: dict, seen: int) -> Change:
    said = now["said"]
    if said in (Said.ZERO, Said.NOT_APPLICABLE) and alike(now["text"]) not in ("", "0"):
        raise Wrong("said", f"填报情况选了“{Said(said).label}”，本期又填了数，请只留一样")
    indicator, region, member, scope = place
    words = now | {"said": said or Said.VALUE}
    return Change(indicator, region, member=member, scope=scope, seen=seen, **words)


def _step(row: Row, cell, was: dict, now: dict) -> Step:
    changes = tuple(
        (HEADINGS[name], shown(was, name), shown(now, name))
        for name in TYPED
        if name != "said" and alike(shown(was, name)) != alike(shown(now, name))
    )
    label = "".join((cell.indicator.label, cell.scope, row["member"]))
    before, after = shown(was, "text"), shown(now, "text")
    what = "new" if not before else "changed" if after else "cleared"
    place = row.cells.get("text", f"A{row.number}")
    return Step(place, f"{cell.region.name}　{label}", cell.indicator.entry_unit, what, changes)
