"""The city's channels, quiet hours and failed messages: what people do about them on a page."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Agency, User
from accounts.rules import Refused, require
from tracker.jobs.services import enqueue

from . import reaching, robots
from .models import Channel, Contact, Delivery, Manner, Service, State
from .outgoing import SEND
from .rules import may_keep_notices, may_send_again, may_try_channel
from .sending import FAILURES, mail

TRIAL = "这是实绩系统的一条测试消息，收到即表示渠道可用。"


@transaction.atomic
def save_channel(
    channel: Channel | None,
    *,
    service: str,
    name: str,
    kinds: Iterable[str],
    active: bool,
    by: User,
    address: str = "",
    secret: str = "",
    agency: Agency | None = None,
) -> Channel:
    """A channel, new or known; an empty address or secret leaves the one that is kept.

    Refused for an address that is not on the operator's list.
    """
    require(may_keep_notices(by))
    row = channel or Channel(service=service)
    if row.service != Service.MAIL:
        row.address, row.secret = address or row.address, secret or row.secret
        row.agency = agency
        _require_place(row.address)
    row.name, row.kinds, row.active = name, sorted(kinds), active
    row.save()
    # The address holds the robot's key: the log says only whether it was changed.
    said = {"kinds": row.kinds, "active": active, "address_changed": bool(address)}
    audit.record(by, "channel.save", row, service=row.service, **said)
    return row


def _require_place(address: str) -> None:
    try:
        reaching.named(address)
    except reaching.Forbidden as problem:
        raise Refused(str(problem)) from problem


def try_channel(channel: Channel, *, by: User) -> str:
    """Send a test message now: empty when it was taken, else why not, in Chinese."""
    require(may_try_channel(by, channel))
    why = ""
    try:
        if channel.is_mail:
            mail(by.contact.email, "测试消息", TRIAL)
        else:
            robots.say(channel, TRIAL)
    except FAILURES as problem:
        why = str(problem) if not channel.is_mail else f"邮件没有发出（{type(problem).__name__}）。"
    audit.record(by, "channel.try", channel, delivered=not why)
    return why


@transaction.atomic
def set_manner(
    *, quiet_from: datetime.time, quiet_until: datetime.time, gather_minutes: int, by: User
) -> Manner:
    """When the outside is told, from now on."""
    require(may_keep_notices(by))
    wanted = {
        "quiet_from": quiet_from,
        "quiet_until": quiet_until,
        "gather_minutes": gather_minutes,
    }
    row, _ = Manner.objects.update_or_create(only=True, defaults=wanted)
    audit.record(by, "notice.manner", row, quiet=str(row), gather=gather_minutes)
    return row


@transaction.atomic
def send_again(delivery: Delivery, *, by: User) -> Delivery:
    """Queue a message that was given up, with all its attempts before it."""
    require(may_send_again(by, delivery))
    delivery.state, delivery.attempts, delivery.settled_at = State.QUEUED, 0, None
    delivery.not_before = timezone.now()
    delivery.save(update_fields=["state", "attempts", "settled_at", "not_before"])
    enqueue(SEND, key=delivery.channel_id, payload={"channel": delivery.channel_id})
    audit.record(by, "notice.send_again", delivery)
    return delivery


@transaction.atomic
def set_contact(*, email: str, by_mail: bool, mobile: str, mention: bool, by: User) -> Contact:
    """Where one wants to be told oneself."""
    wanted = {"email": email, "by_mail": by_mail, "mobile": mobile, "mention": mention}
    row, _ = Contact.objects.update_or_create(user=by, defaults=wanted)
    audit.record(by, "account.contact", by, by_mail=by_mail, mention=mention)
    return row
