"""Files behind figures: sent one by one or many at once, looked at, described, taken away."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.rules import ALLOWED, require
from tracker.submissions import services as verbs
from tracker.submissions.evidence import LONGEST_CAPTION
from tracker.submissions.models import Evidence, Submission
from tracker.submissions.rules import may_edit
from tracker.web import files, typed

from .figure import row_of
from .forms import EvidenceForm
from .page import found
from .parts import figure_in


class CaptionForm(forms.Form):
    caption = forms.CharField(label="说明", max_length=LONGEST_CAPTION, required=False)


@dataclass(frozen=True)
class About:
    """What a file is evidence of: an existing figure, a place on the form, or neither."""

    figure: object = None
    place: tuple | None = None
    key: str = ""
    row: object = None


def about_in(request, record: Submission, given) -> About:
    """From `at` (the field of the form) or `figure` (its number); 404 for what is not there."""
    key = given.get("at", "")
    if not key:
        return About(figure_in(request, record))
    row = row_of(record, key[:80])
    cell = row.cell
    place = (cell.indicator.pk, cell.region.pk, row.member, cell.scope)
    return About(None, place, key, row)


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_add(request, pk):
    """The files of a submission or of one figure, and more of them."""
    record = found(request.user, pk)
    if request.method != "POST":
        return shown(request, record, about_in(request, record, request.GET), EvidenceForm())
    require(may_edit(request.user, record))
    about, form = about_in(request, record, request.POST), typed.bound(request, EvidenceForm)
    if not form.is_valid():
        return refused(request, record, about, form)
    kept, wrong = taken(request, record, about, form.cleaned_data)
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        status = 422 if wrong else 201
        return JsonResponse({"kept": kept, "wrong": wrong}, status=status)
    for words in wrong:
        messages.error(request, words)
    if kept:
        messages.success(request, f"已上传{kept}个文件。")
    return redirect(where(record, about))


def refused(request, record: Submission, about: About, form: EvidenceForm):
    """The page again with what is wrong; a script is told in a line."""
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        words = [words for errors in form.errors.values() for words in errors]
        return JsonResponse({"kept": 0, "wrong": words}, status=422)
    return shown(request, record, about, form, status=422)


def taken(request, record: Submission, about: About, said: dict) -> tuple[int, list[str]]:
    """Each file on its own: how many were kept, and what is wrong with the others."""
    wrong = []
    for file in said["file"]:
        try:
            verbs.attach(
                record, file, by=request.user, figure=about.figure, place=about.place,
                caption=said["caption"],
            )  # fmt: skip
        except ValidationError as problem:
            wrong.append(told(file, problem))
    return len(said["file"]) - len(wrong), wrong


def told(file: UploadedFile, problem: ValidationError) -> str:
    return f"“{files.safe_name(file.name)}”没有上传：{problem.messages[0]}"


def where(record: Submission, about: About) -> str:
    """The page of the figure's files, or the place on the form."""
    page = f"{record.get_absolute_url()}evidence/"
    return f"{page}?at={about.key}" if about.key else f"{record.get_absolute_url()}#evidence"


def shown(request, record: Submission, about: About, form: EvidenceForm, *, status=200):
    rows = record.evidence.select_related("by", "removed_by", "figure__indicator", "figure__region")
    if about.row:
        rows = rows.filter(figure=about.row.figure) if about.row.figure else rows.none()
    context = {
        "submission": record,
        "about": about,
        "form": form,
        "standing": [one for one in rows if not one.removed_at],
        "removed": [one for one in rows if one.removed_at],
        "may_edit": may_edit(request.user, record),
    }
    return render(request, "submissions/evidence.html", context, status=status)


def standing_in(record: Submission, evidence: int) -> Evidence:
    return get_object_or_404(record.evidence.filter(removed_at=None), pk=evidence)


@require_safe
def evidence_download(request, pk, evidence):
    """The file itself, to those who may see the submission."""
    row = standing_in(found(request.user, pk), evidence)
    return files.download(ALLOWED, row.file.open("rb"), row.name)


@require_safe
def evidence_thumbnail(request, pk, evidence):
    """A small picture that we have drawn ourselves, to the same people."""
    record = found(request.user, pk)
    row = get_object_or_404(
        record.evidence.filter(removed_at=None).exclude(thumbnail=""), pk=evidence
    )
    return files.download(ALLOWED, row.thumbnail.open("rb"), "缩略图.jpg")


@require_POST
def evidence_caption(request, pk, evidence):
    record = found(request.user, pk)
    row, form = standing_in(record, evidence), typed.bound(request, CaptionForm)
    if form.is_valid():
        verbs.caption_evidence(row, form.cleaned_data["caption"], by=request.user)
        messages.success(request, "说明已保存。")
    else:
        messages.error(request, f"没有保存：说明最多{LONGEST_CAPTION}字。")
    return redirect(back_to(request, record))


@require_POST
def evidence_remove(request, pk, evidence):
    record = found(request.user, pk)
    verbs.remove_evidence(standing_in(record, evidence), by=request.user)
    messages.success(request, "已移除佐证材料，移除的记录保留。")
    return redirect(back_to(request, record))


def back_to(request, record: Submission) -> str:
    """Back to the page of files that the form stood on, else to the form's own list."""
    key = request.POST.get("at", "")
    if key == "all":
        return f"{record.get_absolute_url()}evidence/"
    about = About(key=key if key.replace("-", "").isalnum() and key.isascii() else "")
    return where(record, about)
