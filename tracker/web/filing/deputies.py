"""Who signs for whom: a signer names a deputy for a time, and takes it back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tracker.submissions.deputising import delegate, end_delegation
from tracker.submissions.models import Delegation
from tracker.submissions.rules import may_end_delegation
from tracker.web import typed
from tracker.web.paging import page

from .forms import DelegationForm


@require_http_methods(["GET", "HEAD", "POST"])
def delegation_list(request):
    """What one gave and was given; the form for whoever signs."""
    form = DelegationForm(by=request.user)
    if request.method == "POST":
        form = typed.bound(request, DelegationForm, by=request.user)
        if form.is_valid() and given(request, form):
            return redirect("delegation-list")
    return shown(request, form)


def given(request, form: DelegationForm) -> bool:
    """Was it kept? What stands against it is said above the form."""
    data = form.cleaned_data
    post = data.pop("deputy")
    with typed.said_on(form):
        delegate(post.agency, post.user, **data, by=request.user)
        messages.success(request, f"已委托{post.user.name}代签，已通知本人。")
    return not form.errors


def shown(request, form: DelegationForm):
    rows = Delegation.objects.visible_to(request.user)
    listed = page(request, rows.select_related("agency", "giver", "deputy"))
    for row in listed:
        row.may_end = may_end_delegation(request.user, row)
    context = {"page": listed, "form": form, "may_give": request.user.reach.has("signer")}
    status = 422 if form.errors else 200
    return render(request, "submissions/delegations.html", context, status=status)


@require_POST
def delegation_end(request, pk):
    row = get_object_or_404(Delegation.objects.visible_to(request.user), pk=pk)
    end_delegation(row, by=request.user)
    messages.success(request, "委托已结束，代签人不能再代为签字。")
    return redirect("delegation-list")
