"""Where a refusal or a stale version becomes an answer that a person can act on.

Both arrive here as exceptions, so the transaction is already rolled back when the audit row is
written.
"""

from django.contrib import messages
from django.db import models
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import reswap, retarget

from accounts import audit
from accounts.models import AuditEntry
from accounts.rules import Refused
from tracker.web import typed
from tracker.workflow import Stale


class Doors:
    """Middleware: answers `Refused` and `Stale`, and leaves every other exception alone."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Refused):
            note_refusal(request, exception.verdict.reason)
            return refusal(request, exception.verdict.reason)
        if isinstance(exception, Stale):
            note_refusal(request, "版本已变", exception.record)
            return stale(request, exception)
        return None


def note_refusal(request, reason: str, record: models.Model | None = None) -> None:
    match = request.resolver_match
    audit.record(
        request.user,
        match.view_name,
        record,
        outcome=AuditEntry.Outcome.REFUSED,
        reason=reason,
        **{f"url_{name}": str(value) for name, value in match.kwargs.items()},
    )


def refusal(request, reason: str):
    """Back with the reason when nothing was typed; else a page that keeps what was typed."""
    if request.htmx:
        return beside(request, reason)
    kept = typed.entries(request)
    back = back_to(request)
    if kept or back is None:
        return render(request, "409.html", {"reason": reason, "kept": kept}, status=409)
    messages.error(request, reason)
    return HttpResponseRedirect(back)


def beside(request, reason: str):
    """For htmx: the reason in the page's line of messages, the rest of the page left alone."""
    answer = render(request, "_refusal.html", {"reason": reason}, status=409)
    return reswap(retarget(answer, "#messages"), "innerHTML")


def stale(request, exception: Stale):
    """What the record has become, beside what was typed, with a way to send it again.

    Its `fields` say what was seen by then; a version, where it has none.
    """
    if request.htmx:
        return beside(request, STALE)
    record, fields = exception.record, getattr(exception, "fields", None)
    context = {
        "record": record,
        "compared": getattr(exception, "both", None) or typed.compared(request, record),
        "hidden": typed.hidden(request, **fields or {"version": record.version}),
        "back": back_to(request),
    }
    return render(request, "409_stale.html", context, status=409)


def back_to(request) -> str | None:
    """The page that the person came from, if it is one of ours and a POST cannot loop into it."""
    address = request.META.get("HTTP_REFERER", "")
    ours = url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    if not ours or (request.method != "POST" and address == request.build_absolute_uri()):
        return None
    return address


STALE = "这条内容刚才已被别人改动，您看到的不是最新的。您填写的内容还在页面上，请另开一页核对最新内容后再保存。"
