"""Shorthand notes of a press conference: sent, laid beside the material, made into the transcript."""

from dataclasses import replace

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.rules import Refused, require
from tracker.releases.issuing import latest
from tracker.releases.models import Release, Transcript, Version
from tracker.releases.recording import document_of
from tracker.releases.transcript.building import full_name
from tracker.releases.transcript.material import talks_of
from tracker.releases.transcript.services import look, may_merge, merge, turns_of
from tracker.releases.transcript.turns import Kind, Turn
from tracker.web import typed
from tracker.web.file_forms import file_field
from tracker.workbooks import papers, uploads
from tracker.workbooks.models import Upload

from .reading import found

LISTED = 20


class NotesForm(forms.Form):
    file = file_field(
        "发布会速记",
        "每个人的话前面写明是谁，如“主持人：”“张主席：”",
        papers.ENDINGS,
        papers.MAX_BYTES,
    )


def mine(request, record: Release):
    """The notes that this person has sent for this release."""
    rows = Upload.objects.visible_to(request.user)
    return rows.filter(purpose=Upload.Purpose.NOTES, about=record.pk).waiting()


@require_http_methods(["GET", "HEAD", "POST"])
def release_transcript(request, pk):
    """Send the notes; the transcripts that were made of this material."""
    record, form = found(request.user, pk), NotesForm()
    if request.method == "POST":
        require(may_merge(request.user, record))
        form = typed.bound(request, NotesForm)
        if form.is_valid() and (upload := kept(request, record, form)):
            return redirect("release-notes", record.pk, upload.pk)
    made = Transcript.objects.filter(material__release=record).select_related("version__release")
    context = {
        "release": record,
        "form": form,
        "may_merge": may_merge(request.user, record),
        "uploads": mine(request, record).defer("content")[:LISTED],
        "transcripts": made.defer("text"),
    }
    return render(request, "releases/transcript.html", context, status=422 if form.errors else 200)


def kept(request, record: Release, form: NotesForm) -> Upload | None:
    """The upload; None when it cannot be read, which the form then says."""
    file = form.cleaned_data["file"]
    try:
        data = file.read()
        turns_of(latest(record), papers.read(data, file.name).lines)
        return papers.keep(data, file.name, Upload.Purpose.NOTES, by=request.user, about=record.pk)
    except papers.NotAPaper as problem:
        form.add_error("file", problem.message)
    except Refused as problem:
        form.add_error(None, str(problem))
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def release_notes(request, pk, upload):
    """Who says what; changed where the notes were misread, then made into the transcript."""
    record = found(request.user, pk)
    sent = get_object_or_404(mine(request, record), pk=upload)
    require(may_merge(request.user, record))
    version = latest(record)
    paper = papers.read(bytes(sent.content), sent.name)
    turns = chosen(request, version, turns_of(version, paper.lines))
    if request.method == "POST" and request.POST.get("act") == "merge":
        with transaction.atomic():
            made = merge(
                version, paper.text, turns, by=request.user, name=sent.name, sha256=sent.sha256
            )
            uploads.settle(sent, release=made.pk)
        messages.success(
            request, "实录已合成。与台账不一致的数列在“需要编辑留意”里，台账没有改动。"
        )
        return redirect(made)
    return shown(request, record, sent, version, turns)


def voices_of(version: Version) -> list[tuple[str, str]]:
    return [
        (talk.voice.key, full_name(talk.voice) or talk.voice.short_name)
        for talk in talks_of(document_of(version))
    ]


def chosen(request, version: Version, turns: tuple[Turn, ...]) -> list[Turn]:
    """The turns as the person has set them."""
    kinds, voices = {str(kind) for kind in Kind}, {key for key, _ in voices_of(version)} | {""}
    made = []
    for turn in turns:
        kind = request.POST.get(f"kind-{turn.number}", turn.kind)
        voice = request.POST.get(f"voice-{turn.number}", turn.voice)
        made.append(
            replace(
                turn,
                kind=Kind(kind) if kind in kinds else turn.kind,
                voice=voice if voice in voices else turn.voice,
            )
        )
    return made


def shown(request, record: Release, sent: Upload, version: Version, turns: list[Turn]):
    context = {
        "release": record,
        "upload": sent,
        "look": look(version, turns),
        "kinds": list(Kind),
        "voices": voices_of(version),
    }
    return render(request, "releases/notes.html", context)


@require_POST
def release_notes_drop(request, pk, upload):
    record = found(request.user, pk)
    uploads.settle(get_object_or_404(mine(request, record), pk=upload), dropped=True)
    messages.success(request, "已放弃这份速记，没有合成实录。")
    return redirect("release-transcript", record.pk)
