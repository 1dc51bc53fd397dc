"""The audit record: read, prove whole, take away. The auditor's desk."""

import csv
import io
import json
from itertools import islice

from django.contrib import messages
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.acts import act_words, data_words
from accounts.models import AuditEntry
from tracker.web import paging
from tracker.web.people.access import only
from tracker.web.people.filters import AuditFilter

FAULTS_SHOWN = 20
HEAD = ["序号", "时间", "操作人", "操作", "结果", "对象", "内容", "前一条摘要", "摘要"]
# Spreadsheets take a text that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def entries_of(request):
    rows = AuditEntry.objects.visible_to(request.user)
    return AuditFilter(request.GET or None, queryset=rows, request=request)


@require_safe
@only("auditor")
def audit_list(request):
    found = entries_of(request)
    window = paging.window(request, found.qs)
    for entry in window.rows:
        entry.words = act_words(entry.act, entry.target_type)
    listing = {"filters": found, "filtered": bool(request.GET)}
    context = {"window": window, "listing": listing}
    return render(request, "accounts/audit_list.html", context)


@require_safe
@only("auditor")
def audit_entry(request, pk):
    rows = AuditEntry.objects.visible_to(request.user).select_related("actor")
    entry = get_object_or_404(rows, pk=pk)
    context = {
        "entry": entry,
        "words": act_words(entry.act, entry.target_type),
        "content": data_words(entry.data),
        "whole": audit.seal(entry) == entry.hash,
    }
    return render(request, "accounts/audit_entry.html", context)


@require_POST
@only("auditor")
def audit_verify(request):
    """The whole chain, from the first entry on; what was found becomes an entry itself."""
    faults = list(islice(audit.faults(), FAULTS_SHOWN))
    audit.record(request.user, "audit.verify", "审计链", outcome="failed" if faults else "done")
    for fault in faults:
        messages.error(request, fault)
    if not faults:
        messages.success(request, "审计链完整，没有发现改动或缺失。")
    return redirect("audit-log")


@require_POST
@only("auditor")
def audit_export(request):
    """What the filters in the address leave, oldest first, as CSV."""
    rows = entries_of(request).qs.order_by("seq")
    audit.record(request.user, "audit.export", "审计记录", filters=request.GET.dict())
    answer = StreamingHttpResponse(lines(rows), content_type="text/csv; charset=utf-8")
    name = f"audit-{timezone.localtime():%Y%m%d-%H%M}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def lines(rows):
    yield "\ufeff" + line(HEAD)
    for entry in rows.iterator(chunk_size=1000):
        yield line(
            [
                entry.seq,
                timezone.localtime(entry.at).isoformat(sep=" ", timespec="milliseconds"),
                entry.actor_name,
                act_words(entry.act, entry.target_type),
                entry.get_outcome_display(),
                entry.target_label,
                json.dumps(entry.data, ensure_ascii=False),
                entry.previous_hash,
                entry.hash,
            ]
        )


def line(values) -> str:
    text = io.StringIO()
    csv.writer(text).writerow([plain(value) for value in values])
    return text.getvalue()


def plain(value) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
