"""Approving many at once: what is in them is shown first, and each outcome is told."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tracker.review import services as review
from tracker.review.waiting import approvable_by
from tracker.submissions.models import Submission
from tracker.web import typed
from tracker.web.people.access import only

from .forms import ManyForm
from .page import onward
from .queue import place_in, queued, rows_of

MOST = 200
# What approving asks of each, read once for all.
AT_HAND = ("agency__region", "agency__line", "round__cycle", "round__span", "submitted_by")


def picked(values: list[str]) -> dict[int, int]:
    """Submission id -> version, from "<id>-<version>" as the boxes post them."""
    found = {}
    for value in values[:MOST]:
        pk, _, version = value.partition("-")
        if typed.number(pk) and typed.number(version):
            found[typed.number(pk)] = typed.number(version)
    return found


@require_safe
@only("reviewer")
def review_many(request):
    """What is in the ones that were chosen."""
    return show(request, picked(request.GET.getlist("pick")), ManyForm())


def show(request, chosen: dict[int, int], form: ManyForm, status: int = 200):
    submissions = queued(request.user).filter(pk__in=chosen).order_by("agency__region__path", "pk")
    rows = rows_of(request.user, submissions)
    ready = [row for row in rows if row.may_be_picked]
    context = {
        "rows": ready,
        "versions": [f"{one.submission.pk}-{chosen[one.submission.pk]}" for one in ready],
        "left_out": [row for row in rows if not row.may_be_picked],
        "figures": sum(row.overview.figures for row in ready),
        "form": form,
        "place": place_in(request),
    }
    return render(request, "review/many.html", context, status=status)


@require_POST
@only("reviewer")
def review_approve_many(request):
    """Each on its own, so that one refusal stops no other."""
    chosen = picked(request.POST.getlist("pick"))
    form = typed.bound(request, ManyForm)
    if not form.is_valid() or not chosen:
        return show(request, chosen, form, status=422)
    rows = approvable_by(request.user).filter(pk__in=chosen).select_related(*AT_HAND)
    pairs = [(one, chosen[one.pk]) for one in rows.order_by("pk")]
    outcomes = review.approve_many(pairs, by=request.user, note=form.cleaned_data["note"])
    report(request, outcomes, gone=set(chosen) - {one.pk for one, _ in pairs})
    return redirect(onward(None, place_in(request)))


def report(request, outcomes: list[review.Outcome], gone: set[int]) -> None:
    """Say what became of each."""
    done = [str(one.submission.agency) for one in outcomes if one.approved]
    if done:
        messages.success(request, f"已核定{len(done)}份：{'、'.join(done)}。")
    for one in outcomes:
        if not one.approved:
            messages.error(request, f"没有核定{named(one.submission)}：{one.reason}")
    for one in queued(request.user).filter(pk__in=gone):
        state = one.get_status_display()
        messages.error(request, f"没有核定{named(one)}：目前是“{state}”，或不能由您核定。")


def named(submission: Submission) -> str:
    return f"“{submission.agency}　{submission.round}”"
