"""Appointments: who holds which post at which agency, and from when to when."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Agency, Appointment, HandOver, Role, RoleGrant, User
from accounts.rules import Refused, may_appoint, require
from accounts.services.people import refuse_to_lose_the_last
from accounts.services.roles import propose_role


@transaction.atomic
def appoint(
    user: User,
    agency: Agency,
    post: str,
    *,
    by: User,
    starts: date | None = None,
    ends: date | None = None,
    speaking_order: int | None = None,
) -> Appointment:
    """A post, from today when no day is given; it allows nothing until roles are confirmed."""
    require(may_appoint(by, user, agency))
    starts = starts or timezone.localdate()
    _refuse_bad_period(starts, ends)
    _refuse_twice(user, agency, post, starts)
    appointment = Appointment.objects.create(
        user=user,
        agency=agency,
        post=post,
        starts=starts,
        ends=ends,
        speaking_order=speaking_order,
    )
    audit.record(by, "appointment.begin", appointment, starts=starts, ends=ends)
    return appointment


@transaction.atomic
def appoint_with_roles(
    user: User, agency: Agency, post: str, *, roles: Iterable[str], by: User, **dates
) -> Appointment:
    """A post and, in the same act, the roles proposed for it."""
    appointment = appoint(user, agency, post, by=by, **dates)
    for role in roles:
        propose_role(appointment, role, by=by)
    return appointment


def _refuse_bad_period(starts: date, ends: date | None) -> None:
    if ends and ends < starts:
        raise Refused(f"止期{ends:%Y-%m-%d}早于起期{starts:%Y-%m-%d}，请改正。")


def _refuse_twice(user: User, agency: Agency, post: str, starts: date) -> None:
    same = Appointment.objects.filter(user=user, agency=agency, post=post)
    if same.current(starts).exists():
        raise Refused(f"{user.name}已是{agency}{post}，不必重复任职。")


@transaction.atomic
def end_appointment(appointment: Appointment, *, by: User, ends: date | None = None) -> Appointment:
    """`ends` is the last day. Today or earlier: its roles are revoked at once."""
    require(may_appoint(by, appointment.user, appointment.agency))
    today = timezone.localdate()
    ends = ends or today
    _refuse_bad_period(appointment.starts, ends)
    if ends <= today:
        _revoke_all(appointment, by)
    appointment.ends = ends
    appointment.save(update_fields=["ends"])
    audit.record(by, "appointment.end", appointment, ends=ends)
    return appointment


@transaction.atomic
def change_appointment(
    appointment: Appointment, *, ends: date | None, speaking_order: int | None, by: User
) -> Appointment:
    """Its last day and its place among the speakers, as a list of people says them."""
    require(may_appoint(by, appointment.user, appointment.agency))
    if ends and ends != appointment.ends:
        end_appointment(appointment, ends=ends, by=by)
    appointment.ends, appointment.speaking_order = ends, speaking_order
    appointment.save(update_fields=["ends", "speaking_order"])
    audit.record(by, "appointment.change", appointment, ends=ends, speaking_order=speaking_order)
    return appointment


def _revoke_all(appointment: Appointment, by: User) -> None:
    grants = appointment.grants.filter(revoked_at__isnull=True)
    refuse_to_lose_the_last(grants)
    grants.update(revoked_at=timezone.now(), revoked_by=by)


@transaction.atomic
def hand_over(
    giver: Appointment, *, to: User, by: User, note: str = "", keep: bool = False
) -> HandOver:
    """Give a post to another person: same post, same roles (to be confirmed), open work follows.

    The giver's post ends today unless it is kept.
    """
    require(may_appoint(by, to, giver.agency))
    _refuse_useless(giver, to)
    roles = list(giver.grants.standing().values_list("role", flat=True))
    taker = _post_for(to, giver, by)
    for role in roles:
        _propose_once(taker, role, by)
    if not keep:
        end_appointment(giver, by=by)
    handed = HandOver.objects.create(giver=giver, taker=taker, by=by, note=note)
    audit.record(by, "appointment.hand_over", handed, roles=roles, note=note)
    return handed


def _refuse_useless(giver: Appointment, to: User) -> None:
    if giver.user == to:
        raise Refused("移交人与接收人是同一人，请另选接收人。")
    if giver.user.kind != to.kind:
        raise Refused("移交人与接收人的账号类别不同，不能交接。")
    if not giver.is_current(timezone.localdate()):
        raise Refused("这项任职已经结束，不能再交接。")


def _post_for(to: User, giver: Appointment, by: User) -> Appointment:
    today = timezone.localdate()
    posts = Appointment.objects.filter(user=to, agency=giver.agency, post=giver.post)
    existing = posts.current(today).first()
    order = giver.speaking_order
    return existing or appoint(to, giver.agency, giver.post, speaking_order=order, by=by)


def _propose_once(taker: Appointment, role: str, by: User) -> None:
    if not RoleGrant.objects.filter(appointment=taker, role=role, revoked_at=None).exists():
        propose_role(taker, Role(role), by=by)


@transaction.atomic
def settle(handed: HandOver) -> HandOver:
    """The open work has followed: to be called by what moved it."""
    handed.settled_at = timezone.now()
    handed.save(update_fields=["settled_at"])
    audit.record(None, "appointment.settle", handed)
    return handed
