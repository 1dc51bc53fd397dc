"""Telling an agency that a round has opened, and reminding it by hand."""

import datetime
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.rules import Refused, require
from tracker.catalogue.models import Round
from tracker.notices.models import Kind

from .chasing.climbing import say, with_due
from .chasing.people import People
from .chasing.rules import may_remind
from .chasing.steps import ladder
from .models import Chase, Submission
from .owing import prepare


def open_submissions(round_: Round) -> int:
    """Drafts for every duty of the round, and a notice to those who fill them in; how many are new."""
    made = prepare(round_)
    if ladder()[Kind.OPENED].active:
        rows = _loaded(Submission.objects.filter(round=round_))
        people = People({row.agency_id for row in rows}, ["reporter"])
        for row in rows:
            told = people.of(row.agency_id, "reporter")
            say(Kind.OPENED, row, told, occasion="opened", days=0)
    return made


@transaction.atomic
def remind(
    submissions: Sequence[Submission], *, by: User, at: datetime.datetime | None = None
) -> int:
    """Remind those whose turn it is, of all or of none; how many people were told.

    The same submission is not reminded of twice within an hour by hand.
    """
    at = at or timezone.now()
    rows = _loaded(Submission.objects.filter(pk__in=[one.pk for one in submissions]))
    people = People({row.agency_id for row in rows}, ("reporter", "signer"))
    return sum(_reminded(row, people.whose_turn(row), by, at) for row in rows)


def _reminded(row: Submission, told: list[User], by: User, at: datetime.datetime) -> int:
    require(may_remind(by, row))
    if not told:
        raise Refused(f"{row.agency}还没有可以提醒的人员，请先在“人员”里登记填报员。")
    hour = f"{timezone.localtime(at):%Y-%m-%d %H}"
    try:
        with transaction.atomic():
            Chase.objects.create(
                submission=row, kind=Kind.REMINDER, occasion=hour, by=by, at=at, told=len(told)
            )
    except IntegrityError:
        raise Refused(f"{row.agency}在这个小时里已经催过，请稍后再催。") from None
    say(Kind.REMINDER, row, told, occasion=hour, days=0, person=by.name)
    audit.record(by, "chase.remind", row, told=len(told))
    return len(told)


def _loaded(rows) -> list[Submission]:
    found = with_due(rows).select_related("agency__region", "round__cycle", "round__span")
    return list(found.order_by("pk"))
