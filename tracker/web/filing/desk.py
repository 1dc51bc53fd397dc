"""The reporter's and the signer's first pages."""

from dataclasses import dataclass

from django.db.models import F, OuterRef, Subquery
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.catalogue.models import Extension, Round
from tracker.submissions.models import Status, Submission, SubmissionMove
from tracker.submissions.progress import Progress, progress_of


@dataclass
class Owed:
    """A submission on the desk."""

    submission: Submission
    progress: Progress

    @property
    def due_at(self):
        return self.submission.extended_to or self.submission.round.due_at


def own(user, role: str):
    """The submissions of the agencies where the person holds the role, with due time and reason."""
    later = Extension.objects.filter(round=OuterRef("round"), agency=OuterRef("agency"))
    last = SubmissionMove.objects.filter(submission=OuterRef("pk")).order_by("-pk")
    return (
        Submission.objects.visible_to(user)
        .filter(agency__in=user.reach.agencies(role))
        .select_related("agency", "round__cycle", "round__span")
        .annotate(
            extended_to=Subquery(later.order_by("-pk").values("due_at")[:1]),
            last_note=Subquery(last.values("note")[:1]),
        )
    )


def with_progress(submissions) -> list[Owed]:
    rows = list(submissions)
    progress = progress_of(rows)
    return [Owed(row, progress[row.pk]) for row in rows]


@require_safe
def submission_desk(request):
    """What came back, what is owed, what was filed last."""
    mine = own(request.user, "reporter")
    open_rounds = mine.filter(round__state=Round.State.OPEN)
    context = {
        "returned": with_progress(mine.filter(status=Status.RETURNED).order_by("round__due_at")),
        "owed": with_progress(open_rounds.filter(status=Status.DRAFT).order_by("round__due_at")),
        "under_way": mine.filter(
            status__in=[Status.SIGNING, Status.LINE_REVIEW, Status.SUBMITTED]
        ).order_by("round__due_at"),
        "decided": mine.filter(status=Status.APPROVED).order_by("-decided_at")[:10],
        "missed": mine.filter(status=Status.DRAFT, round__state=Round.State.CLOSED)[:10],
        "next_round": Round.objects.filter(
            cycle__duties__agency__in=request.user.reach.agencies("reporter"),
            state=Round.State.UPCOMING,
        )
        .select_related("cycle", "span")
        .order_by("opens_at")
        .first(),
    }
    return render(request, "submissions/desk.html", context)


@require_safe
def signing_queue(request):
    """What waits for a signature, and what this person signed last."""
    mine = own(request.user, "signer")
    context = {
        "waiting": mine.filter(status=Status.SIGNING)
        .exclude(submitted_by=request.user)
        .order_by("round__due_at"),
        "signed": mine.filter(signatures__signer=request.user)
        .annotate(my_signature=F("signatures__at"))
        .order_by("-my_signature")[:10],
    }
    return render(request, "submissions/signing_queue.html", context)
