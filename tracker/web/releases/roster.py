"""The roster: who speaks, hosts and reads from when to when; people with accounts beside those without."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Appointment
from accounts.rules import require
from tracker.releases.house import roster as verbs
from tracker.releases.house.keeping import may_set_house
from tracker.releases.models import RosterPerson
from tracker.web import paging, typed
from tracker.web.people.access import only

from .chain import region_of
from .roster_forms import RosterForm

LEAD = ("reviewer", "editor", "issuer")


def people_of(user):
    """The rows of the person's own region that were not struck."""
    rows = RosterPerson.objects.visible_to(user).active()
    return rows.filter(region=region_of(user)).select_related("agency", "region", "by")


@require_safe
@only(*LEAD)
def roster_list(request):
    region = region_of(request.user)
    # Posts of accounts that speak: kept among the people, shown here so that the order is seen whole.
    held = Appointment.objects.filter(agency__region=region, speaking_order__isnull=False)
    held = held.filter(Q(user__is_active=True) | Q(ends__isnull=False))
    context = {
        "page": paging.page(request, people_of(request.user), 50),
        "held": held.select_related("user", "agency").order_by("speaking_order", "pk")[:200],
        "today": timezone.localdate(),
        "may_set": may_set_house(request.user, region),
    }
    return render(request, "releases/roster.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEAD)
def roster_add(request):
    """Somebody new."""
    return kept_or_shown(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEAD)
def roster_edit(request, pk):
    """Another post, another day."""
    return kept_or_shown(request, get_object_or_404(people_of(request.user), pk=pk))


def kept_or_shown(request, person: RosterPerson | None):
    region = region_of(request.user)
    require(may_set_house(request.user, region))
    if request.method == "POST":
        form = typed.bound(request, RosterForm, region=region)
        if form.is_valid() and kept(request, region, person, form):
            messages.success(request, "名册已保存，以后汇编的文稿按文稿日期取人。")
            return redirect("roster-list")
    else:
        form = RosterForm(region=region, person=person)
    status = 422 if form.errors else 200
    return render(
        request, "releases/roster_person.html", {"form": form, "person": person}, status=status
    )


def kept(request, region, person: RosterPerson | None, form: RosterForm) -> bool:
    """Kept; False with what stands against it at its field."""
    with typed.said_on(form):
        if person is None:
            verbs.enter(region, by=request.user, **form.columns())
        else:
            seen = form.cleaned_data["version"] or 0
            verbs.change(person, by=request.user, version=seen, **form.columns())
    return not form.errors


@require_POST
@only(*LEAD)
def roster_strike(request, pk):
    """Entered by mistake."""
    person = get_object_or_404(people_of(request.user), pk=pk)
    seen = typed.number(request.POST.get("version", "")) or 0
    verbs.strike(person, by=request.user, version=seen)
    messages.success(request, f"已删去{person}，记录仍保留备查。")
    return redirect("roster-list")
