"""Compiling on demand, issuing and withdrawing."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.rules import Refused
from tracker.catalogue.spans import span_of
from tracker.releases import issuing
from tracker.releases.compiling import compile_release
from tracker.releases.genres import genres
from tracker.releases.issuing import latest
from tracker.releases.models import Release, Status
from tracker.releases.rules import COMPILERS
from tracker.web import typed
from tracker.web.people.access import only

from .beside import order_form
from .chain import said
from .forms import CompileForm, IssueForm
from .reading import found, show


def folder_in(request) -> str:
    """The genre that the form is about; the first one when none is named."""
    named = request.POST.get("to") or request.POST.get("genre") or request.GET.get("genre", "")
    known = genres()
    return named if named in known else next(iter(known))


def so_far(request, folder: str) -> dict:
    """What was typed before another genre was chosen; it stays in the fields that this one has too."""
    lines = request.POST.getlist("lines")
    return {**request.POST.dict(), "lines": lines, "genre": folder}


@require_http_methods(["GET", "HEAD", "POST"])
@only(*COMPILERS)
def release_compile(request):
    """A draft of everything that is approved for a period."""
    folder = folder_in(request)
    if "to" in request.POST:
        form = CompileForm(user=request.user, folder=folder, initial=so_far(request, folder))
    elif request.method == "POST":
        form = typed.bound(request, CompileForm, user=request.user, folder=folder)
        if form.is_valid() and (made := compiled(request, form)):
            messages.success(request, "文稿已生成。")
            return redirect(made)
    else:
        form = CompileForm(user=request.user, folder=folder, initial={"genre": folder})
    return render(
        request,
        "releases/compile.html",
        {"form": form, "genres": genres(), "folder": folder},
        status=422 if form.errors else 200,
    )


def compiled(request, form: CompileForm) -> Release | None:
    """The draft; None when something stands against it, which the form then says."""
    chosen = form.cleaned_data
    with typed.said_on(form, Refused, ValueError):
        return compile_release(
            chosen["genre"],
            chosen["region"],
            span_of(chosen["period"]),
            lines=list(chosen["lines"]),
            settings=form.settings(),
            by=request.user,
        )
    return None


@require_POST
def release_issue(request, pk):
    """Sign and send out, or send out what was signed before."""
    record = found(request.user, pk)
    form = typed.bound(request, order_form, record=record)
    if form.is_valid():
        chosen = form.cleaned_data
        issuing.issue(
            record,
            by=request.user,
            version=chosen["version"],
            note=chosen["note"],
            order=issuing.Order(**form.order()),
        )
        messages.success(request, "已签发，正文、数据和文件已冻结。")
        return redirect(record)
    messages.error(request, "没有签发：" + said(form))
    return show(request, record, latest(record), status=422, issue_form=form)


@require_POST
def release_withdraw(request, pk):
    record = found(request.user, pk)
    form = typed.bound(request, IssueForm)
    if form.is_valid():
        issuing.withdraw(record, by=request.user, **form.cleaned_data)
        was_out = record.status == Status.ISSUED
        messages.success(request, f"已{'撤回' if was_out else '作废'}，记录和文件仍保留备查。")
    return redirect("release-list")
