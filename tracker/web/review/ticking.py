"""The ✓ on one figure, put on and taken off where it stands."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from tracker.review.ticking import tick, ticks_of, untick
from tracker.web import typed

from .page import found
from .rows import ReviewRow


@require_POST
def review_tick(request, pk):
    """`on` or `off` names the figure and the version that was seen: 12-3."""
    record = found(request.user, pk)
    act, named = ("off", request.POST.get("off", "")) if "off" in request.POST else ("on", request.POST.get("on", ""))  # fmt: skip
    figure_pk, _, seen = named.partition("-")
    figure = get_object_or_404(record.figures, pk=typed.number(figure_pk) or 0)
    verb = untick if act == "off" else tick
    verb(record, figure, by=request.user, seen=typed.number(seen) or 0)
    if not request.htmx:
        return redirect("review-page", record.pk)
    row = ReviewRow(figure, "", "", "", tick=ticks_of(record).get(figure.pk))
    return render(
        request, "review/_tick.html", {"row": row, "submission": record, "may_tick": True}
    )
