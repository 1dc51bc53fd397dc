"""The reporter's and the signer's first pages."""

from dataclasses import dataclass

from django.db.models import F, OuterRef, Subquery
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tracker.catalogue.models import Extension, Round
from tracker.review.models import Comment
from tracker.submissions.models import Delegation, Status, Submission, SubmissionMove
from tracker.submissions.overview import Overview, overviews_of
from tracker.submissions.progress import Progress, progress_of

from .page import LATER
from .year import year_of


@dataclass
class Owed:
    """A submission on the desk."""

    submission: Submission
    progress: Progress
    errors: int = 0

    @property
    def reason(self) -> str:
        """Why it came back, in a line: what was said of the whole, else of its first figure."""
        return (self.submission.last_note or self.submission.last_word or "").strip()

    @property
    def due_at(self):
        return self.submission.extended_to or self.submission.round.due_at


def own(user, agencies: set[int]):
    """The submissions of these agencies, with due time and reason."""
    later = Extension.objects.filter(round=OuterRef("round"), agency=OuterRef("agency"))
    asked = Comment.objects.filter(submission=OuterRef("pk")).exclude(by=user)
    last = SubmissionMove.objects.filter(submission=OuterRef("pk")).order_by("-pk")
    return (
        Submission.objects.visible_to(user)
        .filter(agency__in=agencies)
        .select_related("agency__region", "round__cycle", "round__span")
        .annotate(
            extended_to=Subquery(later.order_by("-pk").values("due_at")[:1]),
            last_note=Subquery(last.values("note")[:1]),
            last_word=Subquery(asked.order_by("-pk").values("text")[:1]),
        )
    )


def with_progress(submissions) -> list[Owed]:
    rows = list(submissions)
    progress, found = progress_of(rows), overviews_of(rows)
    return [Owed(row, progress[row.pk], errors_in(found[row.pk])) for row in rows]


def errors_in(found: Overview) -> int:
    """What has to be mended in what is filled in; blank fields are counted beside it."""
    return sum(1 for one in found.remarks if one.finding.blocks and one.finding.rule not in LATER)


@require_safe
def submission_desk(request):
    """What came back, what is owed, what was filed last."""
    mine = own(request.user, request.user.reach.agencies("reporter"))
    until, year = year_of(request.user)
    open_rounds = mine.filter(round__state=Round.State.OPEN)
    context = {
        "returned": with_progress(mine.filter(status=Status.RETURNED).order_by("round__due_at")),
        "owed": with_progress(open_rounds.filter(status=Status.DRAFT).order_by("round__due_at")),
        "under_way": mine.filter(
            status__in=[Status.SIGNING, Status.LINE_REVIEW, Status.SUBMITTED]
        ).order_by("round__due_at"),
        "decided": list(mine.filter(status=Status.APPROVED).order_by("-decided_at")[:10]),
        "stands_in": standing_in(request.user),
        "missed": mine.filter(status=Status.DRAFT, round__state=Round.State.CLOSED)[:10],
        "next_round": Round.objects.filter(
            cycle__duties__agency__in=request.user.reach.agencies("reporter"),
            state=Round.State.UPCOMING,
        )
        .select_related("cycle", "span")
        .order_by("opens_at")
        .first(),
    }
    context |= {
        "year": year,
        "until": until,
        "last_round": next(iter(context["decided"]), None),
        "notices": request.user.notices.order_by("-pk")[:5],
    }
    return render(request, "submissions/desk.html", context)


def standing_in(user) -> list[Delegation]:
    """For whom the person signs today."""
    rows = Delegation.objects.current(timezone.localdate()).filter(deputy=user)
    return list(rows.select_related("giver", "agency"))


@require_safe
def signing_queue(request):
    """What waits for a signature, and what this person signed last."""
    today, stands_in = timezone.localdate(), standing_in(request.user)
    agencies = request.user.reach.agencies("signer") | {one.agency_id for one in stands_in}
    mine = own(request.user, agencies)
    context = {
        "stands_in": stands_in,
        "deputies": request.user.delegations.current(today).select_related("deputy", "agency"),
        "waiting": mine.filter(status=Status.SIGNING)
        .exclude(submitted_by=request.user)
        .order_by("round__due_at"),
        "signed": mine.filter(signatures__signer=request.user)
        .annotate(my_signature=F("signatures__at"))
        .order_by("-my_signature")[:10],
    }
    return render(request, "submissions/signing_queue.html", context)
