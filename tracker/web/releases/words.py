"""The dictionaries: listed, extended on a page, sent as a sheet with a preview, given out."""

from functools import wraps
from io import BytesIO

import django_filters
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.rules import ALLOWED, require
from tracker.catalogue import dictionary as verbs
from tracker.catalogue.dictionary_book import (
    WORDS,
    WordPlan,
    WrongWords,
    as_workbook,
    carry_out_words,
    export_words,
    plan_words,
)
from tracker.catalogue.models import CityWord
from tracker.catalogue.rules import may_keep_words
from tracker.catalogue.workbook.confirming import digest_of
from tracker.web import files, lists, typed
from tracker.web.catalogue.upload_forms import SeenForm
from tracker.web.catalogue.workbooks import marked, mine
from tracker.web.catalogue.workbooks import seen as upload_of
from tracker.web.people.access import only
from tracker.workbooks import uploads
from tracker.workbooks.gates import NotAWorkbook
from tracker.workbooks.models import Upload
from tracker.workbooks.writing import template

from .chain import region_of
from .house_forms import WordForm
from .words_forms import BookForm

LEAD = ("reviewer", "editor", "issuer")
KEEPERS = ("reviewer", "editor")
PURPOSE = Upload.Purpose.WORDS
HEADINGS = {column.key: column.heading for column in WORDS.columns}
SORTS = {
    "words": ("words",),
    "kind": ("kind", "words"),
    "since": ("valid_from", "words"),
    "at": ("at",),
}


class WordFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(label="词", lookup_expr="icontains")

    class Meta:
        model = CityWord
        fields = ["kind"]


def words_of(user):
    """The words of the person's own region that hold or held."""
    rows = CityWord.objects.visible_to(user).active()
    return rows.filter(region=region_of(user)).select_related("region", "by")


@require_safe
@only(*LEAD)
def word_list(request):
    region = region_of(request.user)
    rows = words_of(request.user)
    listing = lists.listing(request, rows, sorts=SORTS, sort="kind", filters=WordFilter)
    context = {"listing": listing, "may_keep": may_keep_words(request.user, region)}
    return render(request, "releases/words.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEAD)
def word_add(request):
    return kept_or_shown(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEAD)
def word_edit(request, pk):
    return kept_or_shown(request, get_object_or_404(words_of(request.user), pk=pk))


def kept_or_shown(request, word: CityWord | None):
    region = region_of(request.user)
    require(may_keep_words(request.user, region))
    if request.method == "POST":
        form = typed.bound(request, WordForm)
        if form.is_valid() and kept(request, region, word, form):
            messages.success(request, "词典已保存，立即用于校验。")
            return redirect("word-list")
    else:
        form = WordForm(word=word)
    status = 422 if form.errors else 200
    return render(request, "releases/word.html", {"form": form, "word": word}, status=status)


def kept(request, region, word: CityWord | None, form: WordForm) -> bool:
    """Kept; False with what stands against it at its field."""
    try:
        if word is None:
            verbs.add_word(region, by=request.user, **form.columns())
        else:
            seen = form.cleaned_data["version"] or 0
            verbs.edit_word(word, by=request.user, version=seen, **form.columns())
    except ValidationError as problem:
        form.add_error(None, problem)
        return False
    return True


@require_POST
@only(*LEAD)
def word_drop(request, pk):
    word = get_object_or_404(words_of(request.user), pk=pk)
    seen = typed.number(request.POST.get("version", "")) or 0
    verbs.drop_word(word, by=request.user, version=seen)
    messages.success(request, f"已删去“{word}”，校验不再使用。")
    return redirect("word-list")


@require_http_methods(["GET", "HEAD", "POST"])
@only(*KEEPERS)
def word_book(request):
    """Send a sheet; a .csv becomes one."""
    form = BookForm()
    if request.method == "POST":
        form = typed.bound(request, BookForm)
        if upload := sent(request, form):
            return redirect("word-book-preview", upload.pk)
    context = {"form": form, "uploads": mine(request, PURPOSE)[:20]}
    return render(request, "releases/word_book.html", context, status=422 if form.errors else 200)


def sent(request, form: BookForm) -> Upload | None:
    """The upload as kept; None when it is no sheet, which the form then says."""
    if not form.is_valid():
        return None
    file = form.cleaned_data["file"]
    try:
        data, name = as_workbook(file.read(), file.name)
        return uploads.keep(data, name, PURPOSE, by=request.user)
    except NotAWorkbook as problem:
        form.add_error("file", problem.message)
        return None


def readable(view):
    """The view of an upload; back with the reason where the file cannot be opened."""

    @wraps(view)
    def answer(request, pk):
        try:
            return view(request, pk)
        except NotAWorkbook as problem:
            messages.error(request, problem.message)
            return redirect("word-book")

    return answer


def planned(request, upload: Upload) -> WordPlan:
    content, region = bytes(upload.content), region_of(request.user)
    return plan_words(content, region, by=request.user, filename=upload.name)


@require_safe
@only(*KEEPERS)
@readable
def word_book_preview(request, pk):
    """What the file would do; what it did, once it was carried out."""
    upload = upload_of(request, pk, PURPOSE)
    if upload.settled_at:
        return render(request, "releases/word_book_done.html", {"upload": upload})
    return previewed(request, upload, planned(request, upload))


def previewed(request, upload: Upload, plan: WordPlan, *, changed=False):
    steps = [
        {"step": step, "changes": [HEADINGS.get(name, name) for name in step.changes]}
        for step in (*plan.creates, *plan.updates)
    ]
    context = {
        "upload": upload, "plan": plan, "steps": steps, "changed": changed,
        "form": SeenForm(initial={"seen": digest_of(plan)}),
    }  # fmt: skip
    status = 409 if changed else 200
    return render(request, "releases/word_book_preview.html", context, status=status)


@require_POST
@only(*KEEPERS)
@readable
def word_book_confirm(request, pk):
    """Carry out what was seen; the preview again where the dictionaries have moved on meanwhile."""
    upload = upload_of(request, pk, PURPOSE)
    plan = planned(request, upload)
    if digest_of(plan) != request.POST.get("seen", ""):
        return previewed(request, upload, plan, changed=True)
    try:
        with transaction.atomic():
            done = carry_out_words(plan, by=request.user)
            counts = {"create": len(done.creates), "update": len(done.updates)}
            uploads.settle(upload, **counts, same=len(done.unchanged))
    except WrongWords as wrong:
        return previewed(request, upload, wrong.plan, changed=True)
    messages.success(request, "已按预览写入词典，立即用于校验。")
    return redirect("word-book-preview", pk)


@require_POST
@only(*KEEPERS)
def word_book_drop(request, pk):
    uploads.settle(upload_of(request, pk, PURPOSE), dropped=True)
    messages.success(request, "已放弃，词典没有改动。")
    return redirect("word-book")


@require_safe
@only(*KEEPERS)
@readable
def word_book_marked(request, pk):
    """The same sheet, its wrong cells coloured and commented."""
    upload = upload_of(request, pk, PURPOSE)
    return marked(upload, planned(request, upload).errors)


@require_safe
@only(*LEAD)
def word_book_export(request):
    name = f"词典{timezone.localdate():%Y%m%d}.xlsx"
    return files.download(ALLOWED, BytesIO(export_words(region_of(request.user))), name)


@require_safe
@only(*LEAD)
def word_book_template(request):
    return files.download(ALLOWED, BytesIO(template([WORDS])), "词典模板.xlsx")
