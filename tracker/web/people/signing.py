"""Signing in and out."""

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import audit, signin
from tracker.web.people.forms import SignInForm

show = LoginView.as_view(
    template_name="accounts/sign_in.html",
    authentication_form=SignInForm,
    redirect_authenticated_user=True,
)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@never_cache
def sign_in(request):
    """Same words and same time for an unknown name as for a wrong password."""
    if request.method != "POST" or request.user.is_authenticated:
        return show(request)
    username = signin.name_typed(request)
    with transaction.atomic():
        signin.one_at_a_time(username)
        response = show(request)
        if request.user.is_authenticated:
            audit.record(request.user, "session.sign_in", request.user)
        else:
            signin.note_failure(username)
    return response


@require_POST
def sign_out(request):
    audit.record(request.user, "session.sign_out", request.user)
    logout(request)
    return redirect("sign-in")


def locked(request, response=None, credentials=None):
    """After five failures, whether or not there is such an account (called by django-axes)."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    answer = render(request, "accounts/locked.html", {"minutes": minutes}, status=429)
    answer["Retry-After"] = str(60 * minutes)
    return answer
