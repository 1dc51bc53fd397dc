"""Approving a submission of 200 figures against inserting the same 200 rows."""

from _harness import ROUNDS, head, installation, row, seconds

installation()

import statistics  # noqa: E402

from _city import Large  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from tests import factories  # noqa: E402
from tracker.ledger.models import Entry  # noqa: E402
from tracker.review.services import approve  # noqa: E402

COLUMNS = [field.column for field in Entry._meta.local_concrete_fields if not field.primary_key]
INSERT = (
    f"INSERT INTO {Entry._meta.db_table} ({', '.join(COLUMNS)}) "  # noqa: S608 - our own names
    f"VALUES ({', '.join(['%s'] * len(COLUMNS))})"
)


def copies(entries) -> list[list]:
    """The same rows once more, for another year of which nothing is known."""
    fields = [field for field in Entry._meta.local_concrete_fields if not field.primary_key]
    return [
        [field.get_db_prep_save(getattr(entry, field.attname), connection) for field in fields]
        for entry in entries
    ]


def main() -> None:
    large = Large(indicators=200)
    cycle, floors, times = large.cycle(), [], []
    for number in range(ROUNDS + 1):
        span = factories.month(2020 + number // 12, number % 12 + 1)
        filed = large.filed(large.filled(large.draft(cycle, span)))
        times.append(
            seconds(
                lambda filed=filed: approve(filed, by=large.people["wang"], version=filed.version)
            )
        )
        rows = copies(Entry.objects.filter(span=span))
        spare = factories.month(2000 + number // 12, number % 12 + 1).pk
        for values in rows:
            values[COLUMNS.index("span_id")] = spare
        floors.append(seconds(lambda rows=rows: inserted(rows)))
    floor, ours = statistics.median(floors[1:]), statistics.median(times[1:])
    head()
    row("approving 200 figures", floor, ours, "1.5x (P3)")


@transaction.atomic
def inserted(rows) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(INSERT, rows)


main()
