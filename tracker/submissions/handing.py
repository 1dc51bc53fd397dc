"""The open work of a post that was handed over: who takes it is told, and finds what was unread."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.models import Appointment, HandOver, RoleGrant, User
from accounts.services import settle
from tracker.catalogue.models import Round
from tracker.notices.models import Kind, Notice
from tracker.notices.services import notify

from .models import Status, Submission

GONE = (Round.State.CLOSED, Round.State.WITHDRAWN)
# What each role of an agency has to do with a submission of it.
TURNS = {
    "reporter": Status.editable | {Status.SIGNING},
    "signer": {Status.SIGNING},
}


def open_work(post: Appointment, roles) -> list[Submission]:
    """The agency's submissions that are still on the way and wait for one of these roles."""
    turns = {status for role in roles for status in TURNS.get(role, ())}
    rows = Submission.objects.filter(agency=post.agency_id, status__in=turns)
    rows = rows.exclude(status=Status.DRAFT, round__state__in=GONE)
    return list(rows.select_related("agency", "round__cycle", "round__span").order_by("pk"))


def roles_of(post: Appointment) -> set[str]:
    """The roles in force at a post today."""
    grants = RoleGrant.objects.current(timezone.localdate()).filter(appointment=post)
    return set(grants.values_list("role", flat=True))


def is_ready(handed: HandOver) -> bool:
    """Has every role of the giver that was proposed for the taker been decided upon?"""
    return not handed.taker.grants.pending().exists()


@transaction.atomic
def follow(handed: HandOver, *, by: User | None) -> list[Submission]:
    """Give the open work to the taker and settle the hand-over; what was given.

    Nothing happens before the taker's roles are confirmed, and nothing happens twice.
    """
    handed = HandOver.objects.select_for_update(of=("self",)).select_related(
        "giver__user", "giver__agency", "taker__user", "taker__agency"
    ).get(pk=handed.pk)  # fmt: skip
    if handed.settled_at or not is_ready(handed):
        return []
    work = open_work(handed.taker, roles_of(handed.taker))
    _tell(handed, work)
    _pass_on_unread(handed, work)
    audit.record(by, "submission.hand_over", handed, submissions=[one.pk for one in work])
    settle(handed)
    return work


def _tell(handed: HandOver, work: list[Submission]) -> None:
    """One notice for each, leading to it; one for the desk where nothing is open."""
    words = {"person": handed.giver.user.name, "agency": handed.taker.agency}
    for one in work:
        link = one.get_absolute_url()
        notify([handed.taker.user], Kind.HANDED_OVER, about=one, link=link, occasion=handed.pk,
               round=one.round, state=one.get_status_display(), **words)  # fmt: skip
    if not work:
        link = reverse("submission-desk")
        notify([handed.taker.user], Kind.HANDED_OVER, about=handed, link=link,
               occasion=handed.pk, state="没有未办结的任务", **words)  # fmt: skip


def _pass_on_unread(handed: HandOver, work: list[Submission]) -> None:
    """What the giver never read of this work goes to the taker; read once, it is done."""
    unread = Notice.objects.unread().filter(
        recipient=handed.giver.user, target_type="submission", target_id__in=[w.pk for w in work]
    )
    kept = list(unread)
    for notice in kept:
        notice.pk, notice.recipient = None, handed.taker.user
    Notice.objects.bulk_create(kept, ignore_conflicts=True)
    if not handed.giver.is_current(timezone.localdate()) or not roles_of(handed.giver):
        unread.update(read_at=timezone.now())


def settle_open(*, by: User | None, posts=None) -> int:
    """Settle every hand-over that has become ready (of these takers' posts, or of all); how many."""
    waiting = HandOver.objects.filter(settled_at=None)
    if posts is not None:
        waiting = waiting.filter(taker__in=posts)
    done = 0
    for handed in waiting.order_by("pk"):
        follow(handed, by=by)
        handed.refresh_from_db(fields=["settled_at"])
        done += bool(handed.settled_at)
    return done
