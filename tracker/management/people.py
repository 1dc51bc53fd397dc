"""The people that a command acts for."""

from django.core.management.base import CommandError

from accounts.models import User


def user_named(username: str) -> User:
    """The active user of that user name; CommandError when there is none."""
    user = User.objects.active().filter(username__iexact=username).first()
    if user is None:
        raise CommandError(f"没有用户名为“{username}”的在用账号。")
    return user
