"""What a form of figures brought back, as changes of figures."""

from collections.abc import Iterable

from django.http import QueryDict

from tracker.catalogue.models import Said
from tracker.submissions.drafting import Change
from tracker.submissions.typed import read_said
from tracker.web.typed import number

from .rows import Row
from .sections import Section
from .words import PARTS, typed_of


def changes_in(posted: QueryDict, sections: Iterable[Section]) -> list[Change]:
    """The fields that say something else than what is saved; what was not posted stays."""
    rows = (row for section in sections for row in section.every_row)
    return [change for row in rows if (change := change_in(posted, row))]


def change_in(posted: QueryDict, row: Row) -> Change | None:
    """What the form says of one row; None where that is what is saved."""
    said = {name: posted[f"{row.key}-{name}"].strip() for name in PARTS
            if f"{row.key}-{name}" in posted}  # fmt: skip
    seen = number(said.pop("seen", "")) or 0
    was = {name: str(text).strip() for name, text in typed_of(row.figure).items()}
    if "text" in said and "said" not in said:
        said["said"] = read_said(said["text"])[0]
    if all(said[name] == was[name] for name in said):
        return None
    now = was | said
    if "text" in said and "na_reason" not in said:
        now["na_reason"] = ""
    if now["said"] not in Said.values:
        now["said"] = Said.VALUE
    del now["seen"]
    place = {"member": row.member, "scope": row.cell.scope, "seen": seen}
    return Change(row.cell.indicator.pk, row.cell.region.pk, **place, **now)
