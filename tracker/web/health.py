"""Whether the product works, for the monitor: the answer alone, and no detail."""

from django.contrib.auth.decorators import login_not_required
from django.db import Error
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from tracker.jobs import health


@login_not_required
@require_safe
def show(request: HttpRequest) -> JsonResponse:
    """200 when a ping came through the queue of late, else 503."""
    try:
        works = health.alive()
    except Error:
        works = False
    return JsonResponse({"works": works}, status=200 if works else 503)
