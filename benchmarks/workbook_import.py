"""P5: a workbook of 5,000 rows of townships, read in the limited process, checked, previewed, taken.

The floor reads the same file with calamine and writes the same figures in bulk, with no limits, no
checks and nobody told what is wrong. Processor time, the limited child's with it: what else the
machine does is left out.
"""

import os
import resource

from _harness import head, installation, least, processor, row

installation()

import io  # noqa: E402

import openpyxl  # noqa: E402
import python_calamine  # noqa: E402
from _city import Large  # noqa: E402
from django.db import transaction  # noqa: E402

from accounts.gazetteer import Division  # noqa: E402
from accounts.services.divisions import import_regions  # noqa: E402
from tests import factories  # noqa: E402
from tracker.catalogue.models import Indicator  # noqa: E402
from tracker.submissions.drafting import PLACE, WORDED  # noqa: E402
from tracker.submissions.models import Figure  # noqa: E402
from tracker.submissions.workbook import (  # noqa: E402
    open_book,
    plan_workbook,
    take_workbook,
    template_of,
)
from tracker.submissions.workbook.sheets import FIGURES  # noqa: E402
from tracker.workbooks.marking import mark  # noqa: E402

ROUNDS = int(os.environ.get("SHIJI_ROUNDS", "5"))
TOWNS, INDICATORS = 1_000, 5
TEXT = [column.key for column in FIGURES.columns].index("text") + 1


def towns_of(large: Large, count: int) -> None:
    counties = ("370102", "370103", "370124")
    import_regions(
        [Division(f"{counties[n % 3]}{100 + n // 3:03d}", f"测试{n}镇") for n in range(count)]
    )
    Indicator.objects.update(level="town")


def filled(data: bytes, shift: int = 0, wrong: int = 0) -> bytes:
    """The template with a number in every row; `wrong` of them are words."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book[FIGURES.name]
    for number in range(2, sheet.max_row + 1):
        sheet.cell(number, TEXT).value = "一些" if number - 2 < wrong else 1000 + number + shift
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def undone(act) -> None:
    with transaction.atomic():
        act()
        transaction.set_rollback(True)


def floor_of(data: bytes, figures: list[Figure]):
    """calamine in this process, then one bulk write."""

    def act() -> None:
        book = python_calamine.CalamineWorkbook.from_object(io.BytesIO(data))
        book.get_sheet_by_name(FIGURES.name).to_python()
        for one in figures:
            one.pk = None
        Figure.objects.bulk_create(
            figures, update_conflicts=True, unique_fields=PLACE, update_fields=WORDED
        )

    return lambda: undone(act)


def resource_of():
    """The same rows by django-import-export in its bulk mode; None where it is not installed."""
    try:
        from import_export import resources  # noqa: PLC0415
        from tablib import Dataset  # noqa: PLC0415
    except ImportError:
        return None

    class Figures(resources.ModelResource):
        class Meta:
            model = Figure
            use_bulk = True
            batch_size = 1000
            force_init_instance = True
            skip_diff = True
            fields = ("id", "submission", "indicator", "region", "kind", "value", "entered",
                      "entered_unit")  # fmt: skip

    def taken(data: bytes, at: dict[tuple[str, str], tuple]) -> None:
        sheet = Dataset().load(io.BytesIO(data), format="xlsx")
        code, region = FIGURES.columns[0].heading, "区划代码"
        rows = Dataset(headers=["submission", "indicator", "region", "kind", "value", "entered",
                                "entered_unit"])  # fmt: skip
        for one in sheet.dict:
            number = one["本期"]
            rows.append((*at[one[code], str(one[region])], "value", number, str(number), "人次"))
        undone(lambda: Figures().import_data(rows, raise_errors=True))

    return taken


def main() -> None:
    large = Large(indicators=INDICATORS)
    towns_of(large, TOWNS)
    cycle = factories.cycle(large.city.union, filing="for_subordinates")
    draft, by = large.draft(cycle, factories.month(2026, 6)), large.people["li"]
    empty = template_of(draft, by=by)
    data, wrong = filled(empty), filled(empty, wrong=500)
    book = open_book(data, "六月.xlsx")
    # What stands in the submission, as the floor writes it.
    with transaction.atomic():
        take_workbook(draft, book, by=by)
        figures = list(draft.figures.select_related("region"))
        transaction.set_rollback(True)

    def ours() -> None:
        plan_workbook(draft, open_book(data, "六月.xlsx"), by=by)

    floor, time = least(floor_of(data, figures), ours, ROUNDS)
    head()
    row(
        f"{len(figures):,} rows: read, checked, written",
        floor,
        time,
        "1.67x (P5: 0.6 of the floor)",
    )
    foreign = resource_of()
    codes = dict(Indicator.objects.values_list("pk", "code"))
    at = {
        (codes[one.indicator_id], one.region.full_code): (draft.pk, one.indicator_id, one.region_id)
        for one in figures
    }
    if foreign:
        other, again = least(lambda: foreign(data, at), ours, max(1, ROUNDS // 2))
        row("django-import-export in bulk mode, the same rows", again, other, "5x (P5)")
    plan = plan_workbook(draft, open_book(wrong, "六月.xlsx"), by=by)
    row(f"{len(plan.errors)} errors given back in the same workbook", None, processor(lambda: mark(wrong, plan.marks)), "")  # fmt: skip
    for name, part in (
        ("  of it: opened in the limited process", lambda: open_book(data, "六月.xlsx")),
        ("  of it: compared, written and checked", lambda: plan_workbook(draft, book, by=by)),
    ):
        row(name, None, processor(part), "")
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory of this process at its highest: {used:.0f} MB; of the child 256 MB at most")  # noqa: T201


main()
