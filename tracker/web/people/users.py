"""Accounts: list, search, open, reset, disable."""

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import rules, services
from accounts.models import Appointment, HandOver, RoleGrant, User
from tracker.web import lists, typed
from tracker.web.people.access import only
from tracker.web.people.filters import UserFilter
from tracker.web.people.forms import (
    AccountEditForm,
    AccountForm,
    AppointmentForm,
    EndForm,
    ProposeForm,
    ReasonForm,
)

SORTS = {
    "name": ("name",),
    "username": ("username",),
    "kind": ("kind", "name"),
    "opened": ("opened_at",),
    "last": ("last_login",),
}
READERS = ("system_admin", "security_admin", "reviewer")
HANDED = "one_time_password"


@require_safe
@only(*READERS)
def user_list(request):
    posts = Appointment.objects.current(timezone.localdate()).select_related("agency")
    rows = User.objects.visible_to(request.user)
    rows = rows.prefetch_related(Prefetch("appointments", posts, to_attr="posts"))
    listing = lists.listing(request, rows, sorts=SORTS, sort="name", filters=UserFilter)
    context = {"listing": listing, "may_open": rules.may_manage_accounts(request.user)}
    return render(request, "accounts/user_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@only("system_admin")
def user_new(request):
    form = typed.bound(request, AccountForm) if request.method == "POST" else AccountForm()
    if form.is_bound and form.is_valid():
        user, password = services.open_account(**form.cleaned_data, by=request.user)
        return handed_out(request, user, password)
    return render(request, "accounts/user_new.html", {"form": form})


@require_safe
@only(*READERS)
def user_page(request, pk):
    return shown(request, seen(request, pk))


def shown(request, account, **bound):
    """The page of one account; `bound` holds a form that came back with errors, by its name."""
    by = request.user
    grants = RoleGrant.objects.select_related("confirmed_by", "proposed_by", "revoked_by")
    posts = account.appointments.select_related("agency").order_by("-starts", "-pk")
    forms = {
        "edit_form": AccountEditForm(instance=User.objects.get(pk=account.pk)),
        "appointment_form": AppointmentForm(account=account, by=by),
        "disable_form": ReasonForm(auto_id="disable_%s"),
        "reason_form": ReasonForm(auto_id=False),
        "end_form": EndForm(auto_id=False),
        "propose_form": ProposeForm(kind=account.kind, auto_id=False),
    }
    context = {
        "account": account,
        "posts": posts.prefetch_related(Prefetch("grants", grants)),
        "handed_over": HandOver.objects.filter(giver__user=account).select_related(
            "giver__agency", "giver__user", "taker__agency", "taker__user", "by"
        ),
        "today": timezone.localdate(),
        "password": request.session.pop(f"{HANDED}_{account.pk}", ""),
        "may_edit": rules.may_manage_accounts(by),
        "may_reset": rules.may_reset_password(by, account),
        "may_disable": rules.may_disable(by, account),
        "may_enable": rules.may_enable(by, account),
        "may_revoke": rules.may_manage_roles(by),
        "may_appoint": by.reach.has("system_admin")
        or (account.kind == "business" and by.reach.has("reviewer")),
    }
    return render(request, "accounts/user_page.html", context | forms | bound)


def seen(request, pk) -> User:
    return get_object_or_404(User.objects.visible_to(request.user), pk=pk)


def handed_out(request, user, password):
    """To the account's page, which shows the one-time password a single time."""
    request.session[f"{HANDED}_{user.pk}"] = password
    return redirect("user-page", user.pk)


@require_POST
@only("system_admin")
def user_edit(request, pk):
    account = seen(request, pk)
    form = typed.bound(request, AccountEditForm, instance=User.objects.get(pk=account.pk))
    if not form.is_valid():
        return shown(request, account, edit_form=form)
    services.edit_account(account, **form.cleaned_data, by=request.user)
    messages.success(request, "账号资料已保存。")
    return redirect("user-page", pk)


@require_POST
@only("system_admin", "security_admin")
def user_reset(request, pk):
    account = seen(request, pk)
    return handed_out(request, account, services.reset_password(account, by=request.user))


@require_POST
@only("system_admin", "security_admin")
def user_disable(request, pk):
    account = seen(request, pk)
    form = typed.bound(request, ReasonForm, auto_id="disable_%s")
    if not form.is_valid():
        return shown(request, account, disable_form=form)
    services.disable(account, **form.cleaned_data, by=request.user)
    messages.success(request, f"已停用{account.name}的账号，相应角色立即失效。")
    return redirect("user-page", pk)


@require_POST
@only("system_admin")
def user_enable(request, pk):
    account = services.enable(seen(request, pk), by=request.user)
    messages.success(request, f"已启用{account.name}的账号。")
    return redirect("user-page", pk)
