"""A signer who is away names a deputy; what the deputy signs says for whom."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.models import Agency, Appointment, RoleGrant, User
from accounts.rules import require
from tracker.notices.models import Kind
from tracker.notices.services import notify

from .models import Delegation
from .rules import may_delegate, may_end_delegation

LONGEST = datetime.timedelta(days=366)


def candidates(user: User) -> QuerySet[Appointment]:
    """Posts of those who may stand in: whoever works in business at an agency one signs for."""
    grants = RoleGrant.objects.current(timezone.localdate())
    grants = grants.filter(
        appointment__agency__in=user.reach.agencies("signer"), user_kind="business"
    )
    posts = Appointment.objects.filter(pk__in=grants.values("appointment"))
    return posts.exclude(user=user).select_related("user", "agency").order_by("agency", "pk")


@transaction.atomic
def delegate(
    agency: Agency,
    deputy: User,
    starts: datetime.date,
    ends: datetime.date,
    *,
    by: User,
    reason: str = "",
) -> Delegation:
    """Let `deputy` sign for `by` at the agency from one day to another; one deputy at a time."""
    require(may_delegate(by, agency, deputy))
    _refuse_bad_period(starts, ends)
    known = Delegation.objects.standing().filter(agency=agency, giver=by)
    if other := known.filter(starts__lte=ends, ends__gte=starts).first():
        raise ValidationError(
            f"{other.starts:%Y-%m-%d}至{other.ends:%Y-%m-%d}已委托{other.deputy}代签，请先结束那一项。"
        )
    row = Delegation.objects.create(
        agency=agency, giver=by, deputy=deputy, starts=starts, ends=ends, reason=reason.strip()
    )
    audit.record(by, "delegation.give", row, deputy=deputy.pk, starts=starts, ends=ends)
    _tell(row)
    return row


def _refuse_bad_period(starts: datetime.date, ends: datetime.date) -> None:
    if ends < starts:
        raise ValidationError("止期早于起期，请改正。")
    if ends < timezone.localdate():
        raise ValidationError("止期已经过去，请改正。")
    if ends - starts > LONGEST:
        raise ValidationError("一次委托最长一年；长期由他人签字的，请办理交接。")


def _tell(row: Delegation) -> None:
    notify(
        [row.deputy], Kind.DELEGATED, about=row, link=reverse("delegation-list"),
        person=row.giver.name, agency=row.agency, due=f"{row.ends:%Y年%-m月%-d日}",
    )  # fmt: skip


@transaction.atomic
def end_delegation(row: Delegation, *, by: User) -> Delegation:
    """The signer is back early, or the deputy gives it up: over from now on."""
    row = Delegation.objects.select_for_update(of=("self",)).get(pk=row.pk)
    require(may_end_delegation(by, row))
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    audit.record(by, "delegation.end", row)
    return row
