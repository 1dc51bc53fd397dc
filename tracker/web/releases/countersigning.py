"""会签: an agency sees what it has in a text, and says whether it stands."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from tracker.releases.chain import acts
from tracker.releases.chain.matter import parts_of
from tracker.releases.chain.rules import may_answer, may_decide, may_record_answer
from tracker.releases.models import Countersign, CountersignAnswer, FigureRequest, Status
from tracker.releases.reach import is_inside
from tracker.web import paging, typed
from tracker.web.people.access import only

from .chain import blame, bound, said
from .chain_forms import AnswerForm, DecideForm, PaperAnswerForm

SHOWN = 20


def asked_of(user: User):
    """What the person may see, with what was answered."""
    answers = CountersignAnswer.objects.select_related("signer", "recorded_by", "scan")
    rows = Countersign.objects.visible_to(user).select_related(
        "release__region", "release__span", "agency", "version", "asked_by"
    )
    return rows.prefetch_related(Prefetch("answers", answers))


@require_safe
@only("reporter", "signer", "reviewer", "editor", "issuer", "auditor")
def countersign_list(request):
    """What waits for the agency's word first, then what was said."""
    rows = asked_of(request.user).order_by("-pk")
    page = paging.page(request, rows, 25)
    now = timezone.now()
    latest = set()
    for row in page:
        answers = list(row.answers.all())
        row.last = answers[-1] if answers else None
        row.open = row.last is None and row.release.status == Status.DRAFT
        row.overdue = row.open and row.due_at < now
        latest.add(row.pk)
    requests = FigureRequest.objects.visible_to(request.user).open()
    context = {
        "page": page,
        "requests": requests.select_related("agency", "release__span").order_by("-pk")[:SHOWN],
    }
    return render(request, "releases/countersigns.html", context)


@require_safe
def countersign(request, pk):
    return show(request, get_object_or_404(asked_of(request.user), pk=pk))


def show(request, row: Countersign, *, status=200, **forms):
    """Its own paragraphs and figures, and nothing else of the text; `forms` came back with errors."""
    part = parts_of(row.version).get(row.agency_id)
    context = {
        "row": row,
        "part": part,
        "answers": row.answers.all(),
        "inside": is_inside(request.user, row.release),
        "overdue": row.due_at < timezone.now(),
        "may_answer": may_answer(request.user, row),
        "may_record": may_record_answer(request.user, row),
        "may_decide": may_decide(request.user, row),
        "form": AnswerForm(auto_id="answer_%s"),
        "paper_form": PaperAnswerForm(auto_id="paper_%s"),
        "decide_form": DecideForm(auto_id="decide_%s"),
    }
    return render(request, "releases/countersign.html", context | forms, status=status)


@require_POST
def countersign_answer(request, pk):
    """Agree or differ; on line, or recorded from paper."""
    row = get_object_or_404(asked_of(request.user), pk=pk)
    on_paper = "scan" in request.FILES or "signer_name" in request.POST
    form = bound(request, on_paper, PaperAnswerForm, AnswerForm, "answer")
    named = {"paper_form" if on_paper else "form": form}
    if not form.is_valid():
        messages.error(request, "没有会签：" + said(form))
        return show(request, row, status=422, **named)
    chosen = form.cleaned_data
    try:
        acts.answer(
            row,
            by=request.user,
            agrees=chosen["agrees"] == "yes",
            opinion=chosen["opinion"],
            paper=form.paper() if on_paper else None,
        )
    except ValidationError as problem:
        blame(form, problem, "scan" if on_paper else None)
        messages.error(request, "没有会签：" + problem.messages[0])
        return show(request, row, status=422, **named)
    messages.success(request, "已会签。" if chosen["agrees"] == "yes" else "不同意见已送牵头单位。")
    return redirect("countersign", row.pk)


@require_POST
def countersign_decide(request, pk):
    """The lead office goes on, with its reason."""
    row = get_object_or_404(asked_of(request.user), pk=pk)
    form = typed.bound(request, DecideForm, auto_id="decide_%s")
    if form.is_valid():
        acts.decide(row, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "已裁定，对方的意见仍保留在流程中。")
        return redirect("countersign", row.pk)
    messages.error(request, "没有裁定：" + said(form))
    return show(request, row, status=422, decide_form=form)
