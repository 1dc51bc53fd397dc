"""What waits for a decision, in one list."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from accounts.models import Line, Region
from tracker.catalogue.models import Indicator, Round
from tracker.review.waiting import approvable_by, judged_by, waiting_for
from tracker.submissions.models import Figure, Status, Submission, SubmissionMove
from tracker.submissions.overview import Overview, overviews_of
from tracker.web import lists
from tracker.web.people.access import only

from .tabs import tabs_of

SORTS = {
    "odd": ("-oddities", "filed_at"),
    "filed": ("filed_at",),
    "agency": ("agency__region__path", "agency__line__order"),
    "round": ("round__due_at",),
}
SORT = "odd"
STATES = [
    (Status.SUBMITTED.value, "已报送"),
    (Status.LINE_REVIEW.value, "条线审核"),
    (Status.RETURNED.value, "已退回"),
    (Status.APPROVED.value, "已核定"),
]
ONLY = [("odd", "有异常"), ("late", "补报"), ("explained", "有情况说明"), ("again", "退回后重报")]


def rounds_judged(request):
    own = judged_by(request.user).values("round")
    return Round.objects.filter(pk__in=own).select_related("cycle", "span")


def lines_judged(request):
    return Line.objects.filter(pk__in=judged_by(request.user).values("agency__line"))


def regions_judged(request):
    return Region.objects.filter(pk__in=judged_by(request.user).values("agency__region"))


class QueueFilter(FilterSet):
    """Without a state: what the person may act on now."""

    round = ModelChoiceFilter(label="期次", queryset=rounds_judged)
    line = ModelChoiceFilter(label="条线", field_name="agency__line", queryset=lines_judged)
    region = ModelChoiceFilter(label="地区", field_name="agency__region", queryset=regions_judged)
    state = ChoiceFilter(label="状态", field_name="status", choices=STATES, empty_label="待我审核")
    only = ChoiceFilter(label="只看", choices=ONLY, method="narrowed")

    class Meta:
        model = Submission
        fields = ["round", "line", "region", "state", "only"]

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(QueryDict() if data is None else data, *args, **kwargs)

    def filter_queryset(self, queryset):
        rows = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("state"):
            return rows
        return waiting_for(self.request.user, rows)

    def narrowed(self, queryset, name, value):
        if value == "odd":
            return queryset.filter(oddities__gt=0)
        if value == "late":
            return queryset.filter(is_late=True)
        figures = Figure.objects.filter(submission=OuterRef("pk"))
        if value == "explained":
            return queryset.filter(Exists(figures.exclude(explanation="")))
        back = SubmissionMove.objects.filter(
            submission=OuterRef("pk"), from_status__in=Status.filed, to_status=Status.RETURNED
        )
        return queryset.filter(Exists(back))


@dataclass
class QueueRow:
    """A submission of the queue with what is odd about it."""

    submission: Submission
    overview: Overview
    may_pick: bool

    @property
    def shown(self):
        return self.overview.remarks[:3]

    @property
    def may_be_picked(self) -> bool:
        """A correction of what was approved is decided on its page, where its effects are shown."""
        return self.may_pick and not self.overview.corrects

    @property
    def hidden(self) -> int:
        return max(0, len(self.overview.remarks) - 3)


def queued(user) -> QuerySet[Submission]:
    """Everything that the person judges, with what a row shows."""
    return (
        judged_by(user)
        .exclude(status__in=[Status.DRAFT, Status.SIGNING])
        .select_related("agency__region", "agency__line", "round__cycle", "round__span")
    )


def rows_of(user, submissions: Sequence[Submission]) -> list[QueueRow]:
    """The rows of the visible page, in a constant number of queries."""
    submissions = list(submissions)
    overviews = overviews_of(submissions)
    ids = [one.pk for one in submissions]
    free = set(approvable_by(user).filter(pk__in=ids).values_list("pk", flat=True))
    return [QueueRow(one, overviews[one.pk], one.pk in free) for one in submissions]


@require_safe
@only("reviewer", "line_reviewer")
def review_queue(request):
    listing = lists.listing(
        request, queued(request.user), sorts=SORTS, sort=SORT, filters=QueueFilter
    )
    rows = rows_of(request.user, listing)
    context = {
        "listing": listing,
        "rows": rows,
        "pickable": sum(1 for row in rows if row.may_be_picked),
        "place": place_in(request),
        "tabs": tabs_of(request.user, "review-queue"),
        "starts": partial(starts_a_city, request.user),
    }
    return render(request, "review/queue.html", context)


def starts_a_city(user) -> bool:
    """Whoever keeps the catalogue has nothing in it yet: the first step is named to them."""
    return bool(user.reach.leads("reviewer")) and not Indicator.objects.exists()


def place_in(request) -> str:
    """The filters and the order of the queue, to be carried along in the address."""
    query = request.GET.copy()
    for name in ("tab", "pick"):
        query.pop(name, None)
    return query.urlencode()


def following(request, pk: int) -> tuple[int | None, int]:
    """The submission after this one in the queue that the address describes, and how many wait."""
    rows = QueueFilter(request.GET, queryset=queued(request.user), request=request).qs
    key = request.GET.get("sort", SORT)
    key = key if key.removeprefix("-") in SORTS else SORT
    ids = list(rows.order_by(*lists.columns(SORTS, key)).values_list("pk", flat=True))
    at = ids.index(pk) if pk in ids else -1
    others = ids[at + 1 :] + ids[: max(at, 0)]
    return (others[0] if others else None), len(ids)
