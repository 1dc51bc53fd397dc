"""After the event: documents whose figures were corrected, copies outside, and the corrected document."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Max, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from tracker.releases.alarm import copies, correcting, settling
from tracker.releases.issuing import latest, lift_embargo
from tracker.releases.models import Alarm, OutsideCopy, Release, Status
from tracker.releases.quoting import outdated, say_entry, say_passage
from tracker.web import paging, typed
from tracker.web.people.access import only

from .chain import inside, said
from .chain_forms import CopyForm, CopyStateForm, NoteForm, ReasonForm, VersionForm


def affected(user):
    """Releases with an open alarm, as far as the person works on their drafts; what is out first."""
    rows = Release.objects.visible_to(user).filter(versions__alarms__settled_at=None)
    rows = rows.filter(versions__alarms__isnull=False).select_related("region", "span", "issued_by")
    return rows.annotate(
        alarms=Count("versions__alarms", distinct=True),
        since=Max("versions__alarms__raised_at"),
    ).order_by("-issued_at", "-pk")


@require_safe
@only("reviewer", "editor", "issuer", "auditor")
def affected_list(request):
    """受影响的文稿: what quotes something that no longer stands, and how far the mending is."""
    page = paging.page(request, affected(request.user), 25)
    ids = [row.pk for row in page]
    open_copies = Count("pk", filter=Q(state=OutsideCopy.State.OPEN))
    counted = OutsideCopy.objects.filter(release__in=ids).order_by().values("release")
    copies_of = {row["release"]: row for row in counted.annotate(all=Count("pk"), open=open_copies)}
    drafts = {
        row.corrects_id: row
        for row in Release.objects.filter(corrects__in=ids).exclude(status=Status.WITHDRAWN)
    }
    for row in page:
        row.copies_outside = copies_of.get(row.pk)
        row.correction = drafts.get(row.pk)
    return render(request, "releases/affected.html", {"page": page})


@require_safe
def release_corrections(request, pk):
    """One document: what has changed under it, where it stands outside, its corrected form."""
    record = inside(request.user, pk)
    alarms = Alarm.objects.filter(version__release=record).select_related(
        "entry__indicator", "entry__agency", "entry__span", "entry__superseded_by",
        "passage__programme", "passage__agency", "version__release__region", "settled_by",
    )  # fmt: skip
    rows = [
        {
            "alarm": alarm,
            "words": say_entry(alarm.entry) if alarm.entry else say_passage(alarm.passage),
            "may_judge": settling.may_judge(request.user, alarm),
        }
        for alarm in alarms
    ]
    context = {
        "release": record,
        "rows": rows,
        "outdated": outdated(latest(record)),
        "copies": copies.copies_of(record),
        "copy_states": OutsideCopy.State.choices,
        "copy_form": CopyForm(auto_id="copy_%s"),
        "may_copy": copies.may_keep_copies(request.user, record),
        "may_settle": copies.may_keep_copies(request.user, record.corrects or record),
        "may_correct": correcting.may_correct(request.user, record),
        "correction": record.corrections.exclude(status=Status.WITHDRAWN).first(),
        "may_note": correcting.may_write_note(request.user, record),
        "note_form": NoteForm(initial={"version": record.version, "text": record.correction_note}),
    }
    return render(request, "releases/corrections.html", context)


def back(record: Release):
    return redirect("release-corrections", record.pk)


@require_POST
def release_correct(request, pk):
    """Draft the corrected document and its note."""
    record = inside(request.user, pk)
    made = correcting.begin_correction(record, by=request.user)
    messages.success(request, "已起草更正稿和更正说明，请核对后按流程办理。")
    return redirect("release-corrections", made.pk)


@require_POST
def release_note(request, pk):
    record = inside(request.user, pk)
    form = typed.bound(request, NoteForm)
    if form.is_valid():
        correcting.save_note(record, by=request.user, **form.cleaned_data)
        messages.success(request, "更正说明已保存。")
    else:
        messages.error(request, "没有保存：" + said(form))
    return back(record)


@require_POST
def alarm_judge(request, pk, alarm):
    record = inside(request.user, pk)
    row = get_object_or_404(
        Alarm.objects.select_related("version__release__region"), version__release=record, pk=alarm
    )
    form = typed.bound(request, ReasonForm)
    if form.is_valid():
        settling.judge(row, by=request.user, note=form.cleaned_data["reason"])
        messages.success(request, "已了结，理由保留备查。")
    else:
        messages.error(request, "没有了结：" + said(form))
    return back(record)


@require_POST
def copy_add(request, pk):
    record = inside(request.user, pk)
    form = typed.bound(request, CopyForm)
    if form.is_valid():
        copies.note_copy(record, by=request.user, **form.cleaned_data)
        messages.success(request, "已登记外部刊载。")
    else:
        messages.error(request, "没有登记：" + said(form))
    return back(record)


@require_POST
def copy_settle(request, pk, copy):
    record = inside(request.user, pk)
    row = get_object_or_404(copies.copies_of(record), pk=copy)
    form = typed.bound(request, CopyStateForm)
    if not form.is_valid():
        messages.error(request, "没有保存：" + said(form))
        return back(record)
    try:
        copies.settle_copy(row, by=request.user, **form.cleaned_data)
        messages.success(request, "外部刊载的状态已保存。")
    except ValidationError as problem:
        messages.error(request, "没有保存：" + problem.messages[0])
    return back(record)


@require_POST
def release_lift(request, pk):
    """Let it be downloaded before its hour."""
    record = inside(request.user, pk)
    form = typed.bound(request, VersionForm)
    if form.is_valid():
        lift_embargo(record, by=request.user, version=form.cleaned_data["version"])
        messages.success(request, "已解除，各单位现在可以查看和下载。")
    return redirect(record)
