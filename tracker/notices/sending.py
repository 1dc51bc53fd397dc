"""Sending what waits: several notices in one message, again later where it fails, and all of it kept."""

import datetime
import smtplib
from collections.abc import Sequence

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from tracker.jobs.services import enqueue

from . import robots
from .models import Channel, Contact, Delivery, State
from .outgoing import SEND, is_quiet, manner, next_moment
from .reaching import Forbidden, Unreached
from .robots import Declined

log = structlog.get_logger(__name__)

# How long to wait after each failure; after the last one a person decides.
PAUSES = tuple(datetime.timedelta(minutes=n) for n in (1, 5, 15, 60, 180))
FAILURES = (Forbidden, Unreached, Declined, smtplib.SMTPException, OSError)
LONGEST = 1800
# A run ends well within the life of a job; what is left is the next one's.
AT_ONCE = 50


def send_waiting(channel: Channel, at: datetime.datetime) -> int:
    """Send what is due on the channel, one message to each addressee; how many went out.

    What failed is queued again with a pause; so is everything in the quiet hours.
    """
    if is_quiet(timezone.localtime(at).time(), manner()):
        channel.deliveries.waiting().filter(not_before__lt=at).update(not_before=next_moment(at))
        _again(channel)
        return 0
    sent = sum(_sent(channel, rows, at) for rows in _by_addressee(channel, at)[:AT_ONCE])
    _again(channel)
    return sent


def _by_addressee(channel: Channel, at: datetime.datetime) -> list[list[Delivery]]:
    """All that waits for each addressee for whom something is due, oldest first."""
    waiting = channel.deliveries.waiting().select_related("person__contact").order_by("pk")
    found: dict[int | None, list[Delivery]] = {}
    for row in waiting:
        found.setdefault(row.person_id, []).append(row)
    return [rows for rows in found.values() if any(row.not_before <= at for row in rows)]


def _again(channel: Channel) -> None:
    first = channel.deliveries.waiting().order_by("not_before").first()
    if first:
        enqueue(SEND, key=channel.pk, payload={"channel": channel.pk}, run_after=first.not_before)


def _sent(channel: Channel, rows: list[Delivery], at: datetime.datetime) -> bool:
    """One message; the rows say what became of it."""
    # What was filed while this run was under way needs no reminder any more.
    left = Delivery.objects.waiting().filter(pk__in=[row.pk for row in rows])
    rows = list(left.select_related("person__contact").order_by("pk"))
    if not rows:
        return False
    try:
        _hand_over(channel, rows)
    except FAILURES as problem:
        _failed(rows, _why(problem), at)
        return False
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=State.SENT, settled_at=timezone.now(), attempts=rows[0].attempts + 1, error=""
    )
    return True


def _hand_over(channel: Channel, rows: Sequence[Delivery]) -> None:
    title, text = message_of(rows)
    if channel.is_mail:
        contact = getattr(rows[0].person, "contact", None)
        mail(contact.email if contact else "", title, text)
    else:
        called = {pk for row in rows for pk in row.people}
        numbers = Contact.objects.filter(user__in=called, mention=True).order_by("user")
        robots.say(channel, f"{title}\n{text}", numbers.values_list("mobile", flat=True))


def mail(
    address: str,
    title: str,
    text: str,
    *,
    files: Sequence[tuple[str, bytes, str]] = (),
    link: str = "",
) -> None:
    """One letter over the mail server of the installation.

    `files`: name, content and media type of each. `link`: a path of this site, told where it knows its address.
    """
    if not address:
        raise Unreached("收件人没有填写邮箱。")
    if link and settings.SITE_URL:
        text = f"{text}\n{settings.SITE_URL.rstrip('/')}{link}"
    letter = EmailMessage(f"【实绩】{title}", text, to=[address])
    for name, content, media_type in files:
        letter.attach(name, content, media_type)
    letter.send()


def message_of(rows: Sequence[Delivery]) -> tuple[str, str]:
    """Title and text of one message for one or several notices."""
    if len(rows) == 1:
        [row] = rows
        return row.title, "\n".join([row.text, *_links(rows)])[:LONGEST]
    titles = dict.fromkeys(row.title for row in rows)
    lines = [f"{number}. {title}" for number, title in enumerate(titles, start=1)]
    while len("\n".join(lines)) > LONGEST:
        lines = [*lines[:-2], "……"]
    return f"有{len(titles)}件事要办", "\n".join([*lines, *_links(rows)])


def _links(rows: Sequence[Delivery]) -> list[str]:
    """Where to go on, for an installation that has told its own address."""
    if not settings.SITE_URL:
        return []
    path = rows[0].link if len(rows) == 1 else "/notices/"
    return [settings.SITE_URL.rstrip("/") + path]


def _why(problem: Exception) -> str:
    """Our own words as they are; of a mail server's only the kind, as they may quote the address."""
    if isinstance(problem, Forbidden | Unreached | Declined):
        return str(problem)[:200]
    return f"邮件没有发出（{type(problem).__name__}）。"


def _failed(rows: Sequence[Delivery], why: str, at: datetime.datetime) -> None:
    log.warning("notice not delivered", channel=rows[0].channel_id, why=why)
    for row in rows:
        row.attempts, row.error = row.attempts + 1, why
        if row.attempts > len(PAUSES):
            row.state, row.settled_at = State.FAILED, at
        else:
            row.not_before = at + PAUSES[row.attempts - 1]
    Delivery.objects.bulk_update(rows, ["attempts", "error", "state", "settled_at", "not_before"])
