"""Where a refusal or a stale version becomes an answer for a program."""

from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.views import defaults
from rest_framework import status
from rest_framework.exceptions import NotFound, ParseError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from accounts import audit
from accounts.models import AuditEntry
from accounts.rules import Refused
from tracker.releases.files import Damaged
from tracker.submissions.drafting import Clash
from tracker.submissions.filing import NotReady
from tracker.submissions.models import Submission
from tracker.workbooks.gates import NotAWorkbook
from tracker.workflow import Stale

from .findings import told
from .submissions import SubmissionSerializer

STALE = "内容已有变化，请重新读取后再办理。"
NOWHERE = "没有找到，或者无权查看。"
UNREADABLE = "请求内容读不出来：不是完整的 JSON 或表单。"
BROKEN = "系统出了问题，没有办成，请稍后再试。"


def answer(exception: Exception, context: dict) -> Response | None:
    """409 or 422 with the reason in Chinese; everything else as the framework says it."""
    if isinstance(exception, Refused):
        note(context, exception.verdict.reason)
        return conflict(exception.verdict.reason)
    if isinstance(exception, Stale):
        note(context, "版本已变", exception.record)
        return conflict(STALE, version=exception.record.version, **present(exception.record))
    if isinstance(exception, Damaged):
        return conflict(str(exception))
    if isinstance(exception, Clash):
        return conflict(STALE)
    return unprocessable(exception) or exception_handler(spoken(exception), context)


def spoken(exception: Exception) -> Exception:
    """The framework's own words name our classes, in English."""
    if isinstance(exception, Http404):
        return NotFound(NOWHERE)
    # A body of brackets within brackets is as unreadable as a broken one.
    return (
        ParseError(UNREADABLE) if isinstance(exception, ParseError | RecursionError) else exception
    )


def not_found(request, exception):
    """An address of the interface that there is none of is told as data, any other by a page."""
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": NOWHERE}, status=status.HTTP_404_NOT_FOUND)
    return defaults.page_not_found(request, exception)


def broken(request):
    """The same for a failure of ours."""
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": BROKEN}, status=status.HTTP_500_INTERNAL_SERVER_ERROR)
    return defaults.server_error(request)


def present(record) -> dict:
    """How a submission stands now, for a program that acted on an older state of it."""
    if not isinstance(record, Submission):
        return {}
    return {"present": SubmissionSerializer(record).data}


def unprocessable(exception: Exception) -> Response | None:
    """422 for what was understood and cannot be taken: each reason, and at once."""
    if isinstance(exception, NotAWorkbook):
        return wrong(exception.message)
    if isinstance(exception, NotReady):
        return wrong(exception.messages[0], findings=told(exception.findings))
    return wrong(" ".join(exception.messages)) if isinstance(exception, ValidationError) else None


def wrong(reason: str, **more) -> Response:
    return Response({"detail": reason, **more}, status=status.HTTP_422_UNPROCESSABLE_ENTITY)


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
