"""Compiling on demand, correcting words, issuing and withdrawing."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.rules import Refused, require
from tracker.catalogue.spans import span_of
from tracker.releases import editing, issuing
from tracker.releases.compiling import compile_release
from tracker.releases.genres import genres
from tracker.releases.models import Release, Version
from tracker.releases.recording import document_of
from tracker.releases.rules import COMPILERS, may_edit
from tracker.web import typed
from tracker.web.people.access import only

from .beside import order_form
from .chain import said
from .forms import CompileForm, IssueForm
from .reading import found, version_of


def folder_in(request) -> str:
    """The genre that the form is about; the first one when none is named."""
    named = request.POST.get("genre") or request.GET.get("genre", "")
    known = genres()
    return named if named in known else next(iter(known))


@require_http_methods(["GET", "HEAD", "POST"])
@only(*COMPILERS)
def release_compile(request):
    """A draft of everything that is approved for a period."""
    folder = folder_in(request)
    if request.method == "POST":
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
    try:
        return compile_release(
            chosen["genre"],
            chosen["region"],
            span_of(chosen["period"]),
            lines=list(chosen["lines"]),
            settings=form.settings(),
            by=request.user,
        )
    except (Refused, ValueError) as problem:
        form.add_error(None, str(problem))
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def release_edit(request, pk):
    """Correct the words around the figures; every fault is said beside its paragraph."""
    record = found(request.user, pk)
    require(may_edit(request.user, record))
    version = version_of(record, typed.number(request.POST.get("number", "")))
    faults: dict[str, list] = {}
    if request.method == "POST":
        texts = {
            name.removeprefix("run-"): text
            for name, text in request.POST.items()
            if name.startswith("run-")
        }
        try:
            made = editing.edit(version, texts, by=request.user)
        except editing.BadEdit as problem:
            for fault in problem.faults:
                faults.setdefault(fault.address, []).append(fault)
        else:
            said = "没有改动。" if made == version else f"已保存为第{made.number}版。"
            messages.success(request, said)
            return redirect(record)
    return edit_page(request, record, version, faults)


def edit_page(request, record: Release, version: Version, faults: dict):
    runs = [
        {
            "run": run,
            "text": request.POST.get(f"run-{run.address}", run.text),
            "faults": faults.get(run.address, []),
        }
        for run in editing.runs_of(document_of(version))
    ]
    if faults:
        count = sum(len(found_) for found_ in faults.values())
        messages.error(request, f"有{count}处不能保存，已在段落下方标出；您的修改都还在页面上。")
    context = {"release": record, "version": version, "runs": runs}
    return render(request, "releases/edit.html", context, status=422 if faults else 200)


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
    else:
        messages.error(request, "没有签发：" + said(form))
    return redirect(record)


@require_POST
def release_withdraw(request, pk):
    record = found(request.user, pk)
    form = typed.bound(request, IssueForm)
    if form.is_valid():
        issuing.withdraw(record, by=request.user, **form.cleaned_data)
        messages.success(request, "已撤回，记录和文件仍保留备查。")
    return redirect("release-list")
