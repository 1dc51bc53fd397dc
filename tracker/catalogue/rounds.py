"""The terms of a cycle: opened and closed by the clock, prolonged by a person."""

import datetime
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from accounts import audit
from accounts.models import Agency, User
from accounts.rules import Refused, require
from tracker.jobs import services as jobs
from tracker.workdays import Workdays

from .deadlines import Deadline
from .duties import agencies_of, expected_agencies
from .models import Cycle, Duty, Extension, Frequency, Round
from .rules import may_extend
from .spans import key_on, parse_key, previous_key, span_of
from .working import city_workdays

PREPARE = "prepare-submissions"


@transaction.atomic
def open_due_rounds(at: datetime.datetime) -> list[Round]:
    """Create the rounds that are near, open those whose time has come, close those that are over.

    Returns the rounds opened. To be called as often as one likes: a second call does nothing.
    """
    workdays = city_workdays()
    for cycle in Cycle.objects.filter(active=True):
        for key in _near_keys(cycle, at):
            plan_round(cycle, key, workdays, at=at)
    opened = [_open(round) for round in _to_open(at)]
    _close_over(at)
    return opened


def _near_keys(cycle: Cycle, at: datetime.datetime) -> Iterator[str]:
    """The span of the day and the one before it; for a cycle without a series the day, once."""
    today = timezone.localdate(at)
    key = key_on(cycle.frequency, today)
    if cycle.frequency != Frequency.ONCE:
        yield from (previous_key(key), key)
    elif not cycle.rounds.exists():
        yield key


def plan_round(
    cycle: Cycle, key: str, workdays: Workdays, *, at: datetime.datetime
) -> Round | None:
    """The round of a span, made when it is new; None for one that was over before it was thought of."""
    end = parse_key(key).end
    opens_at = Deadline.parse(cycle.opens).moment(end, workdays, opening=True)
    due_at = Deadline.parse(cycle.due).moment(end, workdays)
    if due_at <= max(opens_at, at):
        return cycle.rounds.filter(span__key=key).first()
    times = {"opens_at": opens_at, "due_at": due_at}
    return Round.objects.get_or_create(cycle=cycle, span=span_of(key), defaults=times)[0]


def _to_open(at: datetime.datetime) -> Iterable[Round]:
    upcoming = Round.objects.filter(state=Round.State.UPCOMING, opens_at__lte=at)
    return upcoming.filter(cycle__active=True).select_related("cycle__region", "span")


def _open(round: Round) -> Round:
    round.state = Round.State.OPEN
    round.save(update_fields=["state"])
    complete_duties(round.cycle)
    jobs.enqueue(PREPARE, key=round.pk, payload={"round": round.pk})
    audit.record(None, "round.open", round)
    return round


def complete_duties(cycle: Cycle) -> list[Duty]:
    """Give every agency its duty that should have one and never had; the new ones."""
    had = set(cycle.duties.values_list("agency", flat=True))
    return Duty.objects.bulk_create(
        Duty(cycle=cycle, agency=agency, filing=cycle.filing)
        for agency in expected_agencies(cycle)
        if agency.pk not in had
    )


def _close_over(at: datetime.datetime) -> None:
    """Close what is due, unless late filing is allowed or somebody was given more time."""
    over = Round.objects.filter(state=Round.State.OPEN, due_at__lt=at, accepts_late=False)
    over = over.annotate(longest=Max("extensions__due_at"))
    over = over.filter(Q(longest__isnull=True) | Q(longest__lt=at))
    for round in over.select_related("cycle", "span"):
        round.state = Round.State.CLOSED
        round.save(update_fields=["state"])
        audit.record(None, "round.close", round)


def due_for(round: Round, agency: Agency) -> datetime.datetime:
    """When the round is due for one agency: its last extension, else the round's own time."""
    later = [one for one in round.extensions.all() if one.agency_id == agency.pk]
    return max(later, key=lambda one: one.pk).due_at if later else round.due_at


def accepts(round: Round, agency: Agency, at: datetime.datetime) -> bool:
    """Does the round take a submission of this agency at that moment?"""
    if round.state in Round.State.unasked or at < round.opens_at:
        return False
    return round.accepts_late or at <= due_for(round, agency)


@transaction.atomic
def extend(
    round: Round, agency: Agency, due_at: datetime.datetime, reason: str, *, by: User
) -> Extension:
    """A later deadline for one agency; a closed round opens again, for it alone."""
    round = Round.objects.select_for_update().get(pk=round.pk)
    require(may_extend(by, round))
    if not agencies_of(round.cycle).filter(pk=agency.pk).exists():
        raise Refused(f"{agency}没有本周期的填报任务，不需要延期。")
    if due_at <= max(due_for(round, agency), timezone.now()):
        raise Refused("延期后的时间应晚于原截止时间和当前时间，请改正。")
    extension = round.extensions.create(agency=agency, due_at=due_at, reason=reason, by=by)
    _reopen(round)
    audit.record(by, "round.extend", round, agency=agency.name, due_at=due_at, reason=reason)
    return extension


@transaction.atomic
def allow_late(round: Round, reason: str, *, by: User) -> Round:
    """Take submissions after the deadline, marked as late (补报), until it is disallowed again."""
    round = Round.objects.select_for_update().get(pk=round.pk)
    require(may_extend(by, round))
    round.accepts_late = True
    round.save(update_fields=["accepts_late"])
    _reopen(round)
    audit.record(by, "round.allow_late", round, reason=reason)
    return round


@transaction.atomic
def disallow_late(round: Round, *, by: User) -> Round:
    """No more late filing; the clock closes the round."""
    round = Round.objects.select_for_update().get(pk=round.pk)
    require(may_extend(by, round))
    round.accepts_late = False
    round.save(update_fields=["accepts_late"])
    audit.record(by, "round.disallow_late", round)
    return round


def _reopen(round: Round) -> None:
    round.state = Round.State.OPEN
    round.save(update_fields=["state"])
