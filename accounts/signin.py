"""Signing in: which failures count together, and one guess at a time per account."""

from django.db import connection

from accounts import audit
from accounts.models import User

UNKNOWN = "（没有这个用户名）"


def name_typed(request, credentials=None) -> str:
    """The user name as one spelling, so that Li and LI share one count of failures (django-axes)."""
    typed = (credentials or {}).get("username") or request.POST.get("username", "")
    return User.normalize_username(typed).strip().lower()[:60]


def one_at_a_time(username: str) -> None:
    """Hold the account until the transaction ends: guesses sent together are counted one by one.

    On SQLite the transaction itself is that lock.
    """
    if connection.features.has_select_for_update:
        list(User.objects.select_for_update().filter(username__iexact=username))


def note_failure(username: str) -> None:
    """Who was tried, if there is such an account; never what else was typed in that field."""
    account = User.objects.filter(username__iexact=username).first()
    audit.record(None, "session.sign_in", account or UNKNOWN, outcome="refused")
