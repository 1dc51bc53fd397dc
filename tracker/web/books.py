"""A workbook that somebody sends: kept, previewed, carried out exactly as it was seen, or given up."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from io import BytesIO
from itertools import groupby

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.rules import ALLOWED, Verdict
from tracker.web import files, typed
from tracker.web.people.access import only
from tracker.workbooks import uploads
from tracker.workbooks.models import Upload
from tracker.workbooks.plans import Changed, Plan, WrongWorkbook, as_seen, digest_of
from tracker.workbooks.sheets import Sheet
from tracker.workbooks.writing import template

from .file_forms import SeenForm, SheetForm
from .sent_files import kept, marked, mine, readable, seen

KINDS = ("create", "update")
LISTED = 20


@dataclass(frozen=True)
class Book:
    """One kind of workbook that people send.

    `page` names its first address; those of -preview, -confirm, -drop, -marked, -template and -export
    follow from it. `home` names the address of what it is written into, which is called `thing`.
    """

    page: str
    title: str
    home: str
    thing: str
    purpose: str
    sheets: Sequence[Sheet]
    plan: Callable[..., Plan]  # of the request and the upload
    carry_out: Callable[..., Plan]  # of the plan, by=
    export: Callable[..., bytes]  # of the request: what stands
    form: type[forms.Form] = SheetForm
    convert: Callable[[bytes, str], tuple[bytes, str]] | None = None
    further: Callable[[Plan], dict] = lambda plan: {}
    done: str = ""
    template: str = "books/send.html"
    beside: Callable[..., dict] = lambda request: {}  # what that template shows beside
    blanks: Sequence[Sheet] = ()  # of the empty workbook, where it has more sheets
    may_take: Callable[..., Verdict] = lambda request: ALLOWED

    @property
    def preview(self) -> str:
        return f"{self.page}-preview"

    @property
    def drop(self) -> str:
        return f"{self.page}-drop"

    @cached_property
    def headings(self) -> dict[str, str]:
        return {column.key: column.heading for sheet in self.sheets for column in sheet.columns}


def paths(book: Book, at: str, *roles: str, readers: Sequence[str] = ()) -> list:
    """The addresses of a book below `at`, for people with one of these roles; `readers` may take it home."""
    takers = readers or roles

    def of(act, *people: str):
        @only(*people)
        def view(request, **which):
            return act(request, book, **which)

        return view

    def opened(act):
        return of(readable(book.page)(act), *roles)

    one, page = f"{at}<int:pk>/", book.page
    return [
        path(at, require_http_methods(["GET", "HEAD", "POST"])(of(send, *roles)), name=page),
        path(f"{at}export/", require_safe(of(export, *takers)), name=f"{page}-export"),
        path(f"{at}template/", require_safe(of(blank, *takers)), name=f"{page}-template"),
        path(one, require_safe(opened(preview)), name=book.preview),
        path(f"{one}confirm/", require_POST(opened(confirm)), name=f"{page}-confirm"),
        path(f"{one}drop/", require_POST(opened(drop)), name=book.drop),
        path(f"{one}marked/", require_safe(opened(marked_again)), name=f"{page}-marked"),
    ]


def send(request, book: Book):
    """The page on which a file is sent, above those that were sent before."""
    form = book.form()
    if request.method == "POST":
        form = typed.bound(request, book.form)
        if upload := kept(request, form, book.purpose, convert=book.convert):
            return redirect(book.preview, upload.pk)
    context = {"book": book, "form": form, "uploads": mine(request, book.purpose)[:LISTED]}
    status = 422 if form.errors else 200
    return render(request, book.template, context | book.beside(request), status=status)


def preview(request, book: Book, pk: int):
    """What the file would do; what it did, once it was carried out."""
    upload = seen(request, pk, book.purpose)
    if upload.settled_at:
        return render(request, "books/done.html", {"book": book, "upload": upload})
    return previewed(request, book, upload, book.plan(request, upload))


def previewed(request, book: Book, upload: Upload, plan: Plan, *, changed=False):
    context = {
        "book": book,
        "upload": upload,
        "plan": plan,
        "sheets": by_sheet(plan, book.headings),
        "form": SeenForm(initial={"seen": digest_of(plan)}),
        "changed": changed,
    }
    return render(request, "books/preview.html", context, status=409 if changed else 200)


def by_sheet(plan: Plan, headings: dict[str, str]) -> list[dict]:
    """The steps of each sheet: created, changed with the headings that differ, and how many stay."""
    found = []
    for name, steps in groupby(plan.steps, key=lambda step: step.sheet):
        steps = [asdict(step) for step in steps]
        for step in steps:
            step["changes"] = [headings.get(change, change) for change in step["changes"]]
        kinds = {kind: [one for one in steps if one["what"] == kind] for kind in KINDS}
        found.append({"name": name, **kinds, "same": len(steps) - sum(map(len, kinds.values()))})
    return found


def confirm(request, book: Book, pk: int):
    """Carry out what was seen; the preview again where things have moved on meanwhile."""
    upload = seen(request, pk, book.purpose)
    plan = book.plan(request, upload)
    try:
        with transaction.atomic():
            done = as_seen(book.carry_out, plan, request.POST.get("seen", ""), by=request.user)
            uploads.settle(upload, sheets=counted(done), **book.further(done))
    except (Changed, WrongWorkbook) as news:
        return previewed(request, book, upload, news.plan, changed=True)
    messages.success(request, book.done or f"已按预览写入{book.thing}。")
    return redirect(book.preview, pk)


def counted(done: Plan) -> list[dict]:
    """What the page of a carried out workbook shows."""
    return [
        sheet | {kind: len(sheet[kind]) for kind in KINDS} for sheet in by_sheet(done, headings={})
    ]


def drop(request, book: Book, pk: int):
    uploads.settle(seen(request, pk, book.purpose), dropped=True)
    messages.success(request, f"已放弃，{book.thing}没有改动。")
    return redirect(book.page)


def marked_again(request, book: Book, pk: int):
    """The same workbook, its wrong cells coloured and commented."""
    upload = seen(request, pk, book.purpose)
    return marked(upload, book.plan(request, upload).errors)


def export(request, book: Book):
    """What stands, as a workbook that can be sent again."""
    name = f"{book.thing}{timezone.localdate():%Y%m%d}.xlsx"
    return files.download(book.may_take(request), BytesIO(book.export(request)), name)


def blank(request, book: Book):
    """The sheets with their headings only."""
    content = template(book.blanks or book.sheets)
    return files.download(book.may_take(request), BytesIO(content), f"{book.thing}模板.xlsx")
