"""The book of issue numbers."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.rules import Refused, require
from tracker.releases.models import IssueNumber
from tracker.releases.numbering import may_number, void_number, void_unused
from tracker.web import paging, typed
from tracker.web.people.access import only

from .chain import region_of, said
from .chain_forms import ReasonForm, VoidForm


def book(region):
    """Every number of the region, the newest of each masthead first."""
    rows = IssueNumber.objects.filter(region=region)
    return rows.select_related("release", "by", "voided_by", "region")


@require_http_methods(["GET", "HEAD", "POST"])
@only("reviewer", "editor", "issuer")
def number_list(request):
    """Given, void and left out; a number that is to be left out is recorded here."""
    region = region_of(request.user)
    if request.method == "POST":
        require(may_number(request.user, region))
        form = typed.bound(request, VoidForm)
        if form.is_valid():
            with typed.said_on(form, Refused, field="number"):
                void_unused(region, by=request.user, **form.cleaned_data)
                messages.success(request, "已登记作废，这个期号不会再用。")
                return redirect("number-list")
    else:
        form = VoidForm(initial={"year": timezone.localdate().year})
    context = {
        "page": paging.page(request, book(region), 50),
        "form": form,
        "may_number": may_number(request.user, region),
        "void_form": ReasonForm(auto_id=False),
    }
    return render(request, "releases/numbers.html", context, status=422 if form.errors else 200)


@require_POST
@only("reviewer", "editor", "issuer")
def number_void(request, pk):
    """A number that was given is void: its document keeps it, no other gets it."""
    row = get_object_or_404(book(region_of(request.user)), pk=pk)
    form = typed.bound(request, ReasonForm)
    if form.is_valid():
        void_number(row, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, f"{row}已作废。")
    else:
        messages.error(request, "没有作废：" + said(form))
    return redirect("number-list")
