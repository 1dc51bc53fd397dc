"""The rules of the gate as querysets: whose submissions are somebody's to judge."""

from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from accounts.models import Agency, User
from tracker.submissions.models import Figure, Status, Submission


def judged_by(user: User) -> QuerySet[Submission]:
    """Those that the person's lead office decides or line reviews, in whatever state.

    `is_decided_here` tells the two apart. The twin of `may_judge` and `may_pass_line` as far as
    offices go; who had a hand in a submission is asked by `waiting_for`.
    """
    here = ExpressionWrapper(OuterRef("agency__region__path"), output_field=CharField())
    offices = Agency.objects.active().filter(leads__isnull=False).alias(here=here)
    nearest = offices.filter(here__startswith=F("leads__path")).order_by("-leads__path")
    decided = Q(lead_office__in=user.reach.agencies("reviewer"))
    passed = Q(agency__superior__in=user.reach.agencies("line_reviewer"))
    rows = Submission.objects.visible_to(user).alias(lead_office=Subquery(nearest.values("pk")[:1]))
    return rows.annotate(is_decided_here=decided).filter(decided | passed)


def waiting_for(user: User, rows: QuerySet[Submission]) -> QuerySet[Submission]:
    """Of `judged_by`, those that the person may act on now."""
    line = Q(status=Status.LINE_REVIEW, agency__superior__in=user.reach.agencies("line_reviewer"))
    return without_own_hand(
        user, rows.filter(line | Q(status=Status.SUBMITTED, is_decided_here=True))
    )


def approvable_by(user: User) -> QuerySet[Submission]:
    """The twin of `may_approve`."""
    rows = judged_by(user).filter(status=Status.SUBMITTED, is_decided_here=True)
    return without_own_hand(user, rows)


def without_own_hand(user: User, rows: QuerySet[Submission]) -> QuerySet[Submission]:
    """The twin of `had_no_hand`."""
    typed = Figure.objects.filter(submission=OuterRef("pk"), edited_by=user)
    return (
        rows.exclude(Q(submitted_by=user) & Q(submitted_by__isnull=False))
        .exclude(Q(signed_by=user) & Q(signed_by__isnull=False))
        .filter(~Exists(typed))
    )
