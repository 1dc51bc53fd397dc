"""Where a refusal or a stale version becomes an answer for a program."""

from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from accounts import audit
from accounts.models import AuditEntry
from accounts.rules import Refused
from tracker.releases.files import Damaged
from tracker.workflow import Stale

STALE = "内容已有变化，请重新读取后再办理。"


def answer(exception: Exception, context: dict) -> Response | None:
    """409 with the reason in Chinese; everything else as the framework says it."""
    if isinstance(exception, Refused):
        note(context, exception.verdict.reason)
        return conflict(exception.verdict.reason)
    if isinstance(exception, Stale):
        note(context, "版本已变", exception.record)
        return conflict(STALE, version=exception.record.version)
    if isinstance(exception, Damaged):
        return conflict(str(exception))
    return exception_handler(exception, context)


def conflict(reason: str, **more) -> Response:
    return Response({"detail": reason, **more}, status=status.HTTP_409_CONFLICT)


def note(context: dict, reason: str, record=None) -> None:
    """The refusal in the audit record; the verb's transaction is already rolled back."""
    request = context["request"]
    match = request.resolver_match
    audit.record(
        request.user,
        match.view_name,
        record,
        outcome=AuditEntry.Outcome.REFUSED,
        reason=reason,
        **{f"url_{name}": str(value) for name, value in match.kwargs.items()},
    )
