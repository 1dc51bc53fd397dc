"""The ladder, climbed once a day by the clock: whoever owes something hears of it, and each rung once."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from tracker.catalogue.models import Extension, Round
from tracker.catalogue.working import city_workdays
from tracker.notices.models import Kind
from tracker.notices.services import notify
from tracker.submissions.models import Chase, Status, Submission, SubmissionMove
from tracker.workdays import Workdays

from .people import SUPERIORS, People, superiors_of
from .steps import Step, ladder

# After a month the matter is one for people, not for the clock.
LONGEST = datetime.timedelta(days=30)
# What the clock and people say until it is filed.
CHASED = (
    Kind.OPENED, Kind.DUE_SOON, Kind.DUE_TODAY, Kind.OVERDUE, Kind.STILL_RETURNED, Kind.RETURNED,
    Kind.TO_SIGNER, Kind.TO_SUPERIOR, Kind.REMINDER,
)  # fmt: skip


@dataclass(frozen=True)
class Call:
    """One rung that has come for one submission; told once for its occasion."""

    submission: Submission
    kind: Kind
    occasion: str
    days: int = 0


def with_due(submissions):
    """Each with `own_due` (its agency's last extension, else the round's time) and `returned_at`."""
    later = Extension.objects.filter(round=OuterRef("round"), agency=OuterRef("agency"))
    back = (
        SubmissionMove.objects.filter(submission=OuterRef("pk"), to_status=Status.RETURNED)
        .values("submission")
        .annotate(last=Max("at"))
    )
    return submissions.annotate(
        own_due=Coalesce(Subquery(later.order_by("-pk").values("due_at")[:1]), "round__due_at"),
        returned_at=Subquery(back.values("last")[:1]),
    )


def missing(at: datetime.datetime):
    """What is owed and not filed, of rounds that have opened and are not long over."""
    rows = Submission.objects.exclude(status__in=Status.filed).exclude(
        round__state__in=Round.State.unasked
    )
    rows = with_due(rows).filter(own_due__gte=at - LONGEST, round__cycle__active=True)
    return rows.select_related("agency__region", "round__cycle", "round__span").order_by("pk")


@transaction.atomic
def climb(at: datetime.datetime) -> int:
    """Tell everybody whose rung has come; how many submissions were reminded of.

    Nothing but 今天截止 is said on a day that is not worked. A second call on a day says nothing.
    """
    workdays, steps = city_workdays(), ladder()
    rows = list(missing(at))
    calls = [
        call
        for row in rows
        for call in calls_for(row, at, workdays, steps)
        if steps[call.kind].active
    ]
    calls = _new(calls)
    _tell(calls, at)
    return len({call.submission.pk for call in calls})


def calls_for(
    row: Submission, at: datetime.datetime, workdays: Workdays, steps: Mapping[str, Step]
) -> Iterator[Call]:
    """The rungs that have come for a submission at that moment, whether they were told or not."""
    today, due = timezone.localdate(at), timezone.localtime(row.own_due)
    once = f"{due:%Y-%m-%d %H:%M}"
    if at < row.own_due and today == due.date():
        yield Call(row, Kind.DUE_TODAY, once)
    if not workdays(today):
        return
    if at < row.own_due and today < due.date():
        left = workdays.between(today, due.date())
        if left <= steps[Kind.DUE_SOON].days:
            yield Call(row, Kind.DUE_SOON, once, left)
    if row.status == Status.RETURNED:
        yield from _returned(row, today, workdays, steps)
    elif at >= row.own_due:
        late = workdays.between(due.date(), today)
        yield from _late(row, late, f"{today}", once, steps)


def _returned(row, today, workdays: Workdays, steps) -> Iterator[Call]:
    waited = workdays.between(timezone.localdate(row.returned_at), today)
    if waited and waited % steps[Kind.STILL_RETURNED].days == 0:
        yield Call(row, Kind.STILL_RETURNED, f"{today}", waited)


def _late(row, late: int, day: str, once: str, steps) -> Iterator[Call]:
    if late and late % steps[Kind.OVERDUE].days == 0:
        yield Call(row, Kind.OVERDUE, day, late)
    if late >= steps[Kind.TO_SIGNER].days and row.status != Status.SIGNING:
        yield Call(row, Kind.TO_SIGNER, once, late)
    if late >= steps[Kind.TO_SUPERIOR].days:
        yield Call(row, Kind.TO_SUPERIOR, once, late)


def _new(calls: list[Call]) -> list[Call]:
    told = Chase.objects.filter(submission__in={call.submission.pk for call in calls})
    known = set(told.values_list("submission", "kind", "occasion"))
    return [one for one in calls if (one.submission.pk, one.kind, one.occasion) not in known]


def _tell(calls: list[Call], at: datetime.datetime) -> None:
    above = superiors_of(call.submission for call in calls)
    agencies = {*above, *above.values()} - {None}
    people = People(agencies, ("reporter", "signer", *SUPERIORS))
    rows = []
    for call in calls:
        told = _people_for(call, people, above)
        fields = {"kind": call.kind, "occasion": call.occasion, "at": at, "told": len(told)}
        rows.append(Chase(submission=call.submission, **fields))
        if call.kind != Kind.TO_SUPERIOR:
            say(call.kind, call.submission, told, occasion=call.occasion, days=call.days)
    _tell_superiors([one for one in calls if one.kind == Kind.TO_SUPERIOR], people, above)
    Chase.objects.bulk_create(rows)


def _people_for(call: Call, people: People, above: Mapping[int, int | None]):
    agency = call.submission.agency_id
    if call.kind == Kind.TO_SUPERIOR:
        return people.of(above[agency], *SUPERIORS)
    if call.kind == Kind.TO_SIGNER:
        return people.of(agency, "signer")
    return people.whose_turn(call.submission)


def _tell_superiors(calls: Iterable[Call], people: People, above) -> None:
    """One notice for all that a superior has to hear of a round."""
    groups: dict[tuple, list[Call]] = {}
    for call in calls:
        key = (above[call.submission.agency_id], call.submission.round_id, call.occasion)
        groups.setdefault(key, []).append(call)
    for (superior, _, occasion), found in groups.items():
        told = people.of(superior, *SUPERIORS)
        days = max(call.days for call in found)
        if len(found) == 1:
            say(Kind.TO_SUPERIOR, found[0].submission, told, occasion=occasion, days=days)
            continue
        late = found[0].submission.round
        notify(
            told, Kind.TO_SUPERIOR, about=late, link=f"{reverse('completeness')}?round={late.pk}",
            occasion=f"{occasion} {superior}", agency=said_together(found), round=late, days=days,
        )  # fmt: skip


def said_together(calls: list[Call], most: int = 5) -> str:
    """市总工会、团市委等12个单位."""
    names = [str(call.submission.agency) for call in calls]
    return (
        "、".join(names) if len(names) <= most else f"{'、'.join(names[:most])}等{len(names)}个单位"
    )


def say(kind: str, submission: Submission, people, *, occasion: str, days: int, **words) -> None:
    """One notice about one submission, with all that its words may name."""
    due = timezone.localtime(submission.own_due)
    notify(
        people,
        kind,
        about=submission,
        link=submission.get_absolute_url(),
        occasion=occasion,
        agency=submission.agency,
        round=submission.round,
        due=f"{due:%Y年%-m月%-d日 %H:%M}",
        days=days,
        **words,
    )
