"""请单位补报: a figure that the text wants and the ledger lacks is asked for, and the agency answers."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.rules import Refused
from tracker.releases import supplying
from tracker.releases.models import FigureRequest
from tracker.web import typed
from tracker.web.doors import note_refusal

from .chain import blame, inside, said
from .chain_forms import FigureRequestForm, ReplyForm
from .reading import version_of


def requests_of(user: User):
    """What the person may see of what was asked."""
    return FigureRequest.objects.visible_to(user).select_related(
        "release__region", "release__span", "agency", "indicator", "asked_by", "closed_by"
    )


@require_POST
def figure_request_add(request, pk):
    """Ask an agency for the figure of a finding: from the editor (answered as JSON) or from a page."""
    record = inside(request.user, pk)
    form = typed.bound(request, FigureRequestForm, release=record)
    if form.is_valid():
        chosen = form.cleaned_data
        version = version_of(record, chosen.pop("number"))
        return told(request, record, lambda: asked(version, request.user, chosen))
    return answer(request, record, "没有发送：" + said(form), 422)


def asked(version, user: User, chosen: dict) -> str:
    made = supplying.ask_figure(version, by=user, **chosen)
    return f"已请{made.agency.short_name}补报。"


def told(request, record, act):
    """The act's outcome, as the page that asked can take it."""
    try:
        words = act()
    except ValidationError as problem:
        return answer(request, record, problem.messages[0], 422)
    except Refused as problem:
        if not by_script(request):
            raise
        note_refusal(request, str(problem), record)
        return answer(request, record, str(problem), 409)
    return answer(request, record, words, 200)


def by_script(request) -> bool:
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def answer(request, record, words: str, status: int):
    """JSON for the editor; elsewhere the page of the findings, which says it on top."""
    if by_script(request):
        return JsonResponse({"said": words}, status=status)
    if status != 200:
        kept = typed.entries(request)
        return render(request, "409.html", {"reason": words, "kept": kept}, status=status)
    messages.success(request, words)
    return redirect("waiver-list", record.pk)


@require_POST
def figure_request_withdraw(request, pk, asked):
    record = inside(request.user, pk)
    row = get_object_or_404(record.figure_requests, pk=asked)
    supplying.withdraw_request(row, by=request.user)
    messages.success(request, "补报请求已撤回。")
    return redirect("waiver-list", record.pk)


@require_safe
def figure_request(request, pk):
    return show(request, get_object_or_404(requests_of(request.user), pk=pk))


def show(request, row: FigureRequest, *, status=200, form=None):
    """What is wanted and where it is filed; nothing else of the text."""
    context = {
        "row": row,
        "forms": supplying.forms_for(row),
        "may_task": "reviewer" in request.user.reach.roles,
        "filed": supplying.filed_since(row),
        "may_reply": supplying.may_reply(request.user, row),
        "form": form or ReplyForm(),
    }
    return render(request, "releases/figure_request.html", context, status=status)


@require_POST
def figure_request_reply(request, pk):
    row = get_object_or_404(requests_of(request.user), pk=pk)
    form = typed.bound(request, ReplyForm)
    if form.is_valid():
        try:
            supplying.reply(row, form.cleaned_data["reply"], by=request.user)
        except ValidationError as problem:
            blame(form, problem)
        else:
            messages.success(request, "答复已送牵头单位。")
            return redirect(row)
    return show(request, row, status=422, form=form)
