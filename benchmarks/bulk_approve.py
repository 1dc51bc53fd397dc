"""Approving 200 submissions of 10 figures at once against inserting the same 2,000 rows."""

from _harness import ROUNDS, head, installation, row, seconds, spent

installation()

import statistics  # noqa: E402

from _city import Large  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.gazetteer import Division  # noqa: E402
from accounts.models import Agency, Region  # noqa: E402
from accounts.services.divisions import import_regions  # noqa: E402
from tests import factories  # noqa: E402
from tracker.ledger.models import Entry  # noqa: E402
from tracker.review.services import approve_many  # noqa: E402
from tracker.submissions.models import Figure, Submission  # noqa: E402
from tracker.web.review.many import AT_HAND  # noqa: E402

SUBMISSIONS, FIGURES, LIMIT = 200, 10, 5.0


def offices(large: Large) -> list[Agency]:
    """One union per town of a county."""
    codes = [f"370102{number:03d}" for number in range(100, 100 + SUBMISSIONS)]
    import_regions([Division(code, f"测试{code[-3:]}街道") for code in codes])
    places = Region.objects.filter(code__in=codes)
    return Agency.objects.bulk_create(
        Agency(
            line=large.city.union.line, region=place, superior=large.city.union,
            name=f"{place.name}总工会", short_name=place.name, spoken_name=place.name,
        )
        for place in places
    )  # fmt: skip


def filed(large: Large, owners, number: int) -> list[tuple[Submission, int]]:
    """Every office's submission of a month, filed."""
    span = factories.month(2020 + number // 12, number % 12 + 1)
    made = factories.open_round(large.owed, span)
    now, li = timezone.now(), large.people["li"]
    rows = Submission.objects.bulk_create(
        Submission(round=made, agency=one, status="submitted", submitted_by=li, filed_at=now)
        for one in owners
    )
    Figure.objects.bulk_create(
        Figure(
            submission=one, indicator=indicator, region=one.agency.region, kind="value",
            value=100 + place, entered=str(100 + place), entered_unit="人次", edited_by=li,
        )
        for one in rows
        for place, indicator in enumerate(large.indicators)
    )  # fmt: skip
    chosen = Submission.objects.filter(round=made).select_related(*AT_HAND)
    return [(one, one.version) for one in chosen]


@transaction.atomic
def inserted(entries: list[Entry]) -> None:
    Entry.objects.bulk_create(entries)


def copies(of, span) -> list[Entry]:
    """The same rows for another span."""
    made = list(of)
    for entry in made:
        entry.pk, entry.span = None, span
        entry._state.adding = True
    return made


def approved(chosen: list[tuple[Submission, int]], by) -> None:
    refused = [one.reason for one in approve_many(chosen, by=by) if not one.approved]
    if refused:
        raise SystemExit(refused[0])


def main() -> None:
    large = Large(indicators=FIGURES)
    owners, wang = offices(large), large.people["wang"]
    large.owed = large.cycle()
    floors, times, work = [], [], []
    for number in range(ROUNDS + 1):
        chosen = filed(large, owners, number)
        before = spent()
        times.append(seconds(lambda chosen=chosen: approved(chosen, wang)))
        work.append(spent() - before)
        spare = factories.month(2000 + number // 12, number % 12 + 1)
        rows = copies(Entry.objects.filter(span=chosen[0][0].round.span), spare)
        floors.append(seconds(lambda rows=rows: inserted(rows)))
    floor, ours = statistics.median(floors[1:]), statistics.median(times[1:])
    head()
    row(f"approving {SUBMISSIONS} submissions of {FIGURES} figures", floor, ours, f"{LIMIT:g} s")
    row("  of it: processor time, the least of the rounds", None, min(work), "")


main()
