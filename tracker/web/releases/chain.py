"""The way of a text from draft to issue: steps, the sheet on paper, and what a city asks of a genre."""

from io import BytesIO

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Region
from accounts.rules import ALLOWED
from tracker.documents.formats import render as write
from tracker.documents.html import write_html
from tracker.releases.chain import acts
from tracker.releases.chain.approval import sheet_of
from tracker.releases.chain.handing import hand_in
from tracker.releases.chain.wanted import chain_at, may_set_chain, set_chain
from tracker.releases.genres import genres
from tracker.releases.issuing import latest
from tracker.releases.models import Release, Status, Step
from tracker.releases.reach import is_inside
from tracker.web import files, typed
from tracker.web.people.access import only

from .chain_forms import AskForm, ChainForm, PaperStepForm, StepForm
from .forms import led_regions
from .reading import found, show


def inside(user, pk) -> Release:
    """The release for the lead office's people and auditors; 404 for all others."""
    record = found(user, pk)
    if not is_inside(user, record):
        raise Http404
    return record


@require_POST
def release_step(request, pk):
    """Agree or send back; on line, or recorded from paper."""
    record = inside(request.user, pk)
    on_paper = "scan" in request.FILES or "signer_name" in request.POST
    form = bound(request, on_paper, PaperStepForm, StepForm, "step")
    if not form.is_valid():
        return not_done(request, record, form, on_paper)
    chosen = form.cleaned_data
    try:
        step = acts.take_step(
            record,
            chosen["kind"],
            by=request.user,
            version=chosen["version"],
            outcome=chosen["outcome"],
            opinion=chosen["opinion"],
            openness=chosen["openness"],
            paper=form.paper() if on_paper else None,
        )
    except ValidationError as problem:
        blame(form, problem, "scan" if on_paper else None)
        return not_done(request, record, form, on_paper)
    messages.success(request, done_words(step))
    return redirect(record)


def bound(request, on_paper: bool, paper, line, name: str):
    """What was typed, in the one of two forms of a page that was sent; each keeps its own ids."""
    if on_paper:
        return typed.bound(request, paper, auto_id="paper_%s")
    return typed.bound(request, line, auto_id=f"{name}_%s")


def not_done(request, record: Release, form, on_paper: bool):
    """The page again with what was typed, and what is wrong with it at its field."""
    messages.error(request, "没有办理：" + said(form))
    named = {"paper_form" if on_paper else "step_form": form}
    return show(request, record, latest(record), status=422, **named)


def blame(form, problem: ValidationError, otherwise: str | None = None) -> None:
    """A verb's objection at its field: the verb names it as its code."""
    form.add_error(problem.code if problem.code in form.fields else otherwise, problem.messages[0])


def said(form) -> str:
    """The first thing that is wrong with a form, with the name of its field."""
    name, errors = next(iter(form.errors.items()))
    label = form.fields[name].label if name in form.fields else ""
    return f"{label}：{errors[0]}" if label else errors[0]


def done_words(step: Step) -> str:
    what = step.get_kind_display()
    if step.outcome == Step.Outcome.RETURNED:
        return f"已退回修改，拟稿人会收到通知（{what}）。"
    return f"已登记{step.signer_name}的纸质{what}。" if step.on_paper else f"已办理{what}。"


@require_POST
def release_hand_in(request, pk):
    """Tell whose turn it is."""
    record = inside(request.user, pk)
    version = typed.number(request.POST.get("version", "")) or 0
    names = hand_in(record, by=request.user, version=version)
    messages.success(request, f"已告知{'、'.join(names)}。")
    return redirect(record)


@require_POST
def release_ask(request, pk):
    """Send the agencies what is theirs."""
    record = inside(request.user, pk)
    form = typed.bound(request, AskForm)
    if form.is_valid():
        try:
            rows = acts.ask_agencies(record, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            blame(form, problem)
        else:
            messages.success(request, f"已发送{len(rows)}个单位会签。")
            return redirect(record)
    messages.error(request, "没有发送：" + said(form))
    return show(request, record, latest(record), status=422, ask_form=form)


@require_safe
def release_approval(request, pk):
    """文稿审签单 as a page to print."""
    record = inside(request.user, pk)
    context = {"release": record, "paper": write_html(sheet_of(record))}
    return render(request, "releases/approval.html", context)


@require_safe
def release_approval_file(request, pk):
    """The same as a PDF."""
    record = inside(request.user, pk)
    content = write(sheet_of(record), "pdf", settings.FONTS)
    return files.download(ALLOWED, BytesIO(content), f"文稿审签单-{record.title}.pdf")


@require_safe
def release_scan(request, pk, scan):
    """A signed sheet, or a picture of what stands outside."""
    record = inside(request.user, pk)
    row = get_object_or_404(record.attachments, pk=scan)
    return files.download(ALLOWED, row.file.open("rb"), row.name)


def region_of(user, roles=("reviewer", "editor", "issuer")) -> Region:
    """The region whose documents the person works for; 404 for somebody who works for none."""
    region = led_regions(user).order_by("path").first()
    if region is None:
        raise Http404
    return region


@require_safe
@only("reviewer", "editor", "issuer")
def chain_list(request):
    """What is asked of each genre."""
    region = region_of(request.user)
    rows = [
        {"genre": name, "kind": kind, "chain": chain_at(region, name), "own": kind.chain}
        for name, kind in genres().items()
    ]
    context = {"rows": rows, "region": region, "may_set": may_set_chain(request.user, region)}
    return render(request, "releases/chains.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@only("reviewer", "editor", "issuer")
def chain_edit(request, genre):
    """Switch steps on and off."""
    region = region_of(request.user)
    if genre not in genres():
        raise Http404
    given = {
        "stands": vars(chain_at(region, genre)),
        "record": f"{genres()[genre].name}的办理流程",
    }
    form = ChainForm(**given)
    if request.method == "POST":
        form = typed.bound(request, ChainForm, **given)
        if form.is_valid():
            set_chain(region, genre, form.chain(), by=request.user)
            messages.success(request, "办理流程已保存，未印发的文稿按新的流程办理。")
            return redirect("chain-list")
    context = {
        "form": form,
        "kind": genres()[genre],
        "waiting": Release.objects.filter(
            genre=genre, status=Status.DRAFT, region__path__startswith=region.path
        ).count(),
        "may_set": may_set_chain(request.user, region),
    }
    return render(request, "releases/chain.html", context, status=422 if form.errors else 200)
