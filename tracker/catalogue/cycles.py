"""Setting up what is to be reported how often, by whom, and until when."""

import datetime
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Agency, Line, Region, User
from accounts.rules import Refused, require
from tracker.workdays import Workdays

from .deadlines import Deadline
from .models import Cycle, Duty, Frequency, Indicator, Round
from .rounds import complete_duties, open_due_rounds
from .rules import may_assign, may_keep_cycle, may_keep_cycles_in, may_release_duty
from .spans import key_on, parse_key, previous_key, span_of
from .working import city_workdays

TIMES = ("frequency", "opens", "due")


@transaction.atomic
def create_cycle(
    *,
    name: str,
    region: Region,
    frequency: str,
    lines: Iterable[Line],
    by: User,
    indicators: Iterable[Indicator] = (),
    opens: str = "期后1日",
    due: str = "期后第5个工作日",
    **fields,
) -> Cycle:
    """A cycle with the duties that follow from it. `fields`: sign_steps, line_review, filing."""
    require(may_keep_cycles_in(by, region))
    _refuse_taken(name)
    cycle = Cycle.objects.create(
        name=name, region=region, frequency=frequency, **_times(frequency, opens, due), **fields
    )
    cycle.lines.set(lines)
    cycle.indicators.set(indicators)
    complete_duties(cycle)
    audit.record(by, "cycle.create", cycle, frequency=frequency, opens=cycle.opens, due=cycle.due)
    return cycle


@transaction.atomic
def create_ad_hoc_cycle(
    *,
    name: str,
    region: Region,
    lines: Iterable[Line],
    due: str,
    by: User,
    indicators: Iterable[Indicator] = (),
    span_key: str = "",
    at: datetime.datetime | None = None,
    **fields,
) -> Round:
    """Something asked for once, open at once: its round, of the span named or of today.

    今天 and 明天 in `due` are counted from the moment `at` at which it is set up.
    """
    at = at or timezone.now()
    today = timezone.localdate(at)
    cycle = create_cycle(
        name=name,
        region=region,
        frequency=Frequency.ONCE,
        lines=lines,
        indicators=indicators,
        opens="今天",
        due=due,
        by=by,
        **fields,
    )
    due_at = Deadline.parse(due).moment(today, city_workdays())
    if due_at <= at:
        raise Refused("截止时间已经过去，请改正。")
    span = span_of(span_key or today.isoformat())
    round = Round.objects.create(cycle=cycle, span=span, opens_at=at, due_at=due_at)
    open_due_rounds(at)
    round.refresh_from_db()
    return round


@transaction.atomic
def edit_cycle(
    cycle: Cycle,
    *,
    by: User,
    lines: Iterable[Line] | None = None,
    indicators: Iterable[Indicator] | None = None,
    **changes,
) -> Cycle:
    """Change what is given; rounds that have not opened yet follow, open ones keep their times."""
    require(may_keep_cycle(by, cycle))
    _refuse_taken(changes.get("name", cycle.name), cycle)
    wanted = {name: changes.get(name, getattr(cycle, name)) for name in TIMES}
    changes |= _times(**wanted)
    before = {name: str(getattr(cycle, name)) for name in changes}
    for name, value in changes.items():
        setattr(cycle, name, value)
    cycle.save(update_fields=list(changes))
    if lines is not None:
        cycle.lines.set(lines)
    if indicators is not None:
        cycle.indicators.set(indicators)
    if "filing" in changes:
        cycle.duties.update(filing=cycle.filing)
    complete_duties(cycle)
    _move_upcoming(cycle)
    after = {name: str(value) for name, value in changes.items() if before[name] != str(value)}
    audit.record(by, "cycle.edit", cycle, after=after)
    return cycle


def _times(frequency: str, opens: str, due: str) -> dict[str, str]:
    """Both in their settled wording; Refused when they cannot be read or are in the wrong order."""
    try:
        first, last = Deadline.parse(opens), Deadline.parse(due)
    except ValueError as problem:
        raise Refused(f"{problem}。") from problem
    if frequency != Frequency.ONCE and not all(
        first.moment(end, Workdays(), opening=True) < last.moment(end, Workdays())
        for end in _recent_ends(frequency)
    ):
        raise Refused(f"截止“{due}”会早于开放“{opens}”，请改正。")
    return {"opens": first.say(), "due": last.say()}


def _recent_ends(frequency: str) -> Iterator[datetime.date]:
    """The last days of the spans of a year."""
    key = key_on(frequency, timezone.localdate())
    for _ in range(12):
        yield parse_key(key).end
        key = previous_key(key)


def _refuse_taken(name: str, own: Cycle | None = None) -> None:
    if Cycle.objects.filter(name=name).exclude(pk=own and own.pk).exists():
        raise Refused(f"已有名为“{name}”的填报周期。")


def _move_upcoming(cycle: Cycle) -> None:
    workdays = city_workdays()
    opens, due = Deadline.parse(cycle.opens), Deadline.parse(cycle.due)
    for round in cycle.rounds.filter(state=Round.State.UPCOMING).select_related("span"):
        round.opens_at = opens.moment(round.span.end, workdays, opening=True)
        round.due_at = due.moment(round.span.end, workdays)
        if round.due_at <= round.opens_at:
            raise Refused(f"{round}的截止时间不晚于开放时间，请改正。")
        round.save(update_fields=["opens_at", "due_at"])


@transaction.atomic
def set_active(cycle: Cycle, active: bool, *, by: User) -> Cycle:
    """Stop a cycle (no new rounds; open ones run out) or take it up again."""
    require(may_keep_cycle(by, cycle))
    cycle.active = active
    cycle.save(update_fields=["active"])
    audit.record(by, "cycle.start" if active else "cycle.stop", cycle)
    return cycle


@transaction.atomic
def assign(
    cycle: Cycle,
    agency: Agency,
    *,
    by: User,
    filing: str = "",
    indicators: Iterable[Indicator] = (),
) -> Duty:
    """Give an agency the duty to file, or change it; without indicators all that it answers for."""
    require(may_assign(by, cycle, agency))
    wanted = {"filing": filing or cycle.filing, "active": True}
    duty, _ = Duty.objects.update_or_create(cycle=cycle, agency=agency, defaults=wanted)
    duty.indicators.set(indicators)
    audit.record(by, "duty.assign", duty, filing=duty.filing)
    return duty


@transaction.atomic
def release_duty(duty: Duty, *, by: User, reason: str) -> Duty:
    """Let an agency off a cycle, from the next round on."""
    require(may_release_duty(by, duty))
    duty.active = False
    duty.save(update_fields=["active"])
    audit.record(by, "duty.release", duty, reason=reason)
    return duty
