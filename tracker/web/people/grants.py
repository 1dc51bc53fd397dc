"""Roles to confirm, in bulk, and to take back: the security administrator's desk."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import rules, services
from accounts.models import RoleGrant
from tracker.submissions.handing import settle_open
from tracker.web import lists, typed
from tracker.web.people.access import only
from tracker.web.people.filters import GrantFilter
from tracker.web.people.forms import ReasonForm

SORTS = {
    "name": ("appointment__user__name",),
    "agency": ("appointment__agency__name", "appointment__user__name"),
    "role": ("role",),
    "proposed": ("proposed_at",),
}
PEOPLE = ("appointment__user", "appointment__agency", "proposed_by", "confirmed_by", "revoked_by")


def grants_of(request):
    return RoleGrant.objects.visible_to(request.user).select_related(*PEOPLE)


@require_safe
@only("security_admin")
def grant_list(request):
    """What waits comes first: without a filter the list shows only that."""
    rows = grants_of(request)
    listing = lists.listing(
        request, rows, sorts=SORTS, sort="proposed", filters=GrantFilter, given={"state": "pending"}
    )
    for grant in listing:
        grant.may_confirm = rules.may_confirm_role(request.user, grant)
    return render(request, "accounts/grant_list.html", {"listing": listing})


@require_POST
@only("security_admin")
def grant_confirm(request):
    """All that are ticked, or none of them."""
    chosen = [typed.number(pk) for pk in request.POST.getlist("grant") if pk]
    grants = list(grants_of(request).filter(pk__in=chosen))
    if not grants:
        messages.error(request, "没有选中任何角色，请先勾选要确认的行。")
        return redirect("grant-list")
    confirmed = services.confirm_roles(grants, by=request.user)
    settle_open(by=request.user, posts={one.appointment_id for one in confirmed})
    messages.success(request, f"已确认{len(confirmed)}项角色，立即生效。")
    return redirect("grant-list")


@require_http_methods(["GET", "HEAD", "POST"])
@only("security_admin")
def grant_revoke(request, pk):
    grant = get_object_or_404(grants_of(request), pk=pk)
    form = typed.bound(request, ReasonForm) if request.method == "POST" else ReasonForm()
    if form.is_bound and form.is_valid():
        services.revoke_role(grant, **form.cleaned_data, by=request.user)
        messages.success(
            request, "角色已撤销，立即失效。" if grant.confirmed_at else "提请已驳回。"
        )
        return redirect("grant-list")
    context = {"grant": grant, "form": form, "verdict": rules.may_revoke_role(request.user, grant)}
    return render(request, "accounts/grant_revoke.html", context)
