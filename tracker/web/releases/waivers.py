"""校验例外: what stops a text, and what a second person lets pass."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tracker.releases.chain.rules import may_ask_waiver, may_decide_waiver
from tracker.releases.issuing import latest
from tracker.releases.models import Waiver
from tracker.releases.proof import Verdict
from tracker.releases.supplying import states_of
from tracker.releases.waivers import ask_waiver, decide_waiver, stops_of
from tracker.web import typed

from .chain import inside, said
from .chain_forms import WaiverAnswerForm, WaiverForm
from .editor import agencies_in
from .reading import version_of
from .supplying import answer, told


@require_http_methods(["GET", "HEAD", "POST"])
def waiver_list(request, pk):
    """Everything that stops the version, each with a form to ask that it be let pass."""
    record = inside(request.user, pk)
    if request.method == "POST":
        form = typed.bound(request, WaiverForm)
        if form.is_valid():
            chosen = form.cleaned_data
            version = version_of(record, chosen["number"])
            return told(request, record, lambda: asked(version, request.user, chosen))
        return answer(request, record, "没有提出：" + said(form), 422)
    version = latest(record)
    rows = list(record.waivers.select_related("asked_by", "decided_by", "release__region"))
    pending = {row.digest for row in rows if row.state == Waiver.State.ASKED}
    for row in rows:
        row.may_decide = may_decide_waiver(request.user, row)
    context = {
        "release": record,
        "version": version,
        "stops": [stop for stop in stops_of(version) if stop.digest not in pending],
        "asked": rows,
        "may_ask": may_ask_waiver(request.user, record),
        "agencies": agencies_in(record.region),
        "requests": list(states_of(record)),
        "verdicts": set(Verdict),
    }
    return render(request, "releases/waivers.html", context)


def asked(version, user, chosen: dict) -> str:
    ask_waiver(version, chosen["digest"], chosen["reason"], by=user)
    return "已提出，由另一人审定。"


@require_POST
def waiver_decide(request, pk, waiver):
    record = inside(request.user, pk)
    row = get_object_or_404(record.waivers, pk=waiver)
    form = typed.bound(request, WaiverAnswerForm)
    if form.is_valid():
        chosen = form.cleaned_data
        grants = chosen["grants"] == "yes"
        try:
            decide_waiver(row, by=request.user, grants=grants, answer=chosen["answer"])
            messages.success(request, "已同意，会印在溯源表上。" if grants else "已写明不同意。")
        except ValidationError as problem:
            messages.error(request, problem.messages[0])
    else:
        messages.error(request, said(form))
    return redirect("waiver-list", record.pk)
