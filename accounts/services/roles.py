"""Roles: proposed by one person, in force when the security administrator confirms them."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Appointment, Role, RoleGrant, User
from accounts.rules import Refused, may_confirm_role, may_propose_role, may_revoke_role, require
from accounts.services.people import refuse_to_lose_the_last


@transaction.atomic
def propose_role(
    appointment: Appointment,
    role: Role | str,
    *,
    by: User,
    starts: date | None = None,
    ends: date | None = None,
) -> RoleGrant:
    """A role for this post, from its first day when none is given; pending until confirmed."""
    role = Role(role)
    require(may_propose_role(by, appointment, role))
    if appointment.grants.filter(role=role, revoked_at=None, ends=None).exists():
        raise Refused(f"{appointment}已有“{role.label}”角色，或正在等待确认。")
    grant = RoleGrant.objects.create(
        appointment=appointment,
        role=role,
        user_kind=appointment.user.kind,
        starts=starts or appointment.starts,
        ends=ends,
        proposed_by=by,
    )
    audit.record(by, "role.propose", grant, role=role, starts=grant.starts, ends=ends)
    return grant


@transaction.atomic
def confirm_roles(grants: Iterable[RoleGrant], *, by: User) -> list[RoleGrant]:
    """Put a list of proposals in force, all or none."""
    ids = [grant.pk for grant in grants]
    locked = list(
        _with_people(RoleGrant.objects.select_for_update(of=("self",)).filter(pk__in=ids))
    )
    for grant in locked:
        require(may_confirm_role(by, grant))
    now = timezone.now()
    for grant in locked:
        grant.confirmed_by, grant.confirmed_at = by, now
        grant.save(update_fields=["confirmed_by", "confirmed_at"])
        audit.record(by, "role.confirm", grant, role=grant.role)
    return locked


@transaction.atomic
def revoke_role(grant: RoleGrant, *, by: User, reason: str) -> RoleGrant:
    """Take a role back, or turn a proposal down; it counts from the next request on."""
    grant = _with_people(RoleGrant.objects.select_for_update(of=("self",))).get(pk=grant.pk)
    require(may_revoke_role(by, grant))
    refuse_to_lose_the_last(RoleGrant.objects.filter(pk=grant.pk))
    grant.revoked_by, grant.revoked_at = by, timezone.now()
    grant.save(update_fields=["revoked_by", "revoked_at"])
    act = "role.revoke" if grant.confirmed_at else "role.turn_down"
    audit.record(by, act, grant, role=grant.role, reason=reason)
    return grant


def _with_people(grants):
    return grants.select_related("appointment__user", "appointment__agency").order_by("pk")
