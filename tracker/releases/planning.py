"""Keeping the plans that compile by themselves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts import audit
from accounts.models import Agency, Appointment, Kind, Line, Region, User
from accounts.rules import Refused, require
from tracker.catalogue.models import Indicator

from .hours import keep_hour
from .models import ReleasePlan
from .rules import may_plan


@dataclass(frozen=True)
class Named:
    """Whom and what a plan names: its readers, and what must be approved before it is compiled."""

    readers: Sequence[User] = ()
    agencies: Sequence[Agency] = ()
    indicators: Sequence[Indicator] = ()


@transaction.atomic
def save_plan(
    plan: ReleasePlan,
    lines: Iterable[Line],
    settings: Mapping[str, str],
    *,
    by: User,
    named: Named | None = None,
) -> ReleasePlan:
    """Keep a plan, new or changed, with its lines (none: all), what it sets and what it names.

    `named` None leaves that as it is. Refused for a reader from outside the plan's region.
    """
    require(may_plan(by, plan.region))
    if named:
        _require_readers(plan, named.readers)
    plan.settings = dict(settings)
    plan.save()
    plan.lines.set(lines)
    if named:
        plan.readers.set(named.readers)
        plan.required_agencies.set(named.agencies)
        plan.required_indicators.set(named.indicators)
    keep_hour(plan)
    audit.record(by, "release_plan.save", plan, genre=plan.genre, active=plan.active)
    return plan


def readers_in(regions: Iterable[Region]) -> QuerySet[User]:
    """Who may be a reader of the plans of these regions: the business people of their agencies."""
    within = Q(pk__in=[])
    for region in regions:
        within |= Q(agency__region__path__startswith=region.path)
    posts = Appointment.objects.current(timezone.localdate()).filter(within)
    return User.objects.filter(
        is_active=True, kind=Kind.BUSINESS, appointments__in=posts
    ).distinct()


def _require_readers(plan: ReleasePlan, readers: Sequence[User]) -> None:
    known = set(readers_in([plan.region]).values_list("pk", flat=True))
    if strangers := [one.name for one in readers if one.pk not in known]:
        raise Refused(
            f"送阅人应是{plan.region.name}各单位的在岗人员，请去掉：{'、'.join(strangers)}。"
        )
