"""Telling an agency that a round has opened, or that it is due soon and not filed."""

import datetime

from django.utils import timezone

from accounts.models import RoleGrant, User
from tracker.catalogue.models import Round
from tracker.notices.services import notify

from .models import Status, Submission
from .owing import prepare

SOON = datetime.timedelta(days=2)


def open_submissions(round_: Round) -> int:
    """Drafts for every duty of the round, and a notice to those who fill them in; how many are new."""
    made = prepare(round_)
    _tell(_of([round_]), "opened", occasion="opened")
    return made


def remind_due(at: datetime.datetime) -> int:
    """Remind the reporters of what is due within two days and not filed, once a day; how many."""
    rounds = Round.objects.open(at).filter(due_at__range=(at, at + SOON))
    waiting = [row for row in _of(rounds) if row.status not in Status.filed]
    _tell(waiting, "due-soon", occasion=timezone.localdate(at))
    return len(waiting)


def _of(rounds) -> list[Submission]:
    rows = Submission.objects.filter(round__in=rounds)
    return list(rows.select_related("agency", "round__cycle", "round__span"))


def _tell(submissions: list[Submission], kind: str, *, occasion: object) -> None:
    """One notice per reporter and submission; the people of all agencies in one query."""
    people = reporters_of({one.agency_id for one in submissions})
    for one in submissions:
        notify(
            people.get(one.agency_id, []),
            kind,
            about=one,
            link=one.get_absolute_url(),
            occasion=occasion,
            agency=one.agency,
            round=one.round,
            due=f"{timezone.localtime(one.round.due_at):%Y年%-m月%-d日 %H:%M}",
        )


def reporters_of(agencies: set[int]) -> dict[int, list[User]]:
    """Agency id -> the people who report for it today."""
    grants = RoleGrant.objects.current(timezone.localdate()).filter(
        role="reporter", appointment__agency__in=agencies
    )
    found: dict[int, list[User]] = {}
    for grant in grants.select_related("appointment__user"):
        found.setdefault(grant.appointment.agency_id, []).append(grant.appointment.user)
    return found
