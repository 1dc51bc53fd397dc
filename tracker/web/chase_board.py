"""Who has filed: the board of a round, what is missing inside a cell, and reminding."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.rules import Verdict
from tracker.catalogue.models import Round
from tracker.catalogue.rules import may_extend
from tracker.review.waiting import judged_by
from tracker.submissions.chasing.board import (
    Entry,
    Word,
    board_of,
    entries_of,
    gaps_of,
    word_of,
)
from tracker.submissions.chasing.climbing import with_due
from tracker.submissions.chasing.rules import may_remind
from tracker.submissions.models import Figure, Status, Submission
from tracker.submissions.reminding import remind
from tracker.web import typed
from tracker.web.catalogue.cycle_forms import ExtensionForm
from tracker.web.catalogue.rounds import later_by_a_day
from tracker.web.chase_tabs import tabs

LAST = 8


@dataclass(frozen=True)
class Row:
    """A submission of the list below the board."""

    submission: Submission
    entries: list[Entry]
    word: Word
    may_remind: Verdict
    text: str

    @property
    def filled(self) -> int:
        return sum(entry.filled for entry in self.entries)

    @property
    def owed(self) -> int:
        return sum(entry.owed for entry in self.entries)


def shown_to(user):
    """What the person may see of rounds that have opened, with each agency's own deadline."""
    rows = Submission.objects.visible_to(user).exclude(round__state__in=Round.State.unasked)
    return (
        with_due(rows)
        .select_related("agency__region", "agency__line", "round__cycle__region", "round__span")
        .order_by("agency__region__path", "agency__line__order", "pk")
    )


def rounds_shown(user):
    rows = Round.objects.filter(submissions__in=shown_to(user).order_by().values("pk"))
    return rows.select_related("cycle", "span").distinct().order_by("-due_at", "pk")


def chosen_round(request) -> tuple[list[Round], Round | None]:
    rounds = rounds_shown(request.user)
    chosen = request.GET.get("round")
    current = get_object_or_404(rounds, pk=typed.number(chosen)) if chosen else rounds.first()
    return list(rounds[:30]), current


@require_safe
def completeness(request):
    """Lines down, regions across, then the agencies one by one with what they have filled in."""
    rounds, current = chosen_round(request)
    now = timezone.now()
    found = list(shown_to(request.user).filter(round=current)) if current else []
    rows = rows_of(request.user, found, now)
    missing = [row for row in rows if row.submission.status not in Status.filed]
    context = {
        "rounds": rounds,
        "current": current,
        "rows": rows,
        "board": board_of(entry for row in rows for entry in row.entries),
        "missing": missing,
        "filed": len(rows) - len(missing),
        "judged": set(judged_by(request.user).filter(round=current).values_list("pk", flat=True)),
        "may_remind": any(row.may_remind for row in rows),
        "text": text_for([row.submission for row in missing]),
    }
    return render(request, "submissions/completeness.html", context | tabs(request.user))


def rows_of(user, submissions: list[Submission], now) -> list[Row]:
    entries = entries_of(submissions, now)
    return [
        Row(
            one,
            entries[one.pk],
            word_of(one, sum(entry.filled for entry in entries[one.pk]), now),
            may_remind(user, one),
            text_for([one]),
        )
        for one in submissions
    ]


def text_for(missing: list[Submission]) -> str:
    """A reminder for a chat group: names and a time, never a figure; empty when all is there."""
    if not missing:
        return ""
    due = timezone.localtime(max(one.own_due for one in missing))
    names = "、".join(one.agency.name for one in missing)
    return (
        f"{missing[0].round}尚未报送的单位：{names}。截止时间{due:%-m月%-d日 %H:%M}，请尽快报送。"
    )


@require_safe
def completeness_rounds(request):
    """Agencies down, the last rounds of one cycle across."""
    rounds, current = chosen_round(request)
    now, last = timezone.now(), []
    if current:
        same = rounds_shown(request.user).filter(cycle=current.cycle_id, due_at__lte=current.due_at)
        last = list(same[:LAST])[::-1]
    found = list(shown_to(request.user).filter(round__in=last))
    begun = set(
        Figure.objects.filter(submission__in=found)
        .exclude(kind="")
        .values_list("submission", flat=True)
    )
    agencies = {one.agency_id: one.agency for one in found}
    words = {
        (one.agency_id, one.round_id): (one, word_of(one, int(one.pk in begun), now))
        for one in found
    }
    rows = [
        (agency, [words.get((agency.pk, one.pk)) for one in last]) for agency in agencies.values()
    ]
    totals = [
        (
            sum(1 for one in found if one.round_id == each.pk and one.status in Status.filed),
            sum(1 for one in found if one.round_id == each.pk),
        )
        for each in last
    ]
    context = {"rounds": rounds, "current": current, "last": last, "rows": rows, "totals": totals}
    return render(request, "chase/rounds.html", context | tabs(request.user))


@require_safe
def completeness_cell(request, pk):
    """What is missing inside one submission, and what may be done about it."""
    one = get_object_or_404(shown_to(request.user), pk=pk)
    [row] = rows_of(request.user, [one], timezone.now())
    extends = may_extend(request.user, one.round)
    form = ExtensionForm(
        agencies=type(one.agency).objects.filter(pk=one.agency_id),
        initial={"agency": one.agency_id, "due_at": later_by_a_day(one.own_due)},
    )
    form.fields["agency"].widget = form.fields["agency"].hidden_widget()
    context = {
        "row": row,
        "submission": one,
        "gaps": gaps_of(one),
        "chases": one.chases.select_related("by")[:20],
        "may_extend": extends,
        "form": form,
    }
    return render(request, "chase/cell.html", context)


@require_POST
def completeness_remind(request):
    """Remind of one submission or of several; all or none."""
    picks = {typed.number(text) for text in request.POST.getlist("pick")} - {None}
    if not picks:
        messages.error(request, "没有提醒：请先勾选要提醒的单位。")
        return redirect("completeness")
    found = list(shown_to(request.user).filter(pk__in=picks))
    if len(found) < len(picks):
        raise Http404
    told = remind(found, by=request.user)
    messages.success(request, f"已提醒{len(found)}个单位，共{told}人。")
    return redirect(f"{reverse('completeness')}?round={found[0].round_id}")
