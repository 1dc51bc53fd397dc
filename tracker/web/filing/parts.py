"""The parts of a submission beside its figures: texts and comments."""

import re
from typing import NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tracker.catalogue.models import Programme
from tracker.review.services import comment
from tracker.submissions import services as verbs
from tracker.submissions.models import Figure, Narrative, Submission
from tracker.submissions.rules import may_edit_text
from tracker.submissions.texts import numbers_in, whole_names
from tracker.web import typed

from .forms import LONGEST_TEXT as LONGEST
from .forms import NarrativeForm
from .page import found

OFFSET = re.compile(r"[0-9]{1,9}")


@require_http_methods(["GET", "HEAD", "POST"])
def narrative_add(request, pk, programme):
    """A new text for a programme."""
    record = found(request.user, pk)
    about = get_object_or_404(Programme, pk=programme, line=record.agency.line)
    return narrative_form(request, record, about, None)


@require_http_methods(["GET", "HEAD", "POST"])
def narrative_edit(request, pk, narrative):
    record = found(request.user, pk)
    text = get_object_or_404(record.narratives.select_related("programme"), pk=narrative)
    return narrative_form(request, record, text.programme, text)


def narrative_form(request, record: Submission, programme: Programme, text: Narrative | None):
    form = NarrativeForm(initial=first_words(text))
    if request.method == "POST":
        form = typed.bound(request, NarrativeForm)
        if form.is_valid() and (row := kept(request, form, record, programme, text)):
            messages.success(request, said_of_numbers(request, row))
            return redirect(f"{record.get_absolute_url()}#programme-{programme.pk}")
    form.watch(reverse("narrative-found", args=[record.pk, programme.pk]))
    context = {
        "submission": record,
        "programme": programme,
        "narrative": text,
        "form": form,
        "pieces": pieces_of(form["text"].value() or "", programme),
        "may_edit": may_edit_text(request.user, record, text),
    }
    return render(
        request, "submissions/narrative.html", context, status=422 if form.errors else 200
    )


def first_words(text: Narrative | None) -> dict:
    if text is None:
        return {"kind": "practice", "seen": 0}
    names = ("kind", "text", "speaker", "question")
    return {name: getattr(text, name) for name in names} | {"seen": text.version}


def said_of_numbers(request, row: Narrative) -> str:
    """Confirm the numbers at once where that was the button; what has become of them."""
    found = numbers_in(row.text, whole_names(row.programme))
    if not found:
        return "文字已保存。"
    if request.POST.get("act") != "confirm":
        return f"文字已保存。文中有{len(found)}个数字，请逐个确认。"
    starts = [number.start for number in found]
    return f"文字已保存，已确认{verbs.confirm_numbers(row, starts, by=request.user)}个随文数据。"


@require_POST
def narrative_found(request, pk, programme):
    """The text as it is being typed, with the figures that are found in it."""
    record = found(request.user, pk)
    about = get_object_or_404(Programme, pk=programme, line=record.agency.line)
    text = request.POST.get("text", "")[:LONGEST]
    return render(request, "submissions/_found.html", {"pieces": pieces_of(text, about)})


class Piece(NamedTuple):
    text: str
    is_number: bool = False


def pieces_of(text: str, programme: Programme) -> list[Piece]:
    """The text in order, each figure a piece of its own."""
    pieces, at = [], 0
    for number in numbers_in(text, whole_names(programme)):
        pieces += [Piece(text[at : number.start]), Piece(text[number.start : number.end], True)]
        at = number.end
    return [*pieces, Piece(text[at:])] if pieces else []


def kept(request, form, record, programme, text) -> Narrative | None:
    """Save the text; a clash is said on the form, with what the colleague wrote."""
    words = form.cleaned_data
    try:
        return verbs.save_narrative(
            record,
            programme,
            words["kind"],
            words["text"],
            by=request.user,
            narrative=text,
            seen=words["seen"] or 0,
            speaker=words["speaker"],
            question=words["question"],
        )
    except verbs.Clash as clash:
        [theirs] = clash.theirs.values()
        form.add_error("text", f"同事刚刚改过这段文字，现在是：“{theirs.text}”请合并后再次保存。")
        form.data = form.data.copy()
        form.data["seen"] = str(theirs.version)
        return None


@require_POST
def narrative_remove(request, pk, narrative):
    record = found(request.user, pk)
    text = get_object_or_404(record.narratives, pk=narrative)
    verbs.remove_narrative(text, by=request.user)
    messages.success(request, "已删除这段文字。")
    return redirect(record)


@require_POST
def narrative_numbers(request, pk, narrative):
    """Confirm the numbers of a text as passage figures."""
    record = found(request.user, pk)
    text = get_object_or_404(record.narratives.select_related("programme"), pk=narrative)
    posted = [start for start in request.POST.getlist("start") if OFFSET.fullmatch(start)]
    starts = [int(start) for start in posted]
    count = verbs.confirm_numbers(text, starts, by=request.user)
    messages.success(request, f"已确认{count}个随文数据。")
    return redirect(f"{record.get_absolute_url()}#programme-{text.programme_id}")


def figure_in(request, record: Submission) -> Figure | None:
    """The figure that the form names, None when it is about the whole."""
    pk = typed.number(request.POST.get("figure", ""))
    return None if pk is None else get_object_or_404(record.figures, pk=pk)


def named_in(request, record: Submission) -> dict[str, Figure | Narrative | None]:
    """The figure or (as t12) the text that the form names; neither when it is about the whole."""
    named = request.POST.get("figure", "")
    if not named.startswith("t"):
        return {"figure": figure_in(request, record)}
    return {"narrative": get_object_or_404(record.narratives, pk=typed.number(named[1:]) or 0)}


@require_POST
def submission_comment(request, pk):
    """A word to those who judge it, about one figure or the whole; kept as said."""
    record = found(request.user, pk)
    text, about = request.POST.get("text", ""), named_in(request, record)
    try:
        comment(record, text[:1000], by=request.user, **about)
        messages.success(request, "已回复。")
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    return redirect(f"{record.get_absolute_url()}#comments")
