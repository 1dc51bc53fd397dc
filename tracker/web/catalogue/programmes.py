"""Programmes: the projects under which a line's indicators stand."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.rules import Refused
from tracker.catalogue import indicators as verbs
from tracker.catalogue.models import Programme
from tracker.catalogue.rules import may_keep_catalogue
from tracker.web import typed
from tracker.web.people.access import only

from .forms import ProgrammeForm


@require_safe
def programme_list(request):
    rows = (
        Programme.objects.visible_to(request.user)
        .select_related("line")
        .annotate(count=Count("indicators", filter=Q(indicators__active=True)))
    )
    context = {"programmes": rows, "may_keep": may_keep_catalogue(request.user)}
    return render(request, "catalogue/programmes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@only("reviewer")
def programme_edit(request, pk=None):
    """A programme, new or known; its line stays what it was."""
    row = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk) if pk else None
    form = ProgrammeForm(instance=row)
    if request.method == "POST":
        form = typed.bound(request, ProgrammeForm, instance=row)
        if form.is_valid() and kept(request, form, row):
            messages.success(request, f"已保存项目“{form.cleaned_data['name']}”。")
            return redirect("programme-list")
    context = {"form": form, "programme": row}
    status = 422 if form.errors else 200
    return render(request, "catalogue/programme_edit.html", context, status=status)


def kept(request, form: ProgrammeForm, row: Programme | None) -> bool:
    """Saved; or the form says which rule does not let it."""
    with typed.said_on(form, Refused, field="name"):
        if row:
            verbs.edit_programme(row, by=request.user, **form.cleaned_data)
        else:
            verbs.create_programme(by=request.user, **form.cleaned_data)
    return not form.errors
